/**
 * What was said in a room, as numbered lines: a line's number is its place in the log, so a line without one isn't
 * durable yet. An entry stands here once, whichever way and however often it comes.
 */
import { attach, detach } from "./attachment.js";
import { rowOfEntry } from "./entryrow.js";
import { readersOf } from "./readers.js";
import { note } from "./note.js";
import { element, rowOf, stamp } from "./row.js";
import { MOST, Rows } from "./rows.js";
import { Turns } from "./turns.js";
import { Unsaid } from "./unsaid.js";
import { onUpward } from "./upward.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./row.js").Row} Row */

const SLACK = 100; // lines beyond that while others come: taking away many at once costs as much as one
const NEAR_END = 48; // px
const NEAR_LIMIT = 600; // px from the first or the last line at which more are asked for
/** In memory. @param {Entry} entry */
const bytesOf = ({ text, content }) => 2 * (text?.length ?? 0) + (content?.length ?? 0);
/** What stays of what is not drawn yet, by bytes: more than a hundred of the longest texts. */
const COMING = { most: MOST, heaviest: 16 << 20, weigh: bytesOf };

/**
 * `<parley-transcript>`; fires `earlier`, `later` or `newest` when such lines are wanted, and `looked` when other lines are
 * in view, `cancel` (detail: an id) for what shall not be sent.
 */
export class Transcript extends HTMLElement {
  #rows = new Rows();
  /** What just came and is not drawn yet. @type {Turns<Entry>} */
  #coming = new Turns((entry) => this.#isCut || this.#put(entry), COMING, (entries) => this.#leave(entries));
  #earlier = /** @type {HTMLButtonElement} */ (element("button", "earlier", "Load earlier"));
  #top = 0;
  /** px for which lines were laid out. */
  #width = 0;
  /** Who has read, shown below one line. @type {Row|undefined} */ #read;

  /** Whether the newest lines were taken away for older ones: then what just comes is left to the log. */
  #isCut = false;
  /** Whether lines that were wanted have not come yet. */
  #isWaiting = false;

