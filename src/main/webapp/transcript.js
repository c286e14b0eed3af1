/**
 * What was said in a room, as numbered lines: a line's number is its place in the log, so a line without one isn't
 * durable yet. An entry stands here once, whichever way and however often it comes.
 */
import { attach } from "./attachment.js";
import { readersOf } from "./readers.js";
import { failed, note, progress } from "./note.js";
import { element, group, number, rowInstead, rowOf, seqOf, stamp } from "./row.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./row.js").Row} Row */

const MAX_SHOWN = 1_000; // lines: with more of them scrolling is no longer smooth; the others can be loaded again
const SLACK = 50; // lines beyond that while others come: taking away many at once costs as much as one
const NEAR_END = 48; // px
const NEAR_LIMIT = 600; // px from the first or the last line at which more are asked for

/**
 * `<parley-transcript>`; fires `earlier`, `later` or `newest` when such lines are wanted, and `looked` when other lines are
 * in view.
 */
export class Transcript extends HTMLElement {
  #list = element("ol", "lines");
  #earlier = /** @type {HTMLButtonElement} */ (element("button", "earlier", "Load earlier"));
  #top = 0;
  /** @type {Map<number, Row>} */ #bySeq = new Map();
  /** @type {Map<string, Row>} */ #unsaid = new Map();
  /** Addresses of attachments, to be given back. @type {Map<Row, string>} */ #addresses = new Map();
  /** The numbers of this page's own lines. @type {Set<number>} */ #own = new Set();
  /** Who has read, shown below one line. @type {Row|undefined} */ #read;
  /** @type {number|undefined} */ #firstNew;

  /** Whether the newest lines were taken away for older ones: then what just comes is left to the log. */
  #isCut = false;
  /** Whether lines that were wanted have not come yet. */
  #isWaiting = false;

  /** The name under which this page's own lines are stored. */
  me = "";
  /** Whether this person wrote what the log has. @type {(entry: Entry) => boolean} */
  isOwn = () => false;
  /** Whether the end is in view, and is to be kept there. */
  atEnd = true;
  /** Whether this has a place on the screen. */
  isShown = false;

