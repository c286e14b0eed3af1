/** Measures the round-trip time of a beat. There is no result if the page was frozen meanwhile. */

const TICK = 500; // ms
const SLEPT = 2_000; // ms without a tick

export class RoundTrip {
  /** The time at which an unanswered beat was sent, or NaN. */
  #askedAt = NaN;
  #tickedAt = 0;
  /** @type {ReturnType<typeof setInterval>|undefined} */ #ticking;

  asked() {
    if (!Number.isNaN(this.#askedAt)) return;
    this.#askedAt = this.#tickedAt = performance.now();
    this.#ticking = setInterval(() => {
      if (this.#hasSlept) this.forget();
      this.#tickedAt = performance.now();
    }, TICK);
  }

  /** @returns {number} ms, or NaN if no beat was sent or this page slept */
  answered() {
    const ms = this.#hasSlept ? NaN : performance.now() - this.#askedAt;
    this.forget();
    return ms;
  }

  forget() {
    clearInterval(this.#ticking);
    this.#askedAt = NaN;
  }

  get #hasSlept() {
    return performance.now() - this.#tickedAt > SLEPT;
  }
}
