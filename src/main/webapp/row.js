/**
 * One line of what was said. All that people wrote becomes text, links to http(s), pictures of a few kinds and files to be
 * saved; nothing of it is ever interpreted.
 */
import { element as draw } from "./draw.js";
import { linksIn } from "./links.js";
import { clock, day, moment } from "./times.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {HTMLElement} Row with its number in `data-seq` once it has one */

const TOGETHER = 5 * 60_000; // ms between two lines of one person that share a heading
const HUES = 6; // of the style sheet

/** When each was said, in ms since 1970, or NaN. @type {WeakMap<Element, number>} */
const times = new WeakMap();

/** How much there is to lay out and to keep, in characters. @type {WeakMap<Element, number>} */
const weights = new WeakMap();

/** Copied for each row, which takes half as long as making its parts. @type {Row} */
const PATTERN = draw("li", { role: "listitem" }, draw("span", { className: "seq", title: "Not stored yet" }, "·"),
  draw("p", { className: "head" }, draw("span", { className: "who" }, draw("bdi")), " ", draw("time")),
  draw("p", { className: "text" }), draw("p", { className: "note" }));

/** @param {{from: string, at: string, text?: string}} entry @returns {Row} */
export function rowOf({ from, at, text = "" }) {
  const { row, said } = withHead(from, at);
  said.dir = "auto";
  said.append(...linked(text));
  weights.set(row, text.length);
  return row;
}

/** @param {Row} row @param {number} bytes of a file in it, which browsers keep outside the page */
export const addFile = (row, bytes) => weights.set(row, weightOf(row) + bytes / 32);

/** @param {Row} row */
export const weightOf = (row) => weights.get(row) ?? 0;

/** Stands for an entry that can't be drawn. @param {{from: string, at: string}} entry @returns {Row} */
export function rowInstead({ from, at }) {
  const { row, said } = withHead(String(from), String(at));
  said.className = "text broken";
  said.textContent = "This message can't be shown.";
  return row;
}

/** @param {string} from @param {string} at @returns {{row: Row, said: HTMLElement}} said: where its text stands */
function withHead(from, at) {
  const row = /** @type {Row} */ (PATTERN.cloneNode(true));
  const [, head, said] = /** @type {HTMLCollectionOf<HTMLElement>} */ (row.children);
  row.className = `hue${hue(from)}`;
  row.dataset.from = from;
  /** @type {Element} */ (head.querySelector("bdi")).textContent = from;
  stamp(row, at);
  return { row, said };
}

/** A name keeps its own direction, and turns nothing around it. @param {string} name @returns {HTMLElement} */
export const named = (name) => element("bdi", "", name);

/** @param {string} text @returns {(string|Node)[]} */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const span of linksIn(text)) {
    const href = text.slice(span.start, span.end);
    // Read from left to right in any text.
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
 * Lets a row go on under the heading of the one above it, or begin a new day.
 * @param {any} row @param {Element|null} above @returns {boolean} whether that changes it
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

/** Two may have had one name, of whom one is this page's person. @param {any} a @param {any} b */
const isOfSame = (a, b) => a?.dataset.from === b.dataset.from && a.classList.contains("own") === b.classList.contains("own");

/** What stays as it is isn't read out again. @param {Element|null} place @param {string} text */
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
