/** The lines of a room, in the order of the log and within bounds: an entry stands here once, however often it comes. */
import { detach } from "./attachment.js";
import { element, group, number, seqOf, weightOf } from "./row.js";

/** @typedef {import("./row.js").Row} Row */

const MOST = 1_000; // lines: with more of them scrolling is no longer smooth; the others can be loaded again
const FEWEST = 100; // lines that are shown however long they are
const HEAVIEST = 2_000_000; // characters of all lines; 32 bytes of a file count as one

export class Rows {
  list = element("ol", "lines");
  /** The numbers of this page's own lines. @type {Set<number>} */ own = new Set();
  /** @type {Map<number, Row>} */ #bySeq = new Map();
  /** Of all lines together. */
  #weight = 0;
  /** @type {number|undefined} */ #firstNew;

  /** @param {number} [seq] @returns {Row|undefined} */
  get(seq = 0) {
    return this.#bySeq.get(seq);
  }

  /** @returns {number|undefined} the lowest seq shown */
  get oldest() {
    const seq = seqOf(this.list.firstElementChild);
    return Number.isFinite(seq) ? seq : undefined;
  }

  /** @returns {number} the highest seq shown, or 0 */
  get newest() {
    let row = this.list.lastElementChild;
    while (row && !Number.isFinite(seqOf(row))) row = row.previousElementSibling;
    return row ? seqOf(row) : 0;
  }

  /** @returns {number|undefined} above which all was seen */
  get firstNew() {
    return this.#firstNew;
  }

  /** Draws the line above which all was seen. @param {number|undefined} seq none: nothing is new */
  set firstNew(seq) {
    this.get(this.#firstNew)?.classList.remove("new");
    this.#firstNew = seq;
    this.get(seq)?.classList.add("new");
  }

  /** Appends what has no number yet. @param {Row} row */
  append(row) {
    this.#insert(row, null);
    group(row);
  }

  /** @param {Row} row one that stands here without a number, or a new one @param {number} seq */
  place(row, seq) {
    this.#bySeq.set(seq, row);
    if (row.classList.contains("own")) this.own.add(seq);
    number(row, seq);
    row.classList.toggle("new", seq === this.#firstNew);
    let next = null;
    for (let at = this.list.lastElementChild; at && (at === row || seqOf(at) > seq); at = at.previousElementSibling) {
      if (at !== row) next = at;
    }
    // A row that moves is read out again, so one that is in its place stays untouched.
    if (!row.isConnected || row.nextElementSibling !== next) this.#insert(row, next);
    group(row);
    group(row.nextElementSibling);
  }

  /** @param {Row} row */
  remove(row) {
    const next = row.nextElementSibling;
    if (row.parentElement === this.list) this.#weight -= weightOf(row);
    this.#bySeq.delete(seqOf(row));
    this.own.delete(seqOf(row));
    detach(row);
    row.remove();
    group(next);
  }

  /** Forgets what has a number. */
  clear() {
    for (const row of this.#bySeq.values()) this.remove(row);
    this.firstNew = undefined;
  }

  /** @param {number} [slack] lines */
  hasTooMuch(slack = 0) {
    const lines = this.list.childElementCount;
    return lines > MOST + slack || (this.#weight > HEAVIEST && lines > FEWEST);
  }

  /** @param {Row} row @param {Element|null} next */
  #insert(row, next) {
    if (row.parentElement !== this.list) this.#weight += weightOf(row);
    this.list.insertBefore(row, next);
  }
}
