/**
 * One line of what was said. All that people wrote becomes text, links to http(s), pictures of a few kinds and files to be
 * saved; nothing of it is ever interpreted.
 */

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {HTMLElement} Row with its number in `data-seq` once it has one */

const TOGETHER = 5 * 60_000; // ms between two lines of one person that share a heading
const HUES = 6; // of the style sheet
const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const AFTER_LINK = /[.,;:!?)\]}]+$/u; // belongs to the sentence around it
/** What browsers show without running anything in it. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** @param {{from: string, at: string, text?: string}} entry @returns {Row} */
export function rowOf({ from, at, text = "" }) {
  const row = element("li", `hue${hue(from)}`);
  row.dataset.from = from;
  const number = element("span", "seq", "·");
  number.title = "Not stored yet";
  const head = element("p", "head");
  head.append(element("span", "who", from), " ", element("time"));
  const said = element("p", "text");
  said.append(...linked(text));
  row.append(number, head, said, element("p", "note"));
  stamp(row, at);
  return row;
}

/** @param {string} text @returns {(string|Node)[]} */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(LINK)) {
    const address = match.replace(AFTER_LINK, "");
    if (!URL.canParse(address)) continue;
    const link = /** @type {HTMLAnchorElement} */ (element("a", "", address));
    Object.assign(link, { href: address, target: "_blank", rel: "noopener noreferrer" });
    parts.push(text.slice(end, index), link);
    end = index + address.length;
  }
  return [...parts, text.slice(end)];
}

/** Shows a file. @param {Row} row @param {{name?: string, media?: string, content?: Uint8Array}} file @returns {string} an address to be given back */
export function attach(row, { name, media = "", content = new Uint8Array() }) {
  const picture = PICTURES.includes(media);
  const called = name || (picture ? "picture" : "attachment");
  const link = /** @type {HTMLAnchorElement} */ (element("a", "file", picture ? "" : called));
  // Never the sender's media type but those of pictures: opened in a tab, HTML or SVG would run as this page's own.
  const type = picture ? media : "application/octet-stream";
  link.href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  link.download = called;
  if (picture) {
    link.append(Object.assign(document.createElement("img"), { src: link.href, alt: called, decoding: "async" }));
  }
  const about = element("span", "about", `${picture ? called : media}, ${size(content.length)}`);
  row.querySelector(".text")?.replaceChildren(link, picture ? "" : " ", about);
  return link.href;
}

/** @param {number} bytes */
export const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${Math.ceil(bytes / 1024)} KiB`);

/** @param {Row} row @param {string} at */
export function stamp(row, at) {
  const time = /** @type {any} */ (row.querySelector("time"));
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleTimeString([], { timeStyle: "short" });
  time.title = new Date(at).toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
}

/** Tells its number. @param {Row} row @param {number} seq */
export function number(row, seq) {
  const place = /** @type {HTMLElement} */ (row.querySelector(".seq"));
  row.dataset.seq = String(seq);
  place.textContent = String(seq);
  place.title = `Stored as number ${seq}`;
}

/** Lets a row go on under the heading of the one above it, or begin a new day. @param {any} row */
export function group(row) {
  if (!row) return;
  const above = row.previousElementSibling;
  const day = dayOf(row);
  const begins = !above || dayOf(above) !== day;
  const goesOn = !begins && above.dataset.from === row.dataset.from && Math.abs(timeOf(row) - timeOf(above)) < TOGETHER;
  row.classList.toggle("more", goesOn);
  if (begins) row.dataset.day = day;
  else delete row.dataset.day;
}

/** @param {Element|undefined} row @param {string} [kind] @param {...(string|Node)} what */
export function note(row, kind = "", ...what) {
  const place = /** @type {HTMLElement|null|undefined} */ (row?.querySelector(".note"));
  const words = what.every((part) => typeof part === "string") ? what.join("") : undefined;
  if (!place || (place.className === `note ${kind}` && place.textContent === words && !place.firstElementChild)) return;
  place.className = `note ${kind}`;
  // Who has read what need not be read out each time.
  place.ariaLive = kind === "failed" ? "polite" : "off";
  place.replaceChildren(...what);
}

/** What stays as it is isn't read out again. @param {Element|null} place @param {string} text */
export function setText(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {string} tag @param {string} [className] @param {string} [text] */
export function element(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/** @param {any} row */
export const seqOf = (row) => Number(row?.dataset.seq ?? Infinity);
/** @param {any} row */
const timeOf = (row) => Date.parse(row.querySelector("time").dateTime);
const DAY = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long", year: "numeric" });
/** @param {any} row */
const dayOf = (row) => DAY.format(timeOf(row));
/** @param {string} name */
const hue = (name) => [...new TextEncoder().encode(name)].reduce((sum, byte) => (sum * 31 + byte) % 9973) % HUES;
