/** What a browser tells of its network and of a page's sleep. Outside of a browser nothing is told. */

/**
 * @typedef {{
 *   online: () => void, offline: () => void, back: () => void
 * }} Told back: this page is seen again, or was brought back from the history or from a freeze
 */

/** @param {Told} told @returns {() => void} ends it */
export function heedBrowser({ online, offline, back }) {
  const seen = () => globalThis.document?.visibilityState !== "hidden" && back();
  /** @type {[string, () => void][]} */
  const listeners = [["online", online], ["offline", offline], ["visibilitychange", seen], ["pageshow", back], ["resume", back]];
  for (const [type, listener] of listeners) globalThis.addEventListener?.(type, listener);
  return () => {
    for (const [type, listener] of listeners) globalThis.removeEventListener?.(type, listener);
  };
}
