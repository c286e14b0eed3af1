/** Why a request failed: a code of the protocol, or `timeout`, `tooSlow` (too much waits already), `cancelled` (by the caller) or `closed`. */
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
