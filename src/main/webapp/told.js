/** The position up to which the listeners received each joined room, so that they receive each entry once and in order. */

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./parley.js").Joined} Joined */
/** @typedef {{limit?: number, since?: number, epoch?: string}} From */

export class Told {
  /** @type {Map<string, {epoch: string, seq: number, limit?: number}>} */ #rooms = new Map();

  /** @returns {string[]} */
  get rooms() {
    return [...this.#rooms.keys()];
  }

  /** @param {string} room */
  has(room) {
    return this.#rooms.has(room);
  }

  /** @param {string} room */
  forget(room) {
    this.#rooms.delete(room);
  }

  /** The position for a join: this client's position in the room, or else the one that the caller gives. @param {string} room @param {From} [otherwise] @returns {From} */
  from(room, otherwise = {}) {
    const told = this.#rooms.get(room);
    return told ? { limit: told.limit, since: told.seq, epoch: told.epoch } : otherwise;
  }

  /** Leaves in `entries` only those that the listeners did not receive before. @param {Joined} joined @param {From} [asked] by the join */
  joined(joined, asked = {}) {
    const { room, epoch, recovered } = joined;
    const told = this.#rooms.get(room);
    // If the log is a new one or has lost its end, no position is valid.
    const before = recovered ? told?.seq ?? asked.since ?? 0 : 0;
    joined.entries = joined.entries.filter(({ seq }) => seq > before);
    // After a recovery, more entries may follow than `entries` has, so the position is only its last one.
    const seq = joined.entries.at(-1)?.seq ?? (recovered ? before : joined.seq);
    this.#rooms.set(room, { epoch, seq, limit: told?.limit ?? asked.limit });
  }

  /** @param {Entry} entry @returns {"next"|"gap"|"old"} next: it becomes the position */
  entry({ room, seq }) {
    const told = this.#rooms.get(room);
    if (!told || seq <= told.seq) return "old";
    if (seq > told.seq + 1) return "gap";
    told.seq = seq;
    return "next";
  }
}
