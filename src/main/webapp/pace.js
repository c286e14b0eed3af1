/** Keeps one connection below the server's rate limit: a token bucket. */
export class Pace {
  #rate;
  #tokens;
  #at;

  /** @param {number} rate messages a second, and at once @param {number} now ms */
  constructor(rate, now) {
    this.#rate = rate;
    this.#tokens = rate - 1; // the hello is sent already
    this.#at = now;
  }

  /** Uses a token for one message, if there is one. @param {number} now ms @returns {number} 0, or ms to wait */
  take(now) {
    this.#tokens = Math.min(this.#rate, this.#tokens + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
    this.#tokens--;
    return 0;
  }
}
