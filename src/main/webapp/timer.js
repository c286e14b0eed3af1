/** Limits the times of timers. */

const LONGEST = 2 ** 31 - 1; // ms; with a longer time, a browser's timer fires at once

/** The time for a timer. @param {number} ms may be longer than a timer allows, and Infinity @returns {number} */
export const timerTime = (ms) => Math.min(ms, LONGEST);
