/** Frames of `parley.v1` into messages: pure functions, without state. */

const HEADER_LENGTH = 2; // bytes

/**
 * @param {string|ArrayBuffer} frame
 * @returns {any[]} its messages, in order; attachments as entries whose `content` is a Uint8Array
 * @throws {Error} when it is no frame of the protocol
 */
export function decode(frame) {
  if (typeof frame !== "string") return [binary(frame)];
  const json = JSON.parse(frame);
  return (Array.isArray(json) ? json : [json]).map(withContent);
}

/** @param {ArrayBuffer} frame */
function binary(frame) {
  const end = HEADER_LENGTH + new DataView(frame).getUint16(0);
  const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(frame, HEADER_LENGTH, end - HEADER_LENGTH)));
  return { type: "entry", ...header, content: new Uint8Array(frame, end) };
}

/** Attachments stand in JSON as base64, alone or in a page. @param {any} message */
function withContent(message) {
  if (typeof message.data === "string") message.content = bytes(message.data);
  message.entries?.forEach(withContent);
  return message;
}

/** @param {string} base64 */
function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}
