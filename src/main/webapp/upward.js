/** What people do to scroll up. */

const KEYS = new Set(["ArrowUp", "PageUp", "Home"]);

/** @param {HTMLElement} scroller @param {() => void} act called before it scrolls up, if it can */
export function onUpward(scroller, act) {
  /** @param {boolean} isUpward */
  const ask = (isUpward) => isUpward && scroller.scrollTop > 0 && act();
  // With the control key a wheel zooms, with the shift key it scrolls sideways; and a touchpad's sideways swipe is never quite level.
  scroller.addEventListener(
    "wheel",
    ({ deltaX, deltaY, ctrlKey, shiftKey }) => ask(-deltaY > Math.abs(deltaX) && !ctrlKey && !shiftKey),
    { passive: true },
  );
  scroller.addEventListener("keydown", ({ key, shiftKey }) => ask(KEYS.has(key) || (key === " " && shiftKey)));
}
