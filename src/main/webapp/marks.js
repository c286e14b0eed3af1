/** How far the person has read each room. Only the highest position of a room is sent, at most once a second. */

const EVERY = 1_000; // ms between two marks of a room

export class Marks {
  /** @type {Map<string, {seq: number, isSent: boolean, at: number}>} at: the time of the last mark */ #rooms = new Map();

  /** @param {string} room @param {number} seq @returns {boolean} whether the position is higher than before */
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

  /** Forgets the marks of all direct rooms. */
  deleteDirect() {
    for (const room of [...this.#rooms.keys()]) if (room.startsWith("@")) this.#rooms.delete(room);
  }

  /** @param {string} room @returns {number|undefined} its position, if it waits to be sent */
  unsent(room) {
    const mark = this.#rooms.get(room);
    return mark?.isSent === false ? mark.seq : undefined;
  }

  /** There is a new connection: all marks are sent again. */
  renew() {
    for (const mark of this.#rooms.values()) mark.isSent = false;
  }

  /** @param {number} now ms @param {Set<string>} [held] rooms that have to wait @returns {number} ms until a mark may be sent; 0 for now, Infinity if none waits */
  wait(now, held) {
    let least = Infinity;
    for (const [room, { isSent, at }] of this.#rooms) if (!isSent && !held?.has(room)) least = Math.min(least, Math.max(0, at + EVERY - now));
    return least;
  }

  /** Takes a mark that may be sent now, if there is one. @param {number} now ms @param {Set<string>} [held] @returns {{room: string, seq: number}|undefined} */
  take(now, held) {
    for (const [room, mark] of this.#rooms) {
      if (mark.isSent || held?.has(room) || mark.at + EVERY > now) continue;
      Object.assign(mark, { isSent: true, at: now });
      return { room, seq: mark.seq };
    }
    return undefined;
  }
}
