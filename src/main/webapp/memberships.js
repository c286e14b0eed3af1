/** The rooms that a client is in, over any number of connections: it comes back to each, and hears what each has without a gap. */
import { Told } from "./told.js";

/** @typedef {import("./frame.js").Entry} Entry */
/** @typedef {import("./frame.js").Joined} Joined */

const REJOINED_WITHIN = 20_000; // ms, for each room

export class Memberships {
  #connection;
  #outbox;
  #tell;
  #told = new Told();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #rejoining;

  /**
   * @param {import("./connection.js").Connection} connection @param {import("./outbox.js").Outbox} outbox
   * @param {(type: "joined"|"entry", detail: any) => void} tell
   */
  constructor(connection, outbox, tell) {
    this.#connection = connection;
    this.#outbox = outbox;
    this.#tell = tell;
  }

  /** @param {string} room */
  has(room) {
    return this.#told.has(room);
  }

  /** @param {string} room @param {import("./told.js").From} [from] @returns {Promise<Joined>} */
  join(room, from) {
    return this.#outbox.joining(room) ?? this.#outbox.ask(this.#toJoin(room, from));
  }

  /** It is left. @param {string} room */
  leave(room) {
    this.#told.forget(room);
    this.#outbox.forget(room);
  }

  /** The server lets this client be in it no more. @param {string} room */
  lose(room) {
    this.#told.forget(room);
    this.#outbox.unmark(room);
  }

  /** @returns {import("./outbox.js").Request[]} the first that a connection has to do */
  get rejoins() {
    return this.#told.rooms.map((room) => this.#toJoin(room));
  }

  /** A server that keeps a room back for long is as good as none. */
  watchRejoins() {
    this.halt();
    if (this.#outbox.isBack) this.#connection.good();
    else this.#rejoining = setTimeout(() => this.#connection.renew("no answer to a join"), REJOINED_WITHIN);
  }

  /** The connection is closed. */
  halt() {
    clearTimeout(this.#rejoining);
  }

  /** @param {Joined & {ref: number}} joined */
  joined(joined) {
    const asked = this.#outbox.asked(joined.ref);
    // What was left, or given up, meanwhile is no room of this client.
    const wanted = asked?.isRejoin ? this.#told.has(joined.room) : asked !== undefined;
    if (wanted) this.#told.joined(joined, asked?.request.from);
    if (!joined.recovered) this.#outbox.unmark(joined.room);
    this.#outbox.answer(joined.ref, joined);
    if (asked?.isRejoin) this.watchRejoins();
    if (wanted) this.#tell("joined", joined);
  }

  /** @param {Entry} entry */
  entry(entry) {
    const place = this.#told.entry(entry);
    if (place === "next") return this.#tell("entry", entry);
    // Joining again from the last one told brings what is missing, this entry included.
    if (place === "gap" && !this.#outbox.isJoining(entry.room)) {
      this.#outbox.rejoin(this.#toJoin(entry.room));
      this.watchRejoins();
    }
  }

  /** @param {string} room @param {import("./told.js").From} [from] @returns {import("./outbox.js").Request} */
  #toJoin(room, from) {
    const frame = (/** @type {number} */ ref) => JSON.stringify({ type: "join", ref, room, ...this.#told.from(room, from) });
    return { kind: "join", room, frame, from };
  }
}
