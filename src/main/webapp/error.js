/**
 * Why a request failed: a code of the protocol, or one of this side's: `timeout`, `tooSlow` (too much waits for the
 * server already), `cancelled` (it was taken back) and `closed` (the client has ended).
 */
export class ParleyError extends Error {
  /** @param {string} code @param {string} message @param {string} [room] that it is about */
  constructor(code, message, room) {
    super(message);
    this.name = "ParleyError";
    this.code = code;
    this.room = room;
  }
}
