/** Measures how long a beat takes, there and back. A page that was frozen meanwhile measures nothing but its own sleep. */

const TICK = 500; // ms
const SLEPT = 2_000; // ms without a tick

export class RoundTrip {
  /** When a beat was sent whose answer is not there yet, or NaN. */
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

  /** @returns {number} ms, or NaN where nothing was asked or this page slept */
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
