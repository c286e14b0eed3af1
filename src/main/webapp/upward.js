/** The ways in which people scroll up. */

const KEYS = new Set(["ArrowUp", "PageUp", "Home"]);

/** @param {HTMLElement} scroller @param {() => void} act called before it scrolls up, if it can */
export function onUpward(scroller, act) {
  /** @param {boolean} isUpward */
  const ask = (isUpward) => isUpward && scroller.scrollTop > 0 && act();
  // A wheel zooms with the control key, and scrolls sideways with the shift key. A sideways swipe also moves a little up.
  scroller.addEventListener(
    "wheel",
    ({ deltaX, deltaY, ctrlKey, shiftKey }) => ask(-deltaY > Math.abs(deltaX) && !ctrlKey && !shiftKey),
    { passive: true },
  );
  scroller.addEventListener("keydown", ({ key, shiftKey }) => ask(KEYS.has(key) || (key === " " && shiftKey)));
}
