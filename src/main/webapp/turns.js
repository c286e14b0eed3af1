/** Work that comes faster than it can be seen is done some times a second, and in each frame for a few milliseconds only. */

const EVERY = 100; // ms from one time to the next: each time the browser lays out and paints anew
const BUDGET = 4; // ms of a frame; the browser takes as long again to lay out and paint what was made
const LATEST = 250; // ms: browsers draw no frames of what nobody sees

/** @template T */
export class Turns {
  /** @type {T[]} */ #waiting = [];
  #act;
  #limits;
  #onlost;
  #weight = 0;
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  /** When a frame for them was asked for last, in ms. */ #begun = -Infinity;
  /** Called after each turn. */
  ondone = () => {};

  /**
   * @param {(item: T) => void} act does one of them
   * @param {{most: number, heaviest: number, weigh: (item: T) => number}} limits how many, and how heavy together, those are
   *   that stay when twice as much waits
   * @param {(items: T[]) => void} onlost gets those for which there is no place, the oldest first
   */
  constructor(act, limits, onlost) {
    this.#act = act;
    this.#limits = limits;
    this.#onlost = onlost;
  }

  /** @param {T} item has its turn after all others */
  push(item) {
    const { most, heaviest, weigh } = this.#limits;
    this.#waiting.push(item);
    this.#weight += weigh(item);
    const lost = this.#waiting.length >= 2 * most || this.#weight > 2 * heaviest ? this.#tooMany() : 0;
    if (lost > 0) this.#onlost(this.#take(lost));
    this.#ask();
  }

  /** @returns {number} how many of the oldest have no place; the newest always has one */
  #tooMany() {
    const { most, heaviest, weigh } = this.#limits;
    let first = this.#waiting.length - 1; // of those that stay
    let weight = weigh(this.#waiting[first]);
    while (first > 0 && this.#waiting.length - first < most) {
      weight += weigh(this.#waiting[first - 1]);
      if (weight > heaviest) break;
      first--;
    }
    return first;
  }

  /** The oldest wait no more. @param {number} many */
  #take(many) {
    const taken = this.#waiting.splice(0, many);
    for (const item of taken) this.#weight -= this.#limits.weigh(item);
    return taken;
  }

  /** All have their turn now. */
  finish() {
    this.#turn(Infinity);
  }

  /** None of them has a turn any more. */
  clear() {
    this.#waiting = [];
    this.#weight = 0;
  }

  #ask() {
    if (this.#timer !== undefined) return;
    const wait = this.#begun + EVERY - performance.now();
    if (wait > 0 && !document.hidden) this.#timer = setTimeout(() => this.#askFrame(), wait);
    else this.#askFrame();
  }

  #askFrame() {
    this.#begun = performance.now();
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
      this.#take(done);
      if (this.#waiting.length) this.#askFrame();
    }
    this.ondone();
  }
}
