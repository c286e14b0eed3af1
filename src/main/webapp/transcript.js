/**
 * The entries of a room as numbered lines. The number of a line is its `seq`; a line without a number isn't durable yet. Each
 * entry is shown once, even if it comes several times.
 */
import { Above } from "./above.js";
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

const SLACK = 100; // lines beyond the bound: removing many at once costs as much as removing one
const NEAR_END = 48; // px
const NEAR_LIMIT = 600; // px from the first or the last line; closer, more lines are loaded
/** The bytes in memory. @param {Entry} entry */
const bytesOf = ({ text, data, content }) => 2 * (data ? JSON.stringify(data) : text ?? "").length + (content?.length ?? 0);
/** The bounds of undrawn entries that stay: their bytes are more than a hundred of the longest texts. */
const COMING = { most: MOST, heaviest: 16 << 20, weigh: bytesOf };

/**
 * `<parley-transcript>`; fires `earlier`, `later` or `newest` when it needs such lines, `looked` when other lines are in view,
 * and `cancel` (detail: an id) when the person cancels a message.
 */
export class Transcript extends HTMLElement {
  #rows = new Rows();
  /** New entries that are not drawn yet. @type {Turns<Entry>} */
  #coming = new Turns((entry) => this.#isCut || this.#put(entry), COMING, (entries) => this.#leave(entries));
  above = new Above(() => this.#want("earlier"));
  #top = 0;
  /** The width in px for which lines were laid out. */
  #width = 0;
  /** The line with the note about its readers. @type {Row|undefined} */ #read;

  /** Whether the newest lines were removed to make space for older ones. Then new entries are not added. */
  #isCut = false;
  /** Whether requested lines have not come yet. */
  #isWaiting = false;

  /** Messages that were written here and may not be durable yet. */
  unsaid = new Unsaid(
    (row) => this.#rows.changed(row),
    (id) => this.dispatchEvent(new CustomEvent("cancel", { detail: id })),
  );

  /** The server's name of this page's person. */
  me = "";
  /** Who the person is, unless a guest. @type {import("./parley.js").Caller|undefined} */ caller;
  /** Whether this person wrote an entry. @type {(entry: Entry) => boolean} */ isOwn = () => false;
  /** Gets the bytes of an entry's attachment. @type {(entry: Entry) => Promise<Uint8Array>} */
  load = () => Promise.reject(new Error("no conversation"));
  /** Whether the end is in view, and stays in view when lines are added. */ atEnd = true;
  /** Whether this element is visible. */ isShown = false;

  connectedCallback() {
    if (this.firstChild) return;
    const attributes = { role: "log", "aria-live": "polite", "aria-label": "Messages", tabindex: "0" };
    Object.entries(attributes).forEach(([name, value]) => this.setAttribute(name, value));
    this.append(...this.above.parts, this.#rows.list, element("p", "empty", "Nothing was said here yet."));
    // If the person looks at older lines, only new ones are removed: others may be in view.
    this.#coming.ondone = () => this.#rows.hasTooMuch(SLACK) && this.#trim(!this.atEnd, this.atEnd ? 0 : SLACK);
    const observer = new ResizeObserver((changes) => this.#resized(changes));
    observer.observe(this);
    observer.observe(this.#rows.list);
    this.addEventListener("scroll", () => this.#scrolled());
    // Called before the list scrolls: following the end would undo the first step up.
    onUpward(this, () => (this.atEnd = false));
  }

  /** Called by the browser after a layout. Reading the sizes elsewhere would force another layout. @param {ResizeObserverEntry[]} changes */
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
    // Lines may have come since the scrolling of this event, so only scrolling up means leaving the end.
    const below = scrollHeight - scrollTop - clientHeight;
    const [isUp, isDown] = [scrollTop < this.#top, scrollTop > this.#top];
    if (((isUp && below <= 1) || (isDown && below < NEAR_END)) && !this.#isCut) this.atEnd = true;
    else if (isUp) this.atEnd = false;
    if (isUp && scrollTop < NEAR_LIMIT && this.above.hasMore) this.#want("earlier");
    if (isDown && below < NEAR_LIMIT && this.#isCut) this.#want("later");
    this.#top = scrollTop;
    this.dispatchEvent(new Event("looked"));
  }

  /** The element was removed for good. */
  disconnectedCallback() {
    this.#coming.clear();
    for (const row of this.querySelectorAll("li")) detach(row);
  }

  /** @param {"earlier"|"later"|"newest"} which */
  #want(which) {
    if (this.#isWaiting) return;
    this.#isWaiting = this.above.isLoading = true;
    this.dispatchEvent(new Event(which));
  }

  /** The requested lines have come, or could not be loaded. */
  loaded() {
    this.#isWaiting = this.above.isLoading = false;
  }

  /** @returns {number|undefined} the lowest seq shown */
  get oldest() {
    return this.#rows.oldest;
  }

  /** @returns {number} the highest seq shown, or 0 */
  get newest() {
    return this.#rows.newest;
  }

  /** Appends a new entry in the next frame. If there are too many lines, lines out of view are removed. @param {Entry} entry */
  add(entry) {
    if (!this.#isCut) this.#coming.push(entry);
  }

  /** Shows a page. Screen readers do not read it out, and the lines in view do not move. @param {Entry[]} entries @param {boolean} [more] */
  addPage(entries, more) {
    this.#coming.finish();
    // Entries that follow the newest one do not follow the lines that are shown.
    if (this.#isCut && more === undefined) return;
    const fromEnd = this.scrollHeight - this.scrollTop;
    this.#putQuietly(entries);
    if (more !== undefined) this.above.hasMore = more;
    if (this.atEnd) this.#trim();
    else {
      this.scrollTo(0, this.scrollHeight - fromEnd);
      this.#trim(true);
    }
    this.#top = this.scrollTop;
  }

  /**
   * Shows the page above a line, unless another line is the first one now.
   * @param {number|undefined} before the line's seq @param {Entry[]} entries @param {boolean} more
   */
  addEarlier(before, entries, more) {
    this.#coming.finish();
    if (this.oldest === before) this.addPage(entries, more);
  }

  /** Shows the next page. The lines in view do not move. @param {Entry[]} entries @param {boolean} more whether more follow */
  addLater(entries, more) {
    this.#putQuietly(entries);
    this.#isCut = more;
    const height = this.scrollHeight;
    this.#trim();
    this.scrollBy(0, this.scrollHeight - height);
    this.#top = this.scrollTop;
  }

  /** Replaces all stored lines by the newest ones. @param {Entry[]} entries */
  renew(entries) {
    const { firstNew } = this.#rows;
    this.clear();
    this.markNew(firstNew);
    this.atEnd = true;
    this.addPage(entries, (entries[0]?.seq ?? 0) > this.above.oldest);
    this.toEnd();
  }

  /** Draws a line above the first unseen entry. @param {number} [seq] undefined: all are seen */
  markNew(seq) {
    this.#rows.firstNew = seq;
  }

  /** Shows a message that isn't durable yet. @param {string} id @param {{text?: string, file?: {name?: string, media: string, content: Uint8Array}}} what */
  send(id, { text, file }) {
    const row = rowOf({ from: this.me, caller: this.caller, at: new Date().toISOString(), text });
    row.classList.add("own");
    if (file) attach(row, file);
    this.unsaid.add(id, row);
    this.#rows.append(row);
    this.markNew();
    this.toEnd();
  }

  /** A message is durable. If it is older than the first line shown, lines may be missing between them. @param {string} id @param {number} seq @param {string} at */
  said(id, seq, at) {
    // An undrawn entry may be the first one.
    if (this.oldest === undefined) this.#coming.finish();
    const isFarAbove = seq < (this.oldest ?? 0) - 1;
    if (isFarAbove) this.above.hasMore = true;
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

  /** The content of an entry was erased. Older lines may have such content: they are loaded again. @param {{seq: number, from?: string, older?: boolean}} erased */
  erase({ seq, from, older }) {
    this.#coming.finish();
    this.#rows.erase(seq, from);
    if (older && this.#rows.dropBelow(seq)) this.above.hasMore = true;
    if (this.#isCut && this.oldest === undefined) this.#want("newest");
  }

  /** A message was discarded. @param {string} id */
  discard(id) {
    const row = this.unsaid.take(id);
    if (row) this.#rows.remove(row);
    this.focus();
  }

  /** Shows the readers below the newest own line that others have read. @param {Map<string, number>} reads */
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

  /** Removes all stored lines. Messages that aren't durable stay. */
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

  /** Adds entries; screen readers do not read them out. @param {Entry[]} entries */
  #putQuietly(entries) {
    this.setAttribute("aria-live", "off");
    entries.forEach((entry) => this.#put(entry));
    setTimeout(() => this.setAttribute("aria-live", "polite"), 500);
  }

  /** There is no space for these entries, so all lines before them are removed too. All are in the log. @param {Entry[]} entries */
  #leave(entries) {
    const { firstNew } = this.#rows;
    this.#isCut = !this.atEnd;
    if (this.#isCut) {
      this.#coming.clear();
      // An own line after them may be shown already.
      return this.#rows.cut(entries[0].seq);
    }
    for (const { id = "" } of entries) {
      const row = this.unsaid.take(id);
      if (row) this.#rows.remove(row);
    }
    this.#rows.clear();
    this.markNew(firstNew);
    this.above.hasMore = true;
  }

  /** @param {Entry} entry */
  #put(entry) {
    if (this.#rows.get(entry.seq)) return;
    if (entry.id && this.unsaid.has(entry.id)) return this.#said(entry.id, entry.seq, entry.at, true);
    const row = rowOfEntry(entry, { load: () => this.load(entry), onchange: () => this.#rows.changed(row) });
    row.classList.toggle("own", this.isOwn(entry));
    this.#rows.place(row, entry.seq);
  }

  /** Removes lines beyond the bound, but no line that isn't stored. @param {boolean} [atEnd] true if the person looks at older lines @param {number} [slack] */
  #trim(atEnd = false, slack = 0) {
    if (!this.#rows.trim(atEnd, slack)) return;
    if (atEnd) this.#isCut = true;
    else this.above.hasMore = true;
  }
}

customElements.define("parley-transcript", Transcript);
