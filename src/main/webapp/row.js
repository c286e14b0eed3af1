/**
 * One row of the transcript. The content of people becomes text, links to http(s), pictures of a few kinds and files
 * to save, never markup.
 */
import { keyOf, markOf } from "./caller.js";
import { element as draw } from "./draw.js";
import { linksIn } from "./links.js";
import { clock, day, moment } from "./times.js";

/** @typedef {import("./parley.js").Caller} Caller */
/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {HTMLElement} Row with its number in `data-seq` once it has one */

const TOGETHER = 5 * 60_000; // ms; closer rows of one person share a heading
const HUES = 6; // of the style sheet

/** The time of each row, in ms since 1970, or NaN. @type {WeakMap<Element, number>} */
const times = new WeakMap();

/** The weight of each row for layout and memory, in characters. @type {WeakMap<Element, number>} */
const weights = new WeakMap();

/** Each row is a copy of this one, which takes half the time of making its parts. @type {Row} */
const PATTERN = draw("li", { role: "listitem" }, draw("span", { className: "seq", title: "Not stored yet" }, "·"),
  draw("p", { className: "head" }, draw("span", { className: "who" }, draw("bdi")), " ", draw("time")),
  draw("p", { className: "text" }), draw("p", { className: "note" }));

/** @param {{from: string, caller?: Caller, at: string, text?: string}} entry @returns {Row} */
export function rowOf({ from, caller, at, text = "" }) {
  const { row, said } = withHead(from, at, caller);
  said.dir = "auto";
  said.append(...linked(text));
  weights.set(row, text.length);
  return row;
}

/** @param {Row} row @param {number} bytes of a file in it, which browsers keep outside the page */
export const addFile = (row, bytes) => addWeight(row, bytes / 32);

/** @param {Row} row @param {number} characters */
export const addWeight = (row, characters) => weights.set(row, weightOf(row) + characters);

/** @param {Row} row */
export const weightOf = (row) => weights.get(row) ?? 0;

/** A row in place of an entry that can't be drawn. @param {{from: string, at: string}} entry @returns {Row} */
export function rowInstead({ from, at }) {
  const { row, said } = withHead(String(from), String(at));
  said.className = "text broken";
  said.textContent = "This message can't be shown.";
  return row;
}

/** A row in place of an entry whose content was erased. @param {{from: string, at: string, caller?: Caller}} entry @returns {Row} */
export function rowErased({ from, at, caller }) {
  const { row, said } = withHead(from, at, caller);
  said.className = "text erased";
  said.textContent = "This message was erased.";
  return row;
}

/** @param {string} from @param {string} at @param {Caller} [caller] @returns {{row: Row, said: HTMLElement}} said: the element for its text */
function withHead(from, at, caller) {
  const row = /** @type {Row} */ (PATTERN.cloneNode(true));
  const [, head, said] = /** @type {HTMLCollectionOf<HTMLElement>} */ (row.children);
  row.className = `hue${hue(from)}`;
  row.dataset.from = from;
  const name = /** @type {Element} */ (head.querySelector("bdi"));
  name.textContent = from;
  if (caller) {
    row.dataset.caller = keyOf(caller);
    name.after(...markOf(caller));
  }
  stamp(row, at);
  return { row, said };
}

/** A name does not reorder the text around it. @param {string} name @returns {HTMLElement} */
export const named = (name) => element("bdi", "", name);

/** @param {string} text @returns {(string|Node)[]} */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const span of linksIn(text)) {
    const href = text.slice(span.start, span.end);
    // A link is read from left to right in any text.
    parts.push(text.slice(end, span.start), draw("a", { href, dir: "ltr", target: "_blank", rel: "noopener noreferrer" }, href));
    end = span.end;
  }
  return [...parts, text.slice(end)];
}

/** @param {number} bytes */
export const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${Math.ceil(bytes / 1024)} KiB`);

/** @param {Row} row @param {string} at */
export function stamp(row, at) {
  const time = Date.parse(at);
  times.set(row, time);
  Object.assign(row.querySelector("time") ?? {}, { dateTime: at, textContent: clock(time), title: moment(time) });
}

/** Shows its number. @param {Row} row @param {number} seq */
export function number(row, seq) {
  row.dataset.seq = String(seq);
  Object.assign(row.querySelector(".seq") ?? {}, { textContent: String(seq), title: `Stored as number ${seq}` });
}

/**
 * Puts a row under the heading of the row above it, or begins a new day.
 * @param {any} row @param {Element|null} above @returns {boolean} whether the row changed
 */
export function group(row, above) {
  const today = day(timeOf(row));
  const begins = today !== "" && (!above || day(timeOf(above)) !== today);
  const goesOn = !begins && above !== null && isOfSame(above, row) && Math.abs(timeOf(row) - timeOf(above)) < TOGETHER;
  if (goesOn === row.classList.contains("more") && (begins ? today : undefined) === row.dataset.day) return false;
  row.classList.toggle("more", goesOn);
  if (begins) row.dataset.day = today;
  else delete row.dataset.day;
  return true;
}

/** Two persons may have had the same name, and one of them may be this page's person. @param {any} a @param {any} b */
const isOfSame = (a, b) => a?.dataset.from === b.dataset.from && a.dataset.caller === b.dataset.caller && a.classList.contains("own") === b.classList.contains("own");

/** Changes a text only if it differs, so that screen readers do not read it again. @param {Element|null} place @param {string} text */
export function setText(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {string} tag @param {string} [className] @param {string} [text] @returns {HTMLElement} */
export const element = (tag, className = "", text = "") => draw(tag, { className }, ...(text ? [text] : []));

/** @param {any} row */
export const seqOf = (row) => Number(row?.dataset.seq ?? Infinity);
/** @param {Element} row */
const timeOf = (row) => times.get(row) ?? NaN;
/** @param {string} name */
const hue = (name) => [...new TextEncoder().encode(name)].reduce((sum, byte) => (sum * 31 + byte) % 9973) % HUES;