  /** What was written here and isn't known to be durable. */
  unsaid = new Unsaid(
    (row) => this.#rows.changed(row),
    (id) => this.dispatchEvent(new CustomEvent("cancel", { detail: id })),
  );

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
    Object.entries(attributes).forEach(([name, value]) => this.setAttribute(name, value));
    Object.assign(this.#earlier, { type: "button", hidden: true });
    this.append(this.#earlier, this.#rows.list, element("p", "empty", "Nothing was said here yet."));
    this.#earlier.onclick = () => this.#want("earlier");
    // Where one looks at older lines, only those make room that just came: others may be in view.
    this.#coming.ondone = () => this.#rows.hasTooMuch(SLACK) && this.#trim(!this.atEnd, this.atEnd ? 0 : SLACK);
    const observer = new ResizeObserver((changes) => this.#resized(changes));
    observer.observe(this);
    observer.observe(this.#rows.list);
    this.addEventListener("scroll", () => this.#scrolled());
    // Before anything moves: where lines come in each frame, following them would undo each beginning of it.
    onUpward(this, () => (this.atEnd = false));
  }

  /** Told by the browser when it has laid out anyway: asking would make it do so at once. @param {ResizeObserverEntry[]} changes */
  #resized(changes) {
    const own = changes.find(({ target }) => target === this);
    const wasShown = this.isShown;
    if (own) this.isShown = own.contentRect.height > 0;
    if (own && this.isShown && own.contentRect.width !== this.#width) {
      this.#width = own.contentRect.width;
      this.#rows.allChanged();
    }
    if (this.atEnd) this.toEnd();
    if (this.isShown !== wasShown) this.dispatchEvent(new Event("looked"));
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this;
    // Lines may have come since the scrolling that this event tells of: only going up means leaving the end.
    const below = scrollHeight - scrollTop - clientHeight;
    const [isUp, isDown] = [scrollTop < this.#top, scrollTop > this.#top];
    if (((isUp && below <= 1) || (isDown && below < NEAR_END)) && !this.#isCut) this.atEnd = true;
    else if (isUp) this.atEnd = false;
    if (isUp && scrollTop < NEAR_LIMIT && !this.#earlier.hidden) this.#want("earlier");
    if (isDown && below < NEAR_LIMIT && this.#isCut) this.#want("later");
    this.#top = scrollTop;
    this.dispatchEvent(new Event("looked"));
  }

  /** It was taken away for good. */
  disconnectedCallback() {
    this.#coming.clear();
    for (const row of this.querySelectorAll("li")) detach(row);
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
    return this.#rows.oldest;
  }

  /** @returns {number} the highest seq shown, or 0 */
  get newest() {
    return this.#rows.newest;
  }

  /** Appends what just came, in the next frame; where that is too much, what is out of view makes room. @param {Entry} entry */
  add(entry) {
    if (!this.#isCut) this.#coming.push(entry);
  }

  /** Shows a page, without reading it all out; what is in view stays there. @param {Entry[]} entries @param {boolean} [more] */
  addPage(entries, more) {
    this.#coming.finish();
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

  /**
   * Shows the page above a line. Where another line is the first one now, lines would be missing between: then it shows nothing.
   * @param {number|undefined} before the line's seq @param {Entry[]} entries @param {boolean} more
   */
  addEarlier(before, entries, more) {
    this.#coming.finish();
    if (this.oldest === before) this.addPage(entries, more);
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
    const { firstNew } = this.#rows;
    this.clear();
    this.markNew(firstNew);
    this.atEnd = true;
    this.addPage(entries, (entries[0]?.seq ?? 0) > 1);
    this.toEnd();
  }

  /** Draws the line above which all was seen. @param {number} [seq] none: nothing is new */
  markNew(seq) {
    this.#rows.firstNew = seq;
  }

  /** Whether something that was written isn't durable yet. */
  get hasUnsaid() {
    return this.unsaid.size > 0;
  }

  /** Shows what isn't durable yet. @param {string} id @param {{text?: string, file?: {name?: string, media: string, content: Uint8Array}}} what */
  send(id, { text, file }) {
    const row = rowOf({ from: this.me, at: new Date().toISOString(), text });
    row.classList.add("own");
    if (file) attach(row, file);
    this.unsaid.add(id, row);
    this.#rows.append(row);
    this.markNew();
    this.toEnd();
  }

  /** It is durable, perhaps for long: lines may be missing between its place and the first one shown. @param {string} id @param {number} seq @param {string} at */
  said(id, seq, at) {
    // What is not drawn yet may be the first one.
    if (this.oldest === undefined) this.#coming.finish();
    const isFarAbove = seq < (this.oldest ?? 0) - 1;
    if (isFarAbove) this.#earlier.hidden = false;
    this.#said(id, seq, at, !isFarAbove);
  }

  /** @param {string} id @param {number} seq @param {string} at @param {boolean} hasPlace */
  #said(id, seq, at, hasPlace) {
    const row = this.unsaid.take(id);
    if (!row) return;
    if (!hasPlace || this.#rows.get(seq) || this.#isCut) return this.#rows.remove(row);
    stamp(row, at);
    this.#note(row);
    this.#rows.place(row, seq);
  }

  /** It won't be said. @param {string} id */
  discard(id) {
    const row = this.unsaid.take(id);
    if (row) this.#rows.remove(row);
    this.focus();
  }

  /** Shows below the newest line of this page's own that others have read, who they are. @param {Map<string, number>} reads */
  showReaders(reads) {
    const [seq, ...words] = readersOf(reads, this.me, this.#rows.own);
    const row = this.#rows.get(seq);
    if (this.#read && this.#read !== row) this.#note(this.#read);
    this.#read = row;
    this.#note(row, "read", ...words);
  }

  /** @param {Row|undefined} row @param {string} [kind] @param {...(string|Element)} what */
  #note(row, kind, ...what) {
    if (note(row, kind, ...what)) this.#rows.changed(row);
  }

  /** Forgets what the log holds; what isn't durable stays. */
  clear() {
    this.#coming.clear();
    this.#rows.clear();
    this.#isCut = false;
    this.#read = undefined;
  }

  toEnd() {
    if (this.#isCut) return this.#want("newest");
    this.atEnd = true;
    this.scrollTo(0, this.scrollHeight);
    this.#top = this.scrollTop;
  }

  /** Without reading them out. @param {Entry[]} entries */
  #putQuietly(entries) {
    this.setAttribute("aria-live", "off");
    entries.forEach((entry) => this.#put(entry));
    setTimeout(() => this.setAttribute("aria-live", "polite"), 500);
  }

  /** There is no place for these, and so for none of the lines before them: all are in the log. @param {Entry[]} entries */
  #leave(entries) {
    const { firstNew } = this.#rows;
    this.#isCut = !this.atEnd;
    if (this.#isCut) {
      this.#coming.clear();
      // An own line may stand behind them already.
      return this.#rows.cut(entries[0].seq);
    }
    for (const { id = "" } of entries) {
      const row = this.unsaid.take(id);
      if (row) this.#rows.remove(row);
    }
    this.#rows.clear();
    this.markNew(firstNew);
    this.#earlier.hidden = false;
  }

  /** @param {Entry} entry */
  #put(entry) {
    if (this.#rows.get(entry.seq)) return;
    if (entry.id && this.unsaid.has(entry.id)) return this.#said(entry.id, entry.seq, entry.at, true);
    const row = rowOfEntry(entry);
    row.classList.toggle("own", this.isOwn(entry));
    this.#rows.place(row, entry.seq);
  }

  /** Takes away what is too much; of what isn't stored yet nothing. @param {boolean} [atEnd] where one looks at older lines @param {number} [slack] */
  #trim(atEnd = false, slack = 0) {
    if (!this.#rows.trim(atEnd, slack)) return;
    if (atEnd) this.#isCut = true;
    else this.#earlier.hidden = false;
  }
}

customElements.define("parley-transcript", Transcript);
