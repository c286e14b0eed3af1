/** The browser's events for its network and for a page's sleep. There are none elsewhere. */

/**
 * @typedef {{
 *   online: () => void, offline: () => void, back: () => void
 * }} Told back: this page is visible again, or came back from the history or from a freeze
 */

/** @param {Told} told @returns {() => void} removes the listeners */
export function heedBrowser({ online, offline, back }) {
  const seen = () => globalThis.document?.visibilityState !== "hidden" && back();
  /** @type {[string, () => void][]} */
  const listeners = [["online", online], ["offline", offline], ["visibilitychange", seen], ["pageshow", back], ["resume", back]];
  for (const [type, listener] of listeners) globalThis.addEventListener?.(type, listener);
  return () => {
    for (const [type, listener] of listeners) globalThis.removeEventListener?.(type, listener);
  };
}
