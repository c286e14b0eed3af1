/**
 * What was said in a room, as numbered lines: a line's number is its place in the log, so a line without one isn't
 * durable yet. An entry stands here once, whichever way and however often it comes.
 */

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {HTMLElement} Row one line, with its number in `data-seq` once it has one */

const TOGETHER = 5 * 60_000; // ms between two lines of one person that share a heading
const MAX_SHOWN = 1_000; // lines; older ones can be loaded again
const NEAR_END = 48; // px
const HUES = 6; // of the style sheet

export class Transcript {
  #scroller;
  #list;
  #earlier;
  #top = 0;
  /** @type {Map<number, Row>} */ #bySeq = new Map();
  /** @type {Map<string, Row>} */ #unsaid = new Map();
  /** Addresses of attachments, to be given back. @type {Map<Row, string>} */ #addresses = new Map();

  /** The name under which this page's own lines are stored. */
  me = "";
  /** Whether the end is in view, and is to be kept there. */
  atEnd = true;

  /** @param {HTMLElement} scroller @param {HTMLElement} list @param {HTMLElement} earlier shown if there are older lines */
  constructor(scroller, list, earlier) {
    this.#scroller = scroller;
    this.#list = list;
    this.#earlier = earlier;
    const observer = new ResizeObserver(() => this.atEnd && this.toEnd());
    observer.observe(scroller);
    observer.observe(list);
    scroller.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = scroller;
      // Lines may have come since the scrolling that this event tells of: only going up means leaving the end.
      if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.atEnd = true;
      else if (scrollTop < this.#top) this.atEnd = false;
      this.#top = scrollTop;
    });
  }

  /** @returns {number|undefined} the lowest seq shown */
  get oldest() {
    const seq = seqOf(this.#list.firstElementChild);
    return Number.isFinite(seq) ? seq : undefined;
  }

  /** Appends what just came; while the end is in view the oldest lines make room. @param {Entry} entry */
  add(entry) {
    this.#put(entry);
    if (this.atEnd) this.#trim();
  }

  /** Shows a page, without reading it all out; what is in view stays there. @param {Entry[]} entries @param {boolean} [more] */
  addPage(entries, more) {
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    this.#scroller.ariaLive = "off";
    entries.forEach((entry) => this.#put(entry));
    if (more !== undefined) this.#earlier.hidden = !more;
    if (!this.atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
    setTimeout(() => (this.#scroller.ariaLive = "polite"), 500);
  }

  /** Whether something that was written isn't durable yet. */
  get hasUnsaid() {
    return this.#unsaid.size > 0;
  }

  /** Shows what isn't durable yet. @param {string} id @param {string} text */
  send(id, text) {
    const row = rowOf({ from: this.me, at: new Date().toISOString(), text });
    row.classList.add("own");
    this.#unsaid.set(id, row);
    this.#list.append(row);
    group(row);
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

  /** @param {string} id @param {number} seq @param {string} at */
  said(id, seq, at) {
    const row = this.#unsaid.get(id);
    if (!row) return;
    this.#unsaid.delete(id);
    if (this.#bySeq.has(seq)) return this.#remove(row);
    stamp(row, at);
    note(row);
    this.#place(row, seq);
  }

  /** @param {string} id @param {string} why @param {() => void} again */
  failed(id, why, again) {
    const row = this.#unsaid.get(id);
    if (!row) return;
    const retry = element("button", "", "Try again");
    const discard = element("button", "", "Discard");
    retry.onclick = again;
    discard.onclick = () => {
      this.#unsaid.delete(id);
      this.#remove(row);
    };
    note(row, "failed", `Not sent: ${why} `, retry, discard);
  }

  /** Forgets what the log holds; what isn't durable stays. */
  clear() {
    for (const row of this.#bySeq.values()) this.#remove(row);
    this.#bySeq.clear();
  }

  /** Forgets all. */
  reset() {
    this.clear();
    this.#unsaid.clear();
    this.#list.replaceChildren();
    this.atEnd = true;
  }

  toEnd() {
    this.atEnd = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** @param {Entry} entry */
  #put(entry) {
    if (this.#bySeq.has(entry.seq)) return;
    if (entry.id && entry.from === this.me && this.#unsaid.has(entry.id)) return this.said(entry.id, entry.seq, entry.at);
    const row = rowOf(entry);
    row.classList.toggle("own", entry.from === this.me);
    if (entry.content) this.#attach(row, entry);
    this.#place(row, entry.seq);
  }

  /** @param {Row} row @param {number} seq */
  #place(row, seq) {
    this.#bySeq.set(seq, row);
    row.dataset.seq = String(seq);
    row.querySelector(".seq")?.replaceChildren(String(seq));
    let next = null;
    for (let at = this.#list.lastElementChild; at && (at === row || seqOf(at) > seq); at = at.previousElementSibling) {
      if (at !== row) next = at;
    }
    // A row that moves is read out again, so one that is in its place stays untouched.
    if (!row.isConnected || row.nextElementSibling !== next) this.#list.insertBefore(row, next);
    group(row);
    group(row.nextElementSibling);
  }

  /** @param {Row} row @param {Entry} entry */
  #attach(row, { name = "attachment", media, content = new Uint8Array() }) {
    const link = /** @type {HTMLAnchorElement} */ (element("a", "file", name));
    // Never the sender's media type: opened in a tab, HTML or SVG would run as this page's own.
    link.href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type: "application/octet-stream" }));
    link.download = name;
    this.#addresses.set(row, link.href);
    row.querySelector(".text")?.replaceChildren(link, ` ${media}, ${Math.ceil(content.length / 1024)} KiB`);
  }

  #trim() {
    while (this.#list.childElementCount > MAX_SHOWN && this.oldest) {
      const row = /** @type {Row} */ (this.#list.firstElementChild);
      this.#bySeq.delete(this.oldest);
      this.#remove(row);
      this.#earlier.hidden = false;
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

/** @param {{from: string, at: string, text?: string}} entry @returns {Row} */
function rowOf({ from, at, text = "" }) {
  const row = element("li", `hue${hue(from)}`);
  row.dataset.from = from;
  const number = element("span", "seq", "·");
  number.ariaHidden = "true";
  const head = element("p", "head");
  head.append(element("span", "who", from), " ", element("time"));
  row.append(number, head, element("p", "text", text), element("p", "note"));
  stamp(row, at);
  return row;
}

/** @param {HTMLElement} row @param {string} at */
function stamp(row, at) {
  const time = /** @type {any} */ (row.querySelector("time"));
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  time.dateTime = at;
  time.textContent = date.toLocaleString([], { ...(today ? {} : { dateStyle: "medium" }), timeStyle: "short" });
}

/** Lets a row go on under the heading of the one above it, where that is right. @param {any} row */
function group(row) {
  const above = row?.previousElementSibling;
  const same = above?.dataset.from === row?.dataset.from;
  row?.classList.toggle("more", above && same ? Math.abs(timeOf(row) - timeOf(above)) < TOGETHER : false);
}

/** @param {Element|undefined} row @param {string} [kind] @param {...(string|Node)} what */
function note(row, kind = "", ...what) {
  const place = row?.querySelector(".note");
  place?.setAttribute("class", `note ${kind}`);
  place?.replaceChildren(...what);
}

/** @param {string} tag @param {string} [className] @param {string} [text] */
function element(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/** @param {any} row */
const seqOf = (row) => Number(row?.dataset.seq ?? Infinity);
/** @param {any} row */
const timeOf = (row) => Date.parse(row.querySelector("time").dateTime);
/** @param {string} name */
const hue = (name) => [...new TextEncoder().encode(name)].reduce((sum, byte) => (sum * 31 + byte) % 9973) % HUES;
