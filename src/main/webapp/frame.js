/** Frames of `parley.v2` into messages, and back: pure functions, without state. */
import { ParleyError } from "./error.js";

const LENGTH = 2; // bytes with the length of the header
const MAX_HEADER = 4096; // bytes; the server accepts no longer header

/** @param {string|ArrayBuffer} frame @returns {string|ArrayBuffer} its JSON, or the frame if it has bytes @throws {Error} if it is not a frame of the protocol */
export function jsonOf(frame) {
  // As the length of a header, the beginning of JSON would be too large.
  return typeof frame === "string" || new DataView(frame).getUint16(0) <= MAX_HEADER ? frame : utf8(frame);
}

/**
 * @param {string|ArrayBuffer} frame
 * @returns {any[]} its messages, in order; the bytes of attachments as a Uint8Array `content`
 * @throws {Error} if it is not a frame of the protocol
 */
export function decode(frame) {
  const data = jsonOf(frame);
  if (typeof data !== "string") return [binary(data)];
  const json = JSON.parse(data);
  return (Array.isArray(json) ? json : [json]).map(withContent);
}

/** @param {any} message @returns {any[]} the entries of a run, or the message itself @throws {Error} if it is not a run of the protocol */
export function unfold(message) {
  const { type, room, seq, at, senders, entries } = message;
  if (type !== "entries") return [message];
  return entries.map((/** @type {any} */ { by = 0, ms = 0, ...entry }, /** @type {number} */ i) => ({
    type: "entry", room, seq: seq + i, at: new Date(Date.parse(at) + ms).toISOString(), ...senders[by], from: senders[by].from,
    ...(entry.kind && { text: entry.kind }), ...entry,
  }));
}

/** @param {BufferSource} bytes */
const utf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/**
 * @param {object} header the fields of the message without its bytes
 * @param {Uint8Array} content copied
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {ParleyError} `badRequest` if the header is too long
 */
export function encode(header, content) {
  const json = new TextEncoder().encode(JSON.stringify(header));
  if (json.length > MAX_HEADER) throw new ParleyError("badRequest", "The name or the media type is too long.");
  const frame = new Uint8Array(LENGTH + json.length + content.length);
  new DataView(frame.buffer).setUint16(0, json.length);
  frame.set(json, LENGTH);
  frame.set(content, LENGTH + json.length);
  return frame;
}

/** @param {Uint8Array<ArrayBuffer>} frame of {@link encode} @returns {number} the bytes of its content, for which the server has a limit */
export const contentLength = (frame) => frame.length - LENGTH - new DataView(frame.buffer).getUint16(0);

/** @param {ArrayBuffer} frame */
function binary(frame) {
  const end = LENGTH + new DataView(frame).getUint16(0);
  const header = JSON.parse(utf8(new Uint8Array(frame, LENGTH, end - LENGTH)));
  return { type: "entry", ...header, content: new Uint8Array(frame, end) };
}

/** In JSON, attachments are base64: as an entry, or in a page, but not in a run. Data has a kind, and stays as it is. @param {any} message */
function withContent(message) {
  if (message.kind === undefined && typeof message.data === "string") message.content = bytes(message.data);
  if (message.type !== "entries") message.entries?.forEach(withContent);
  return message;
}

/** @param {string} base64 @returns {Uint8Array|undefined} undefined if it is not base64; then the other messages of the frame are still read */
function bytes(base64) {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch (unreadable) {
    return undefined;
  }
}
