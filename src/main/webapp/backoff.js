/**
 * How long to wait before the next try: exponential, with full jitter, so that those whom one fault cut off don't come
 * back in one moment.
 */

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

  /** Only a connection that was worth its wait counts as success: else one that is lost at once would be a loop. @param {number} ms */
  lived(ms) {
    if (ms > this.#ceiling) this.reset();
  }

  /** What made the tries fail is over. */
  reset() {
    this.#tries = 0;
  }
}
