/** The rooms that a client is in, over any number of connections. It joins each room again, and gets its entries without a gap. */
import { Backoff } from "./backoff.js";
import { ParleyError } from "./error.js";
import { Told } from "./told.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Joined} Joined */

const REJOINED_WITHIN = 40_000; // ms, for each room: the server may wait up to 30 s for the policy of an application

export class Memberships {
  #connection;
  #outbox;
  #fire;
  #told = new Told();
  /** The id of the client's user, empty for a guest; undefined before the first welcome. @type {string|undefined} */ #user;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #rejoining;
  /** Rooms that can't be joined again now. @type {Map<string, {backoff: Backoff, timer: number}>} */ #retries = new Map();

  /**
   * @param {import("./connection.js").Connection} connection @param {import("./outbox.js").Outbox} outbox
   * @param {(type: "joined"|"entry"|"error", detail: any) => void} fire
   */
  constructor(connection, outbox, fire) {
    this.#connection = connection;
    this.#outbox = outbox;
    this.#fire = fire;
  }

  /** The client is this user from now on. The direct rooms of another user are others, even if they have the same names. @param {string} user its id; empty for a guest */
  belongTo(user) {
    const before = this.#user;
    this.#user = user;
    if (before === undefined || before === user) return;
    const why = (/** @type {string} */ room) => new ParleyError("forbidden", "You are another user now.", room);
    this.#outbox.failDirect(why(""));
    for (const room of this.#told.rooms.filter((name) => name.startsWith("@"))) this.lose(why(room));
  }

  /** @param {string} room */
  has(room) {
    return this.#told.has(room);
  }

  /** @param {string} room @param {import("./told.js").From} [from] @returns {Promise<Joined>} */
  join(room, from) {
    return this.#outbox.joining(room) ?? this.#outbox.ask(this.#toJoin(room, from));
  }

  /** A room is left. @param {string} room */
  leave(room) {
    this.#told.forget(room);
    this.#settle(room);
    this.#outbox.forget(room);
  }

  /** The server does not let the client be in a room any more. @param {ParleyError} why */
  lose(why) {
    const { code, message } = why;
    const room = /** @type {string} */ (why.room);
    this.#told.forget(room);
    this.#outbox.hold(room);
    this.#outbox.fail(room, why);
    this.#settle(room);
    this.#fire("error", { code, message, room });
  }

  /** @param {{ref?: number, room: string, reason?: string}} left */
  left(left) {
    if (left.ref !== undefined) return this.#outbox.answer(left.ref, left);
    // The client did not ask to leave.
    const why = left.reason ?? "This room is closed to you.";
    if (this.has(left.room)) this.lose(new ParleyError("forbidden", why, left.room));
  }

  /** A room can't be joined again now. It is tried again later, and the other rooms are not affected. @param {string} room */
  retry(room) {
    const { backoff, timer } = this.#retries.get(room) ?? { backoff: new Backoff(), timer: undefined };
    clearTimeout(timer);
    this.#outbox.hold(room);
    this.#retries.set(room, { backoff, timer: setTimeout(() => this.#rejoin(room), backoff.next()) });
  }

  /** Ends the tries to join a room again. @param {string} room */
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

  /** @returns {import("./outbox.js").Request[]} the first requests of a new connection */
  get rejoins() {
    return this.#told.rooms.map((room) => this.#toJoin(room));
  }

  /** If a server does not answer the joins for too long, the client reconnects. */
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
    // The room was left meanwhile.
    const wanted = asked?.isRejoin ? this.#told.has(joined.room) : asked !== undefined;
    if (wanted) this.#told.joined(joined, asked?.request.from);
    if (wanted) this.#settle(joined.room);
    if (!joined.recovered) this.#outbox.unmark(joined.room);
    this.#outbox.answer(joined.ref, joined);
    if (asked?.isRejoin) this.watchRejoins();
    if (wanted) this.#fire("joined", joined);
    else if (!this.has(joined.room)) this.#giveUp(joined.room);
  }

  /** Leaves a room that was joined too late. @param {string} room */
  #giveUp(room) {
    if (this.#outbox.isLeaving(room) || this.#outbox.joining(room)) return;
    const frame = (/** @type {number} */ ref) => JSON.stringify({ type: "leave", ref, room });
    this.#outbox.ask({ kind: "leave", room, frame }).catch(() => {}); // it fails if the conversation ends
  }

  /** @param {Entry} entry */
  entry(entry) {
    const place = this.#told.entry(entry);
    if (place === "next") return this.#fire("entry", entry);
    // Joining again from the position brings the missing entries, and this entry again.
    if (place === "gap" && !this.#outbox.isJoining(entry.room) && !this.#retries.has(entry.room)) this.#rejoin(entry.room);
  }

  /** @param {string} room @param {import("./told.js").From} [from] @returns {import("./outbox.js").Request} */
  #toJoin(room, from) {
    const frame = (/** @type {number} */ ref) => JSON.stringify({ type: "join", ref, room, ...this.#told.from(room, from) });
    return { kind: "join", room, frame, from };
  }
}
