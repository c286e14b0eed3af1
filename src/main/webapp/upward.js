/** The ways in which people scroll up. */

const KEYS = new Set(["ArrowUp", "PageUp", "Home"]);

/** @param {HTMLElement} scroller @param {() => void} act called before it scrolls up, if it can */
export function onUpward(scroller, act) {
  /** @param {boolean} isUpward */
  const ask = (isUpward) => isUpward && scroller.scrollTop > 0 && act();
  // With the control key a wheel zooms, with the shift key it scrolls sideways. A sideways swipe on a touchpad also moves a little up.
  scroller.addEventListener(
    "wheel",
    ({ deltaX, deltaY, ctrlKey, shiftKey }) => ask(-deltaY > Math.abs(deltaX) && !ctrlKey && !shiftKey),
    { passive: true },
  );
  scroller.addEventListener("keydown", ({ key, shiftKey }) => ask(KEYS.has(key) || (key === " " && shiftKey)));
}
