/** How far each room was read: the highest place counts, and a room is marked once a second at most. */

const EVERY = 1_000; // ms between two marks of a room

export class Marks {
  /** @type {Map<string, {seq: number, isSent: boolean, at: number}>} at: when one was sent last */ #rooms = new Map();

  /** @param {string} room @param {number} seq @returns {boolean} whether that is further than before */
  set(room, seq) {
    const { seq: before, at } = this.#rooms.get(room) ?? { seq: 0, at: -Infinity };
    if (seq <= before) return false;
    this.#rooms.set(room, { seq, isSent: false, at });
    return true;
  }

  /** @param {string} room */
  delete(room) {
    this.#rooms.delete(room);
  }

  /** Another connection knows none of them. */
  renew() {
    for (const mark of this.#rooms.values()) mark.isSent = false;
  }

  /** @param {number} now ms @param {Set<string>} [held] rooms that have to wait @returns {number} ms until one may be sent: 0 for now, Infinity where none waits */
  wait(now, held) {
    let least = Infinity;
    for (const [room, { isSent, at }] of this.#rooms) if (!isSent && !held?.has(room)) least = Math.min(least, Math.max(0, at + EVERY - now));
    return least;
  }

  /** Takes one that may be sent now, if there is one. @param {number} now ms @param {Set<string>} [held] @returns {{room: string, seq: number}|undefined} */
  take(now, held) {
    for (const [room, mark] of this.#rooms) {
      if (mark.isSent || held?.has(room) || mark.at + EVERY > now) continue;
      Object.assign(mark, { isSent: true, at: now });
      return { room, seq: mark.seq };
    }
    return undefined;
  }
}
