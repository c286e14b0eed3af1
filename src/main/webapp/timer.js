/** Times for timers. */

const LONGEST = 2 ** 31 - 1; // ms: a browser's timer fires at once when it is to wait longer

/** The time that a timer can be given. @param {number} ms may be more than it can wait, Infinity too @returns {number} */
export const timerTime = (ms) => Math.min(ms, LONGEST);
