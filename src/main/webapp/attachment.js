/** A file in a row: a picture, or a link that saves the file. */
import { element } from "./draw.js";
import { dimensions } from "./picture.js";
import { addFile, named, size } from "./row.js";

/** The media types of pictures that browsers show without running code in them. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const MOST_PIXELS = 5_000_000; // of a picture that is shown without a click: 20 MB in memory
const LONGEST_NAME = 255; // characters
/** Control characters, and marks that change the direction of text: `photo\u202egpj.exe` would look like the name of a picture. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** The address of the file in each row. @type {WeakMap<Element, string>} */
const addresses = new WeakMap();

/** @param {HTMLElement} row @param {{name?: string, media?: string, content?: Uint8Array}} file */
export function attach(row, { name, media = "", content }) {
  const place = row.querySelector(".text");
  const isPicture = PICTURES.includes(media);
  const called = fit(name) || (isPicture ? "picture" : "attachment");
  if (!content) {
    place?.replaceChildren(named(called), " can't be read.");
    return;
  }
  // Of the sender's media types, only those of pictures are used: HTML or SVG in a tab would run as a part of this page.
  const type = isPicture ? media : "application/octet-stream";
  const href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  addresses.set(row, href);
  addFile(row, content.length);
  const pixels = isPicture ? dimensions(content) : undefined;
  const many = pixels ? `${pixels.width} × ${pixels.height}, ` : "";
  if (isPicture && pixels && pixels.width * pixels.height <= MOST_PIXELS) {
    place?.replaceChildren(picture(href, called), about(named(called), `, ${size(content.length)}`));
    return;
  }
  const link = element("a", { className: "file", href, download: called }, named(called));
  place?.replaceChildren(link, " ", about(`${fit(media)}, ${many}${size(content.length)}`));
  if (isPicture) {
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
const about = (...what) => element("span", { className: "about" }, ...what);

/** @param {string} [text] @returns {string} */
const fit = (text = "") => text.slice(0, LONGEST_NAME).replace(UNFIT, "");
