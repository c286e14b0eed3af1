/** How fast messages may go to the server, which refuses those beyond its rate: a token bucket for one connection. */
export class Pace {
  #rate;
  #tokens;
  #at;

  /** @param {number} rate messages a second, and at once @param {number} now ms */
  constructor(rate, now) {
    this.#rate = rate;
    this.#tokens = rate - 1; // the hello has gone already
    this.#at = now;
  }

  /** Takes the place of one message, if there is one. @param {number} now ms @returns {number} 0, or ms to wait */
  take(now) {
    this.#tokens = Math.min(this.#rate, this.#tokens + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
    this.#tokens--;
    return 0;
  }
}
