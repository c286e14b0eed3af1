/** The rooms that a client is in, over any number of connections: it comes back to each, and hears what each has without a gap. */
import { Backoff } from "./backoff.js";
import { ParleyError } from "./error.js";
import { Told } from "./told.js";

/** @typedef {import("./frame.js").Entry} Entry */
/** @typedef {import("./frame.js").Joined} Joined */

const REJOINED_WITHIN = 40_000; // ms, for each room: the server may have to ask for 30 s who may be there

export class Memberships {
  #connection;
  #outbox;
  #tell;
  #told = new Told();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #rejoining;
  /** Rooms that the server does not take this client back into now. @type {Map<string, {backoff: Backoff, timer: number}>} */ #retries = new Map();

  /**
   * @param {import("./connection.js").Connection} connection @param {import("./outbox.js").Outbox} outbox
   * @param {(type: "joined"|"entry"|"error", detail: any) => void} tell
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
    this.#settle(room);
    this.#outbox.forget(room);
  }

  /** The server lets this client be in a room no more. @param {ParleyError} why */
  lose(why) {
    const { code, message } = why;
    const room = /** @type {string} */ (why.room);
    this.#told.forget(room);
    this.#outbox.hold(room);
    this.#outbox.fail(room, why);
    this.#settle(room);
    this.#tell("error", { code, message, room });
  }

  /** @param {{ref?: number, room: string, reason?: string}} left */
  left(left) {
    if (left.ref !== undefined) return this.#outbox.answer(left.ref, left);
    // It was not asked for.
    const why = left.reason ?? "This room is closed to you.";
    if (this.has(left.room)) this.lose(new ParleyError("forbidden", why, left.room));
  }

  /** The server can't take this client back now: it is asked again later, and the other rooms go on. @param {string} room */
  retry(room) {
    const { backoff, timer } = this.#retries.get(room) ?? { backoff: new Backoff(), timer: undefined };
    clearTimeout(timer);
    this.#outbox.hold(room);
    this.#retries.set(room, { backoff, timer: setTimeout(() => this.#rejoin(room), backoff.next()) });
  }

  /** No retry is needed any more. @param {string} room */
  #settle(room) {
    clearTimeout(this.#retries.get(room)?.timer);
    this.#retries.delete(room);
    this.#outbox.release(room);
  }

  /** @param {string} room */
  #rejoin(room) {
    this.#outbox.rejoin(this.#toJoin(room));
    this.watchRejoins();
  }

  /** @returns {import("./outbox.js").Request[]} the first that a connection has to do */
  get rejoins() {
    return this.#told.rooms.map((room) => this.#toJoin(room));
  }

  /** A server that keeps a room back for long is as good as none. */
  watchRejoins() {
    this.#unwatch();
    if (this.#outbox.isBack) this.#connection.good();
    else this.#rejoining = setTimeout(() => this.#connection.renew("no answer to a join"), REJOINED_WITHIN);
  }

  /** The connection is closed. */
  halt() {
    this.#unwatch();
    for (const { timer } of this.#retries.values()) clearTimeout(timer);
    this.#retries.clear();
  }

  #unwatch() {
    clearTimeout(this.#rejoining);
  }

  /** @param {Joined & {ref: number}} joined */
  joined(joined) {
    const asked = this.#outbox.asked(joined.ref);
    // What was left, or given up, meanwhile is no room of this client.
    const wanted = asked?.isRejoin ? this.#told.has(joined.room) : asked !== undefined;
    if (wanted) this.#told.joined(joined, asked?.request.from);
    if (wanted) this.#settle(joined.room);
    if (!joined.recovered) this.#outbox.unmark(joined.room);
    this.#outbox.answer(joined.ref, joined);
    if (asked?.isRejoin) this.watchRejoins();
    if (wanted) this.#tell("joined", joined);
    else if (!this.has(joined.room)) this.#giveUp(joined.room);
  }

  /** The server has this client in a room that it does not want any more. @param {string} room */
  #giveUp(room) {
    if (this.#outbox.isLeaving(room) || this.#outbox.joining(room)) return;
    const frame = (/** @type {number} */ ref) => JSON.stringify({ type: "leave", ref, room });
    this.#outbox.ask({ kind: "leave", room, frame }).catch(() => {}); // the end of the conversation ends that too
  }

  /** @param {Entry} entry */
  entry(entry) {
    const place = this.#told.entry(entry);
    if (place === "next") return this.#tell("entry", entry);
    // Joining again from the last one told brings what is missing, this entry included.
    if (place === "gap" && !this.#outbox.isJoining(entry.room) && !this.#retries.has(entry.room)) this.#rejoin(entry.room);
  }

  /** @param {string} room @param {import("./told.js").From} [from] @returns {import("./outbox.js").Request} */
  #toJoin(room, from) {
    const frame = (/** @type {number} */ ref) => JSON.stringify({ type: "join", ref, room, ...this.#told.from(room, from) });
    return { kind: "join", room, frame, from };
  }
}
