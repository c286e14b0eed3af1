/** What a message has: a text, data, or the bytes of an attachment in any type for bytes. */
import { ParleyError } from "./error.js";
import { encode } from "./frame.js";

/** @typedef {Blob|ArrayBuffer|ArrayBufferView|string} Content a Blob or File, a buffer, any view of one, or a text */

const UNKNOWN = "application/octet-stream";
const LEAST_PART = 256 * 1024; // bytes
const LARGEST_PART = 1024 * 1024; // bytes
const PARTS = 16; // each part counts as a sixteenth of the whole against the quota of reading

/** The fields of a text, or of data. @param {unknown} content @param {string} [kind] @throws {TypeError} if it is not JSON */
export function fieldsOf(content, kind) {
  if (typeof content === "string" && kind === undefined) return { text: content };
  if (JSON.stringify(content) === undefined) throw new TypeError("Not JSON.");
  return { kind: kind ?? "data", data: content };
}

/**
 * What the outbox needs to send an attachment. A buffer or view is copied, so that later changes by its owner have no
 * effect. A Blob never changes, and is read meanwhile. A text becomes UTF-8.
 * @param {{media?: string} & Record<string, unknown>} header media: by default that of a Blob @param {unknown} content
 * @returns {{frame: (ref: number) => Uint8Array<ArrayBuffer>, bytes: number, ready?: Promise<void>}}
 * @throws {TypeError} if there is no content or no media type
 * @throws {import("./error.js").ParleyError} `badRequest` if the header is too long
 */
export function attachment({ media, ...header }, content) {
  const given = fixed(content);
  const type = media ?? (given instanceof Uint8Array ? undefined : given.type || UNKNOWN);
  if (typeof type !== "string") throw new TypeError("The media type must be a string.");
  let bytes = given instanceof Uint8Array ? given : new Uint8Array();
  const frame = (/** @type {number} */ ref) => encode({ ...header, ref, media: type }, bytes);
  const overhead = frame(0).length - bytes.length;
  if (given instanceof Uint8Array) return { frame, bytes: overhead + bytes.length };
  const ready = given.arrayBuffer().then((read) => void (bytes = new Uint8Array(read)));
  return { frame, bytes: overhead + given.size, ready };
}

/**
 * All bytes of an attachment, part by part: on a slow connection, heartbeats come between two parts.
 * @param {(offset: number, length: number) => Promise<{size: number, content: Uint8Array}>} fetch gets one part @returns {Promise<Uint8Array>}
 */
export async function whole(fetch) {
  let part = await fetch(0, LEAST_PART);
  const { size } = part;
  if (part.content.length === size) return part.content;
  const all = new Uint8Array(size);
  for (let end = 0; ; part = await fetch(end, Math.min(LARGEST_PART, Math.max(LEAST_PART, Math.ceil(size / PARTS))))) {
    const { length } = part.content;
    if (part.size !== size || !length || end + length > size) throw new ParleyError("unavailable", "The attachment changed while its parts were fetched.");
    all.set(part.content, end);
    if ((end += length) === size) return all;
  }
}

/** @param {unknown} content @returns {Uint8Array|Blob} */
function fixed(content) {
  if (typeof content === "string") return new TextEncoder().encode(content);
  if (ArrayBuffer.isView(content)) return new Uint8Array(content.buffer, content.byteOffset, content.byteLength).slice();
  // Not instanceof: an object of another frame is no instance of this frame's classes.
  const kind = Object.prototype.toString.call(content).slice(8, -1);
  if (kind === "ArrayBuffer") return new Uint8Array(/** @type {ArrayBuffer} */ (content)).slice();
  if (kind === "Blob" || kind === "File") return /** @type {Blob} */ (content);
  throw new TypeError("The content must be a Blob, an ArrayBuffer, a view of one, or a string.");
}