  connectedCallback() {
    if (this.firstChild) return;
    const attributes = { role: "log", "aria-live": "polite", "aria-label": "Messages", tabindex: "0" };
    for (const [name, value] of Object.entries(attributes)) this.setAttribute(name, value);
    Object.assign(this.#earlier, { type: "button", hidden: true });
    this.append(this.#earlier, this.#list, element("p", "empty", "Nothing was said here yet."));
    this.#earlier.onclick = () => this.#want("earlier");
    const observer = new ResizeObserver((changes) => this.#resized(changes));
    observer.observe(this);
    observer.observe(this.#list);
    this.addEventListener("scroll", () => this.#scrolled());
  }

  /** Told by the browser when it has laid out anyway: asking would make it do so at once. @param {ResizeObserverEntry[]} changes */
  #resized(changes) {
    const own = changes.find(({ target }) => target === this);
    const wasShown = this.isShown;
    if (own) this.isShown = own.contentRect.height > 0;
    if (this.atEnd) this.toEnd();
    if (this.isShown !== wasShown) this.dispatchEvent(new Event("looked"));
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this;
    // Lines may have come since the scrolling that this event tells of: only going up means leaving the end.
    const below = scrollHeight - scrollTop - clientHeight;
    if (below < NEAR_END && !this.#isCut) this.atEnd = true;
    else if (scrollTop < this.#top) this.atEnd = false;
    if (scrollTop < this.#top && scrollTop < NEAR_LIMIT && !this.#earlier.hidden) this.#want("earlier");
    if (scrollTop > this.#top && below < NEAR_LIMIT && this.#isCut) this.#want("later");
    this.#top = scrollTop;
    this.dispatchEvent(new Event("looked"));
  }

  /** It was taken away for good. */
  disconnectedCallback() {
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }

  /** @param {"earlier"|"later"|"newest"} which */
  #want(which) {
    if (this.#isWaiting) return;
    this.#isWaiting = this.#earlier.disabled = true;
    this.dispatchEvent(new Event(which));
  }

  /** What was wanted has come, or won't. */
  loaded() {
    this.#isWaiting = this.#earlier.disabled = false;
  }

  /** @returns {number|undefined} the lowest seq shown */
  get oldest() {
    const seq = seqOf(this.#list.firstElementChild);
    return Number.isFinite(seq) ? seq : undefined;
  }

  /** @returns {number} the highest seq shown, or 0 */
  get newest() {
    let row = this.#list.lastElementChild;
    while (row && !Number.isFinite(seqOf(row))) row = row.previousElementSibling;
    return row ? seqOf(row) : 0;
  }

  /** Appends what just came; where that is too much, what is out of view makes room. @param {Entry} entry */
  add(entry) {
    if (this.#isCut) return;
    this.#put(entry);
    if (this.#list.childElementCount > MAX_SHOWN + SLACK) this.#trim(!this.atEnd);
  }

  /** Shows a page, without reading it all out; what is in view stays there. @param {Entry[]} entries @param {boolean} [more] */
  addPage(entries, more) {
    // What follows the newest one does not follow what is shown.
    if (this.#isCut && more === undefined) return;
    const fromEnd = this.scrollHeight - this.scrollTop;
    this.#putQuietly(entries);
    if (more !== undefined) this.#earlier.hidden = !more;
    if (this.atEnd) this.#trim();
    else {
      this.scrollTo(0, this.scrollHeight - fromEnd);
      this.#trim(true);
    }
    this.#top = this.scrollTop;
  }

  /** Shows what follows; what is in view stays there. @param {Entry[]} entries @param {boolean} more whether that isn't all */
  addLater(entries, more) {
    this.#putQuietly(entries);
    this.#isCut = more;
    const height = this.scrollHeight;
    this.#trim();
    this.scrollBy(0, this.scrollHeight - height);
    this.#top = this.scrollTop;
  }

  /** Shows the newest lines in place of those from which they were cut off. @param {Entry[]} entries */
  renew(entries) {
    const firstNew = this.#firstNew;
    this.clear();
    this.markNew(firstNew);
    this.atEnd = true;
    this.addPage(entries, (entries[0]?.seq ?? 0) > 1);
    this.toEnd();
  }

  /** Draws the line above which all was seen. @param {number} [seq] none: nothing is new */
  markNew(seq) {
    if (this.#firstNew) this.#bySeq.get(this.#firstNew)?.classList.remove("new");
    this.#firstNew = seq;
    if (seq) this.#bySeq.get(seq)?.classList.add("new");
  }

  /** Whether something that was written isn't durable yet. */
  get hasUnsaid() {
    return this.#unsaid.size > 0;
  }

  /** Whether that was written here and isn't known to be durable. @param {string} [id] */
  isUnsaid(id) {
    return id !== undefined && this.#unsaid.has(id);
  }

  /** Shows what isn't durable yet. @param {string} id @param {{text?: string, file?: {name?: string, media: string, content: Uint8Array}}} what */
  send(id, { text, file }) {
    const row = rowOf({ from: this.me, at: new Date().toISOString(), text });
    row.classList.add("own");
    if (file) this.#attach(row, file);
    this.#unsaid.set(id, row);
    this.#list.append(row);
    group(row);
    this.markNew();
    this.toEnd();
  }

  /** What isn't durable yet, and was not refused, waits for its turn. @param {string[]} [ids] all by default */
  waiting(ids = [...this.#unsaid.keys()]) {
    for (const row of ids.map((id) => this.#unsaid.get(id))) {
      if (!row?.querySelector(".failed")) note(row, "waiting", "Waiting to be sent…");
    }
  }

  /** It is on its way once more. @param {string} id */
  sending(id) {
    note(this.#unsaid.get(id));
  }

  /** How much of a file has left. @param {string} id @param {number} sent bytes @param {number} all */
  progress(id, sent, all) {
    progress(this.#unsaid.get(id), sent, all);
  }

  /** @param {string} id @param {number} seq @param {string} at */
  said(id, seq, at) {
    const row = this.#unsaid.get(id);
    if (!row) return;
    this.#unsaid.delete(id);
    if (this.#bySeq.has(seq) || this.#isCut) return this.#remove(row);
    stamp(row, at);
    note(row);
    this.#place(row, seq);
  }

  /** @param {string} id @param {string} why @param {{again?: () => void, edit?: () => void}} ways on, where there are any */
  failed(id, why, ways) {
    const row = this.#unsaid.get(id);
    const discard = () => {
      if (row) this.#remove(row);
      this.#unsaid.delete(id);
      this.focus();
    };
    failed(row, why, { ...ways, discard });
  }

  /** Shows below the newest line of this page's own that others have read, who they are. @param {Map<string, number>} reads */
  showReaders(reads) {
    const [seq, ...words] = readersOf(reads, this.me, this.#own);
    const row = seq ? this.#bySeq.get(seq) : undefined;
    if (this.#read && this.#read !== row) note(this.#read);
    this.#read = row;
    note(row, "read", ...words);
  }

  /** Forgets what the log holds; what isn't durable stays. */
  clear() {
    for (const row of this.#bySeq.values()) this.#remove(row);
    this.#bySeq.clear();
    this.#own.clear();
    this.#isCut = false;
    this.markNew();
    this.#read = undefined;
  }

  toEnd() {
    if (this.#isCut) return this.#want("newest");
    this.atEnd = true;
    this.scrollTo(0, this.scrollHeight);
  }

  /** Without reading them out. @param {Entry[]} entries */
  #putQuietly(entries) {
    this.setAttribute("aria-live", "off");
    entries.forEach((entry) => this.#put(entry));
    setTimeout(() => this.setAttribute("aria-live", "polite"), 500);
  }

  /** @param {Entry} entry */
  #put(entry) {
    if (this.#bySeq.has(entry.seq)) return;
    if (entry.id && this.isUnsaid(entry.id)) return this.said(entry.id, entry.seq, entry.at);
    const row = this.#draw(entry);
    row.classList.toggle("own", this.isOwn(entry));
    this.#place(row, entry.seq);
  }

  /** What can't be drawn takes nothing along that comes after it. @param {Entry} entry @returns {Row} */
  #draw(entry) {
    try {
      const row = rowOf(entry);
      if (entry.media !== undefined) this.#attach(row, entry);
      return row;
    } catch (error) {
      console.error(`Message ${entry.seq} can't be shown: ${error}`, error);
      return rowInstead(entry);
    }
  }

  /** @param {Row} row @param {number} seq */
  #place(row, seq) {
    this.#bySeq.set(seq, row);
    if (row.classList.contains("own")) this.#own.add(seq);
    number(row, seq);
    row.classList.toggle("new", seq === this.#firstNew);
    let next = null;
    for (let at = this.#list.lastElementChild; at && (at === row || seqOf(at) > seq); at = at.previousElementSibling) {
      if (at !== row) next = at;
    }
    // A row that moves is read out again, so one that is in its place stays untouched.
    if (!row.isConnected || row.nextElementSibling !== next) this.#list.insertBefore(row, next);
    group(row);
    group(row.nextElementSibling);
  }

  /** @param {Row} row @param {{name?: string, media?: string, content?: Uint8Array}} file */
  #attach(row, file) {
    this.#addresses.set(row, attach(row, file));
  }

  /** Takes away what is too much; of what isn't stored yet nothing. @param {boolean} [atEnd] where one looks at older lines */
  #trim(atEnd = false) {
    while (this.#list.childElementCount > MAX_SHOWN && (atEnd ? !this.hasUnsaid : this.oldest)) {
      const row = /** @type {Row} */ (atEnd ? this.#list.lastElementChild : this.#list.firstElementChild);
      this.#bySeq.delete(seqOf(row));
      this.#own.delete(seqOf(row));
      this.#remove(row);
      if (atEnd) this.#isCut = true;
      else this.#earlier.hidden = false;
    }
  }

  /** @param {Row} row */
  #remove(row) {
    const next = row.nextElementSibling;
    URL.revokeObjectURL(this.#addresses.get(row) ?? "");
    this.#addresses.delete(row);
    row.remove();
    group(next);
  }
}

customElements.define("parley-transcript", Transcript);
