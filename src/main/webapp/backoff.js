/** The pause before each reconnect: exponential, with full jitter, so that clients do not reconnect at the same moment. */

const FIRST = 500; // ms
const MOST = 20_000; // ms

export class Backoff {
  #random;
  #tries = 0;
  #ceiling = 0;

  /** @param {() => number} [random] from 0 to 1 */
  constructor(random = Math.random) {
    this.#random = random;
  }

  /** @returns {number} ms, from 0 to a ceiling that doubles with each call */
  next() {
    this.#ceiling = Math.min(MOST, FIRST * 2 ** this.#tries++);
    return this.#random() * this.#ceiling;
  }

  /** A connection that worked longer than the longest pause resets the back-off; one that is lost at once must not. @param {number} ms */
  lived(ms) {
    if (ms > this.#ceiling) this.reset();
  }

  /** The cause of the failures is over. */
  reset() {
    this.#tries = 0;
  }
}
