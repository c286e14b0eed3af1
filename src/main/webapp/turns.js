/** Does work a few times a second, and only for a few milliseconds in each frame, because people can't see more. */

const EVERY = 100; // ms between two turns: after each one, the browser lays out and paints
const BUDGET = 4; // ms of a frame; the browser needs the same time again to lay out and paint
const LATEST = 250; // ms; hidden tabs have no frames

/** @template T */
export class Turns {
  /** @type {T[]} */ #waiting = [];
  #act;
  #limits;
  #onlost;
  #weight = 0;
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  /** The time of the last request for a frame, in ms. */ #begun = -Infinity;
  /** Called after each turn. */
  ondone = () => {};

  /**
   * @param {(item: T) => void} act handles one item
   * @param {{most: number, heaviest: number, weigh: (item: T) => number}} limits the number and the weight of the items that
   *   stay; if twice as much waits, older items are dropped
   * @param {(items: T[]) => void} onlost gets the dropped items, the oldest first
   */
  constructor(act, limits, onlost) {
    this.#act = act;
    this.#limits = limits;
    this.#onlost = onlost;
  }

  /** @param {T} item is handled after all others */
  push(item) {
    const { most, heaviest, weigh } = this.#limits;
    this.#waiting.push(item);
    this.#weight += weigh(item);
    const lost = this.#waiting.length >= 2 * most || this.#weight > 2 * heaviest ? this.#tooMany() : 0;
    if (lost > 0) this.#onlost(this.#take(lost));
    this.#ask();
  }

  /** @returns {number} how many of the oldest items are dropped; the newest always stays */
  #tooMany() {
    const { most, heaviest, weigh } = this.#limits;
    let first = this.#waiting.length - 1; // the oldest that stays
    let weight = weigh(this.#waiting[first]);
    while (first > 0 && this.#waiting.length - first < most) {
      weight += weigh(this.#waiting[first - 1]);
      if (weight > heaviest) break;
      first--;
    }
    return first;
  }

  /** Removes the oldest items. @param {number} many */
  #take(many) {
    const taken = this.#waiting.splice(0, many);
    for (const item of taken) this.#weight -= this.#limits.weigh(item);
    return taken;
  }

  /** Handles all items now. */
  finish() {
    this.#turn(Infinity);
  }

  /** Drops all items. */
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
    // A hidden tab has no frames, and its timers run once a minute. So all items are handled at once there.
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
      // An item that throws is not tried again: it would stop all later items.
      this.#take(done);
      if (this.#waiting.length) this.#askFrame();
    }
    this.ondone();
  }
}
