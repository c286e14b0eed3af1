/**
 * The reason why a request failed: a code of the protocol, or a code of this client: `timeout`, `tooSlow` (too much waits
 * to be sent already), `cancelled` (the caller cancelled it) and `closed` (the client has ended).
 */
export class ParleyError extends Error {
  /** @param {string} code @param {string} message @param {string} [room] of the request @param {number} [retryAfter] ms before which the same fails again */
  constructor(code, message, room, retryAfter) {
    super(message);
    this.name = "ParleyError";
    this.code = code;
    this.room = room;
    this.retryAfter = retryAfter;
  }
}
