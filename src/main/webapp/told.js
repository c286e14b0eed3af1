/**
 * What was told of each room that this client is in: the place to go on from, by which each entry is told once and in
 * order, over any number of connections.
 */

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

  /** What a join must say: where this client is in the room, or else where its owner says that it is. @param {string} room @param {From} [otherwise] @returns {From} */
  from(room, otherwise = {}) {
    const told = this.#rooms.get(room);
    return told ? { limit: told.limit, since: told.seq, epoch: told.epoch } : otherwise;
  }

  /** Leaves in `entries` what was not told before. @param {Joined} joined @param {From} [asked] by the join */
  joined(joined, asked = {}) {
    const { room, epoch, recovered } = joined;
    const told = this.#rooms.get(room);
    // A log that starts anew, or that has lost its end, makes all positions void.
    const before = recovered ? told?.seq ?? asked.since ?? 0 : 0;
    joined.entries = joined.entries.filter(({ seq }) => seq > before);
    // Recovered, what `entries` has no place for still follows: only what came counts as told.
    const seq = joined.entries.at(-1)?.seq ?? (recovered ? before : joined.seq);
    this.#rooms.set(room, { epoch, seq, limit: told?.limit ?? asked.limit });
  }

  /** @param {Entry} entry @returns {"next"|"gap"|"old"} next: it counts as told from now on */
  entry({ room, seq }) {
    const told = this.#rooms.get(room);
    if (!told || seq <= told.seq) return "old";
    if (seq > told.seq + 1) return "gap";
    told.seq = seq;
    return "next";
  }
}
