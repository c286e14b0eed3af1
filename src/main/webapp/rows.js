/** The rows of a room, in the order of the log and bounded in number. Each entry has one row, even if it comes again. */
import { callerOf } from "./caller.js";
import { detach } from "./attachment.js";
import { Blocks } from "./blocks.js";
import { group, number, rowErased, seqOf, weightOf } from "./row.js";

/** @typedef {import("./row.js").Row} Row */

export const MOST = 1_000; // lines; more would not scroll smoothly
const FEWEST = 100; // lines that are shown even if they are long
const HEAVIEST = 2_000_000; // characters of all lines; 32 bytes of a file count as one

export class Rows {
  #blocks = new Blocks();
  #count = 0;
  /** The numbers of this page's own lines. @type {Set<number>} */ own = new Set();
  /** @type {Map<number, Row>} */ #bySeq = new Map();
  /** The weight of all rows together. */
  #weight = 0;
  /** @type {number|undefined} */ #firstNew;

  /** The element that contains the rows. */
  get list() {
    return this.#blocks.list;
  }

  /** @param {number} [seq] @returns {Row|undefined} */
  get(seq = 0) {
    return this.#bySeq.get(seq);
  }

  /** @returns {number|undefined} the lowest seq shown */
  get oldest() {
    const seq = seqOf(this.#blocks.first);
    return Number.isFinite(seq) ? seq : undefined;
  }

  /** @returns {number} the highest seq shown, or 0 */
  get newest() {
    const row = this.#lastStored;
    return row ? seqOf(row) : 0;
  }

  /** @returns {Element|null} the last line that has a number */
  get #lastStored() {
    let row = this.#blocks.last;
    while (row && !Number.isFinite(seqOf(row))) row = this.#blocks.before(row);
    return row;
  }

  /** @returns {number|undefined} the `seq` of the first entry that is not seen yet */
  get firstNew() {
    return this.#firstNew;
  }

  /** Draws a line above the first entry that is not seen yet. @param {number|undefined} seq undefined: all are seen */
  set firstNew(seq) {
    for (const row of [this.get(this.#firstNew), this.get(seq)]) {
      row?.classList.toggle("new", row === this.get(seq));
      this.changed(row);
    }
    this.#firstNew = seq;
  }

  /** The height of a row may have changed. @param {Row|undefined} row */
  changed(row) {
    this.#blocks.changed(row);
  }

  /** The heights of all rows may have changed. */
  allChanged() {
    this.#blocks.allChanged();
  }

  /** Appends a row without a number, in a block of its own: if it had to move for others, it would lose the focus. @param {Row} row */
  append(row) {
    this.#counted(row);
    this.#blocks.begin(row);
    this.#group(row);
  }

  /** @param {Row} row one that is here without a number, or a new one @param {number} seq */
  place(row, seq) {
    this.#bySeq.set(seq, row);
    if (row.classList.contains("own")) this.own.add(seq);
    number(row, seq);
    row.classList.toggle("new", seq === this.#firstNew);
    let next = null;
    for (let at = this.#blocks.last; at && (at === row || seqOf(at) > seq); at = this.#blocks.before(at)) {
      if (at !== row) next = at;
    }
    // Screen readers read a row again when it moves, so a row in its place is not touched.
    if (!row.isConnected || this.#blocks.after(row) !== next) this.#insert(row, next);
    this.#group(row);
    this.#group(next);
  }

  /** @param {Row} row */
  remove(row) {
    const next = this.#blocks.after(row);
    this.#take(row);
    this.#group(next);
  }

  /** Puts a row without content in the place of a numbered one. @param {number} seq @param {string} [name] in place of the sender's, if that was erased too */
  erase(seq, name) {
    const old = this.get(seq);
    if (!old) return;
    const hasSender = name === undefined;
    const { from = "", caller } = old.dataset;
    const at = old.querySelector("time")?.dateTime ?? "";
    const row = rowErased(hasSender ? { from, caller: callerOf(caller), at } : { from: name, at });
    row.classList.toggle("own", hasSender && old.classList.contains("own"));
    if (!hasSender) this.own.delete(seq);
    this.#take(old);
    this.place(row, seq);
  }

  /** Removes all rows with a lower number. @param {number} seq @returns {boolean} whether one was removed */
  dropBelow(seq) {
    let isLess = false;
    for (; (this.oldest ?? seq) < seq; isLess = true) this.#take(/** @type {Row} */ (this.#blocks.first));
    if (isLess) this.#regroup();
    return isLess;
  }

  /** Removes numbered rows down to the bound. @param {boolean} atEnd else at the beginning @param {number} slack lines @returns {boolean} whether one was removed */
  trim(atEnd, slack) {
    let isLess = false;
    for (; this.oldest !== undefined && this.hasTooMuch(slack); isLess = true) {
      this.#take(/** @type {Row} */ (atEnd ? this.#lastStored : this.#blocks.first));
    }
    if (isLess) this.#regroup();
    return isLess;
  }

  /** Removes all rows with a higher number. @param {number} seq */
  cut(seq) {
    for (let row = this.#lastStored; row && seqOf(row) > seq; row = this.#lastStored) this.#take(/** @type {Row} */ (row));
    this.#regroup();
  }

  /** The first row, and the row after the last number, may need a heading now. */
  #regroup() {
    const last = this.#lastStored;
    this.#group(this.#blocks.first);
    if (last) this.#group(this.#blocks.after(last));
  }

  /** @param {Row} row */
  #take(row) {
    if (row.parentElement) {
      this.#weight -= weightOf(row);
      this.#count--;
    }
    this.#bySeq.delete(seqOf(row));
    this.own.delete(seqOf(row));
    detach(row);
    this.#blocks.remove(row);
  }

  /** Removes all rows with a number. */
  clear() {
    for (const row of this.#bySeq.values()) this.#take(row);
    this.#group(this.#blocks.first);
    this.firstNew = undefined;
  }

  /** @param {number} [slack] lines */
  hasTooMuch(slack = 0) {
    return this.#count > MOST + slack || (this.#weight > HEAVIEST && this.#count > FEWEST);
  }

  /** @param {Row} row @param {Element|null} next */
  #insert(row, next) {
    if (!row.parentElement) this.#counted(row);
    this.#blocks.insert(row, next);
  }

  /** @param {Row} row the row that is added */
  #counted(row) {
    this.#weight += weightOf(row);
    this.#count++;
  }

  /** @param {Element|null} row */
  #group(row) {
    if (row && group(row, this.#blocks.before(row))) this.#blocks.changed(row);
  }
}
