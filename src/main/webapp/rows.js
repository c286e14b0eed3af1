/** The lines of a room, in the order of the log and within bounds: an entry stands here once, however often it comes. */
import { detach } from "./attachment.js";
import { Blocks } from "./blocks.js";
import { group, number, seqOf, weightOf } from "./row.js";

/** @typedef {import("./row.js").Row} Row */

export const MOST = 1_000; // lines: with more of them scrolling is no longer smooth; the others can be loaded again
const FEWEST = 100; // lines that are shown however long they are
const HEAVIEST = 2_000_000; // characters of all lines; 32 bytes of a file count as one

export class Rows {
  #blocks = new Blocks();
  #count = 0;
  /** The numbers of this page's own lines. @type {Set<number>} */ own = new Set();
  /** @type {Map<number, Row>} */ #bySeq = new Map();
  /** Of all lines together. */
  #weight = 0;
  /** @type {number|undefined} */ #firstNew;

  /** Where they stand. */
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

  /** @returns {number|undefined} above which all was seen */
  get firstNew() {
    return this.#firstNew;
  }

  /** Draws the line above which all was seen. @param {number|undefined} seq none: nothing is new */
  set firstNew(seq) {
    for (const row of [this.get(this.#firstNew), this.get(seq)]) {
      row?.classList.toggle("new", row === this.get(seq));
      this.changed(row);
    }
    this.#firstNew = seq;
  }

  /** It may have another height now. @param {Row|undefined} row */
  changed(row) {
    this.#blocks.changed(row);
  }

  /** All may have another height now. */
  allChanged() {
    this.#blocks.allChanged();
  }

  /** Appends what has no number yet, in a block of its own: a row that moved would lose the focus when others come above it. @param {Row} row */
  append(row) {
    this.#counted(row);
    this.#blocks.begin(row);
    this.#group(row);
  }

  /** @param {Row} row one that stands here without a number, or a new one @param {number} seq */
  place(row, seq) {
    this.#bySeq.set(seq, row);
    if (row.classList.contains("own")) this.own.add(seq);
    number(row, seq);
    row.classList.toggle("new", seq === this.#firstNew);
    let next = null;
    for (let at = this.#blocks.last; at && (at === row || seqOf(at) > seq); at = this.#blocks.before(at)) {
      if (at !== row) next = at;
    }
    // A row that moves is read out again, so one that is in its place stays untouched.
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

  /** Removes numbered rows until it is not too much. @param {boolean} atEnd else at the beginning @param {number} slack lines @returns {boolean} whether one was */
  trim(atEnd, slack) {
    let isLess = false;
    for (; this.oldest !== undefined && this.hasTooMuch(slack); isLess = true) {
      this.#take(/** @type {Row} */ (atEnd ? this.#lastStored : this.#blocks.first));
    }
    if (isLess) this.#regroup();
    return isLess;
  }

  /** Removes what has a higher number. @param {number} seq */
  cut(seq) {
    for (let row = this.#lastStored; row && seqOf(row) > seq; row = this.#lastStored) this.#take(/** @type {Row} */ (row));
    this.#regroup();
  }

  /** The first row, and the one behind the last number, may need a heading now. */
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

  /** Forgets what has a number. */
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

  /** @param {Row} row that comes */
  #counted(row) {
    this.#weight += weightOf(row);
    this.#count++;
  }

  /** @param {Element|null} row */
  #group(row) {
    if (row && group(row, this.#blocks.before(row))) this.#blocks.changed(row);
  }
}
