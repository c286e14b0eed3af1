/** One room as this page knows it: how far it was told, who is there, what was not looked at, and its lines. */
import { Transcript } from "./transcript.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./parley.js").Joined} Joined */

const TYPING_LASTS = 5_000; // ms that a hint is shown

export class Room {
  lines = new Transcript();
  /** @type {Set<string>} */ members = new Set();
  /** Who types, and when to forget it. @type {Map<string, number>} */ #typists = new Map();
  /** How far each has read. @type {Map<string, number>} */ #reads = new Map();
  /** The log that is shown, and how far. @type {string|undefined} */ epoch;
  newest = 0;
  unseen = 0;
  #readersShown = false;

  /** Told when who is here, or who types, has changed. */
  onpeople = () => {};

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** Where to go on, in a new conversation. */
  get from() {
    return { since: this.epoch === undefined ? undefined : this.newest, epoch: this.epoch };
  }

  /** @returns {string[]} */
  get typists() {
    return [...this.#typists.keys()];
  }

  /** @param {Joined} now */
  joined(now) {
    if (!now.recovered) {
      this.lines.clear();
      this.newest = 0;
      this.#reads.clear();
    }
    if (now.recovered) this.unseen += now.entries.filter(({ from }) => from !== this.lines.me).length;
    this.epoch = now.epoch;
    this.members = new Set(now.members);
    this.lines.addPage(now.entries, now.recovered ? undefined : (now.entries[0]?.seq ?? 0) > 1);
    this.newest = now.entries.at(-1)?.seq ?? this.newest;
    for (const [user, seq] of Object.entries(now.reads ?? {})) this.#reads.set(user, seq);
    this.#showReaders();
    this.onpeople();
  }

  /** @param {Entry} entry @param {boolean} seen whether it comes before someone's eyes */
  entry(entry, seen) {
    const isNews = entry.from !== this.lines.me;
    this.newest = entry.seq;
    this.#forgetTypist(entry.from);
    this.lines.add(entry, isNews && !seen && this.unseen === 0);
    if (isNews) this.unseen++;
    this.#reads.set(entry.from, entry.seq);
    this.#showReaders();
  }

  /** @param {string} user @param {boolean} online */
  presence(user, online) {
    if (online) this.members.add(user);
    else this.members.delete(user);
    this.onpeople();
  }

  /** @param {string} user */
  typing(user) {
    if (user === this.lines.me) return;
    clearTimeout(this.#typists.get(user));
    this.#typists.set(user, setTimeout(() => this.#forgetTypist(user), TYPING_LASTS));
    this.onpeople();
  }

  /** @param {string} user @param {number} seq */
  read(user, seq) {
    this.#reads.set(user, Math.max(seq, this.#reads.get(user) ?? 0));
    this.#showReaders();
  }

  /** There is no connection: nobody is known to be here. */
  alone() {
    this.members.clear();
    for (const user of this.typists) this.#forgetTypist(user);
    this.lines.waiting();
    this.onpeople();
  }

  /** @param {string} user */
  #forgetTypist(user) {
    clearTimeout(this.#typists.get(user));
    if (this.#typists.delete(user)) this.onpeople();
  }

  /** Once for all that comes in a row. */
  #showReaders() {
    if (this.#readersShown) return;
    this.#readersShown = true;
    setTimeout(() => {
      this.#readersShown = false;
      this.lines.showReaders(this.#reads);
    });
  }
}
