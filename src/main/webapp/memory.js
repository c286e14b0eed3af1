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

/** What a person chose last: in this tab, or else in any. @param {string} key */
export const recallChoice = (key) => recall("sessionStorage", key) || recall("localStorage", key);

/** @param {string} key @param {string} value */
export function keepChoice(key, value) {
  keep("sessionStorage", key, value);
  keep("localStorage", key, value);
}

/** @type {Map<string, Promise<boolean>>} */
const claims = new Map();

/**
 * A tab that was duplicated knows its session's secret too, but a session is for one tab at a time.
 * @param {string} session @returns {Promise<boolean>} whether it is this tab's, as far as the browser can tell
 */
export function claim(session) {
  const claimed = claims.get(session) ?? (navigator.locks ? lock(session) : Promise.resolve(true));
  claims.set(session, claimed);
  return claimed;
}

/** @param {string} session @returns {Promise<boolean>} */
function lock(session) {
  return new Promise((resolve) => {
    const held = navigator.locks.request(`parley.${session}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Kept until the tab is closed.
      return lock && new Promise(() => {});
    });
    held.catch(() => resolve(true));
  });
}
