/** What this browser remembers of the person, where it may: that is a comfort, not a need. */

/** @typedef {"localStorage"|"sessionStorage"} Storage of the browser, or of this tab */

/** @param {Storage} storage @param {string} key @returns {string} empty for what was never kept */
export function recall(storage, key) {
  try {
    return window[storage].getItem(`parley.${key}`) ?? "";
  } catch (forbidden) {
    return "";
  }
}

/** @param {Storage} storage @param {string} key @param {string} value empty: it is forgotten */
export function keep(storage, key, value) {
  try {
    if (value) window[storage].setItem(`parley.${key}`, value);
    else window[storage].removeItem(`parley.${key}`);
  } catch (forbidden) {
    // It will be asked for again.
  }
}

/** @param {string} key @returns {string[]} */
export const recallNames = (key) => recall("localStorage", key).split(" ").filter(Boolean);

let held = "";

/**
 * A tab that was duplicated knows its session's secret too, but a session is for one tab at a time.
 * @param {string} session @returns {Promise<boolean>} whether it is this tab's, as far as the browser can tell
 */
export function claim(session) {
  if (session === held || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`parley.${session}`, { ifAvailable: true }, (lock) => {
      if (lock) held = session;
      resolve(lock !== null);
      // Kept until the tab is closed.
      return lock && new Promise(() => {});
    });
  });
}
