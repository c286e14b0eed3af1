/** Work that comes faster than it can be seen is done once a frame, and in each frame for a few milliseconds only. */

const BUDGET = 4; // ms of a frame; the browser takes as long again to lay out and paint what was made
const LATEST = 250; // ms: browsers draw no frames of what nobody sees

/** @template T */
export class Turns {
  /** @type {T[]} */ #waiting = [];
  #act;
  #most;
  #onlost;
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  /** Called after each turn. */
  ondone = () => {};

  /**
   * @param {(item: T) => void} act does one of them
   * @param {number} most that wait @param {(items: T[]) => void} onlost gets those for which there is no place, the oldest first
   */
  constructor(act, most, onlost) {
    this.#act = act;
    this.#most = most;
    this.#onlost = onlost;
  }

  /** @param {T} item has its turn after all others */
  push(item) {
    this.#waiting.push(item);
    if (this.#waiting.length >= 2 * this.#most) this.#onlost(this.#waiting.splice(0, this.#waiting.length - this.#most));
    this.#ask();
  }

  /** All have their turn now. */
  finish() {
    this.#turn(Infinity);
  }

  /** None of them has a turn any more. */
  clear() {
    this.#waiting = [];
  }

  #ask() {
    if (this.#timer !== undefined) return;
    // A tab that nobody sees has no frames to keep, and its timers come once a minute: nothing may pile up there.
    const act = () => this.#turn(document.hidden ? Infinity : performance.now() + BUDGET);
    this.#frame = requestAnimationFrame(act);
    this.#timer = setTimeout(act, LATEST);
  }

  /** @param {number} end ms */
  #turn(end) {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#waiting.length) return;
    let done = 0;
    try {
      do this.#act(this.#waiting[done++]);
      while (done < this.#waiting.length && (end === Infinity || performance.now() < end));
    } finally {
      // One that throws is not tried again: it would stop all that wait behind it.
      this.#waiting.splice(0, done);
      if (this.#waiting.length) this.#ask();
    }
    this.ondone();
  }
}
