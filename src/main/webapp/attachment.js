/** A file in a row: a picture, or a link that saves the file. */
import { element } from "./draw.js";
import { dimensions } from "./picture.js";
import { addFile, named, size } from "./row.js";

/** The media types of pictures that browsers show without running code in them. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const MOST_PIXELS = 5_000_000; // of a picture that is shown without a click: 20 MB in memory
const LONGEST_NAME = 255; // characters
/** Control characters, and marks that change the direction of text: `photo\u202egpj.exe` would look like a picture. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** The address of the file in each row. @type {WeakMap<Element, string>} */
const addresses = new WeakMap();

/** @typedef {{name?: string, media?: string, content?: Uint8Array}} File */

/** Whether browsers show it. @param {File} file */
export const isPicture = ({ media = "" }) => PICTURES.includes(media);

/** What it is called here. @param {File} file */
export const calledOf = (file) => fit(file.name) || (isPicture(file) ? "picture" : "attachment");

/** @param {HTMLElement} row @param {File} file @param {boolean} [counts] false if the bytes of the row are counted */
export function attach(row, file, counts = true) {
  const { media = "", content } = file;
  const place = row.querySelector(".text");
  const called = calledOf(file);
  const isShown = isPicture(file);
  if (!content) {
    place?.replaceChildren(named(called), " can't be read.");
    return;
  }
  // Of the sender's media types, only those of pictures are used: HTML or SVG in a tab would run as a part of this page.
  const type = isShown ? media : "application/octet-stream";
  const href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  addresses.set(row, href);
  if (counts) addFile(row, content.length);
  const pixels = isShown ? dimensions(content) : undefined;
  const many = pixels ? `${pixels.width} × ${pixels.height}, ` : "";
  if (isShown && pixels && pixels.width * pixels.height <= MOST_PIXELS) {
    place?.replaceChildren(picture(href, called), about(named(called), `, ${size(content.length)}`));
    return;
  }
  const link = element("a", { className: "file", href, download: called }, named(called));
  place?.replaceChildren(link, " ", about(`${fit(media)}, ${many}${size(content.length)}`));
  if (isShown) {
    const show = element("button", { type: "button", className: "show", onclick: () => place?.replaceChild(picture(href, called), show) }, "Show the picture");
    place?.prepend(show, " ");
  }
}

/** Releases the memory of a file when its row is removed. @param {Element} row */
export function detach(row) {
  const address = addresses.get(row);
  if (address !== undefined) URL.revokeObjectURL(address);
  addresses.delete(row);
}

/** @param {string} href @param {string} called @returns {HTMLElement} */
function picture(href, called) {
  const img = element("img", { src: href, alt: called, decoding: "async", loading: "lazy" });
  return element("a", { className: "file picture", href, download: called }, img);
}

/** @param {...(string|Node)} what @returns {HTMLElement} */
export const about = (...what) => element("span", { className: "about" }, ...what);

/** @param {string} [text] @returns {string} */
export const fit = (text = "") => text.slice(0, LONGEST_NAME).replace(UNFIT, "");
