/** Frames of `parley.v1` into messages, and back: pure functions, without state. */
import { ParleyError } from "./error.js";

/** Who stands behind a name; absent for a guest. @typedef {{kind: "user"|"application", id: string}} Caller */
/**
 * A text, or an attachment's bytes with their media type and perhaps a file's name. Erased: the content is gone.
 * @typedef {{room: string, seq: number, id?: string, from: string, caller?: Caller, at: string, text?: string,
 *   media?: string, name?: string, content?: Uint8Array, erased?: boolean}} Entry
 */
/**
 * @typedef {{session: string, user: string, caller?: Caller, heartbeat: number,
 *   limits: {text: number, binary: number, queue: number, rate: number}, expires?: number}} Welcome
 */
/** @typedef {{room: string, seq: number, id: string, at: string}} Said */
/** @typedef {{room: string, action: string}} Moderated */
/** @typedef {{room: string, entries: Entry[], more: boolean, oldest?: number}} History oldest: see {@link Joined} */
/**
 * Not recovered: earlier entries are void, and `entries` is the newest page. Recovered: `entries` has only new entries.
 * oldest: the oldest entry that the server keeps; absent if no entry of the room was deleted.
 * @typedef {{room: string, epoch: string, seq: number, members: string[], callers?: Record<string, Caller>,
 *   entries: Entry[], recovered: boolean, reads?: Record<string, number>, may?: string[], oldest?: number, slow?: number}} Joined may: the permissions of this person beside reading, of `say`, `attach`, `signal` (without `say`) and `moderate`; absent: all but `moderate`. slow: seconds between two messages of this person
 */
/**
 * An action of a moderator. Of user, caller and seq, exactly one; `slow` has none, and `erase` the seq of the entry.
 * @typedef {{action: "remove"|"ban"|"unban"|"mute"|"unmute"|"slow"|"erase", user?: string, caller?: Caller, seq?: number,
 *   seconds?: number, address?: boolean, reason?: string}} Moderation
 */
/**
 * The `detail` of each event of a client.
 * @typedef {object} Details
 * @property {import("./connection.js").Transition} state
 * @property {number} roundTrip
 * @property {Welcome} welcome
 * @property {Joined} joined
 * @property {Entry} entry
 * @property {{room: string, user: string, caller?: Caller, online: boolean}} presence
 * @property {{user: string, reason: string}} renamed
 * @property {{room: string, may: string[], slow?: number}} granted
 * @property {{room: string, seq: number, from?: string, older?: boolean}} erased whoever shows this entry drops its content; `from`: and its
 *   sender, for this name; `older`: and reads the entries below it again
 * @property {{room: string, from: string, caller?: Caller, seq: number}} invited
 * @property {{room: string, user: string}} typing
 * @property {{room: string, user: string, seq: number}} read
 * @property {{code: string, message: string, room?: string}} error
 * @property {{code: number, reason: string, retryAfter?: number, signIn?: import("./line.js").SignIn}} bye
 * @property {import("./line.js").Closed} closed
 */

const LENGTH = 2; // bytes with the length of the header
const MAX_HEADER = 4096; // bytes; the server accepts no longer header

/**
 * @param {string|ArrayBuffer} frame
 * @returns {any[]} its messages, in order; attachments as entries whose `content` is a Uint8Array
 * @throws {Error} if it is not a frame of the protocol
 */
export function decode(frame) {
  if (typeof frame !== "string") return [binary(frame)];
  const json = JSON.parse(frame);
  return (Array.isArray(json) ? json : [json]).map(withContent);
}

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
  const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(frame, LENGTH, end - LENGTH)));
  return { type: "entry", ...header, content: new Uint8Array(frame, end) };
}

/** In JSON, attachments are base64: as an entry, or in a page. @param {any} message */
function withContent(message) {
  if (typeof message.data === "string") message.content = bytes(message.data);
  message.entries?.forEach(withContent);
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
