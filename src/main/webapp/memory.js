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

/** @param {Storage} storage @param {string} key @param {string} value */
export function keep(storage, key, value) {
  try {
    window[storage].setItem(`parley.${key}`, value);
  } catch (forbidden) {
    // It will be asked for again.
  }
}
