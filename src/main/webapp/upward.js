/** What people do to scroll up. */

const KEYS = new Set(["ArrowUp", "PageUp", "Home"]);

/** @param {HTMLElement} scroller @param {() => void} act called before it scrolls up, if it can */
export function onUpward(scroller, act) {
  /** @param {boolean} isUpward */
  const ask = (isUpward) => isUpward && scroller.scrollTop > 0 && act();
  // With the control key a wheel zooms.
  scroller.addEventListener("wheel", ({ deltaY, ctrlKey }) => ask(deltaY < 0 && !ctrlKey), { passive: true });
  scroller.addEventListener("keydown", ({ key }) => ask(KEYS.has(key)));
}
