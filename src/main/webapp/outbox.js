/**
 * The write queue of a client, over any number of connections. On a new connection, it first sends the joins of the rooms,
 * then all unanswered requests in order, then read marks. It is bounded, and never sends faster than the server allows.
 *
 *     ask() ─► waiting ─(its turn)─► sent ─(answer)─► resolved or rejected
 *                 ▲                    │
 *                 └──(the line broke)──┘          two minutes after ask(): rejected
 */
import { ParleyError } from "./error.js";
import { contentLength } from "./frame.js";
import { Marks } from "./marks.js";
import { Pace } from "./pace.js";
import { timerTime } from "./timer.js";

/** @typedef {import("./line.js").Line} Line */
/** @typedef {{text: number, binary: number, rate: number}} Limits bytes, and messages a second */
/** @typedef {string|Uint8Array<ArrayBuffer>} Frame */
/**
 * @typedef {object} Request
 * @property {string} kind the `type` of its message
 * @property {string} room
 * @property {(ref: number) => Frame} frame makes the frame, each time that the request is sent
 * @property {number} [bytes] the memory that it uses while it waits
 * @property {import("./told.js").From} [from] the position of a join
 * @property {Promise<void>} [ready] resolves when the frame can be made; later requests wait too
 * @property {AbortSignal} [signal] cancels the request, if the socket has not got it yet
 * @property {() => void} [onsent] called each time that the socket has got the request
 */
/**
 * @typedef {Request & {sent: boolean, isReady: boolean, timer: number, answer?: Promise<any>, resolve: (reply?: any) => void,
 *   reject: (why: Error) => void, lost?: ParleyError}} Pending lost: the reason why it must not be sent again
 */

const ANSWERED_WITHIN = 120_000; // ms, over all connections
const MAX_REQUESTS = 1_000; // without an answer
const MAX_BYTES = 4 << 20; // of all requests; a single request may be as large as the server accepts
const OF_THE_LINE = ["hello", "leave", "end", "watch"]; // requests that end with their line
const LOOK_AGAIN = 50; // ms, while the socket is full

export class Outbox {
  #patience;
  /** @type {Line|undefined} */ #line;
  /** @type {Limits} */ #limits = { text: Infinity, binary: Infinity, rate: Infinity };
  #pace = new Pace(Infinity, 0);
  #refs = 0;
  #unanswered = 0;
  #bytes = 0;
  /** In the order of the calls, so sent requests are before waiting ones. @type {Map<number, Pending>} */
  #pending = new Map();
  /** The joins of the rooms on a new connection. @type {Map<number, Request & {sent: boolean, isReady?: boolean}>} */ #rejoins = new Map();
  /** Rooms that can't be joined again now. Requests for these rooms wait. @type {Set<string>} */ #held = new Set();
  #marks = new Marks();
  /** @type {number|undefined} */ #later;
  /** @type {ParleyError|undefined} */ #ended;

  /** @param {number} [patience] ms after which a request without an answer fails */
  constructor(patience = ANSWERED_WITHIN) {
    this.#patience = patience;
  }

  /** Whether there is a line on which all rooms are joined again. Before that, the server would reject requests. */
  get isBack() {
    return this.#line !== undefined && this.#rejoins.size === 0;
  }

  /** A line was welcomed. @param {Line} line @param {Partial<Limits>} limits @param {Request[]} rejoins */
  begin(line, limits, rejoins) {
    this.#line = line;
    this.#limits = { ...this.#limits, ...limits };
    this.#pace = new Pace(this.#limits.rate, performance.now());
    this.#marks.renew();
    for (const join of rejoins) this.#rejoins.set(++this.#refs, { ...join, sent: false });
    this.#pump();
  }

  /** Whether there is a line. */
  get isOpen() {
    return this.#line !== undefined;
  }

  /** The line broke. Unanswered requests are sent again later, except those that ended with it or must not be sent again. */
  halt() {
    this.#line = undefined;
    clearTimeout(this.#later);
    this.#rejoins.clear();
    this.#held.clear();
    for (const [ref, request] of this.#pending) {
      if (OF_THE_LINE.includes(request.kind)) this.#settle(ref)?.resolve();
      request.sent = false;
      if (request.lost) this.#settle(ref)?.reject(request.lost);
      if (request.signal?.aborted) this.#settle(ref)?.reject(cancelled(request.room));
    }
    this.#unanswered = 0;
  }

  /** Nothing will be sent any more. @param {ParleyError} why */
  end(why) {
    this.halt();
    this.#ended ??= why;
    for (const ref of [...this.#pending.keys()]) this.#settle(ref)?.reject(why);
  }

  /** @param {Request} request @returns {Promise<any>} its answer; always settled within `patience` */
  ask(request) {
    const { room, bytes = 0, ready, signal } = request;
    if (this.#ended) return Promise.reject(this.#ended);
    if (signal?.aborted) return Promise.reject(cancelled(room));
    if (this.#pending.size >= MAX_REQUESTS || (this.#bytes > 0 && this.#bytes + bytes > MAX_BYTES)) {
      return Promise.reject(new ParleyError("tooSlow", "Too much waits to be sent already.", room));
    }
    const ref = ++this.#refs;
    const answer = new Promise((resolve, reject) => {
      const late = () => this.answer(ref, new ParleyError("timeout", "The server did not answer in time.", room));
      const timer = setTimeout(late, timerTime(this.#patience));
      this.#pending.set(ref, { ...request, sent: false, isReady: !ready, timer, resolve, reject });
    });
    signal?.addEventListener("abort", () => this.#cancel(ref), { once: true });
    ready?.then(() => this.#readied(ref), (why) => this.answer(ref, why));
    /** @type {Pending} */ (this.#pending.get(ref)).answer = answer;
    this.#bytes += bytes;
    this.#pump();
    return answer;
  }

  /** @param {number} ref */
  #readied(ref) {
    const request = this.#pending.get(ref);
    if (request) request.isReady = true;
    this.#pump();
  }

  /** Cancels a request, unless the socket has got it. @param {number} ref */
  #cancel(ref) {
    const request = this.#pending.get(ref);
    if (request && !request.sent) this.answer(ref, cancelled(request.room));
  }

  /** Requests for this room wait, until it is released. @param {string} room */
  hold(room) {
    this.#held.add(room);
  }

  /** @param {string} room */
  release(room) {
    if (this.#held.delete(room)) this.#pump();
  }

  /** Joins a room again, before all waiting requests. @param {Request} join */
  rejoin(join) {
    this.#rejoins.set(++this.#refs, { ...join, sent: false });
    this.#pump();
  }

  /** @param {string} room @returns {Promise<any>|undefined} the answer to its open join, if there is one */
  joining(room) {
    return [...this.#pending.values()].find((request) => request.kind === "join" && request.room === room)?.answer;
  }

  /** @param {string} room @returns {boolean} whether a join was sent and is not answered yet */
  isJoining(room) {
    return [...this.#rejoins.values(), ...this.#pending.values()].some((request) => {
      return request.kind === "join" && request.room === room && request.sent;
    });
  }

  /** The person leaves a room. A read mark that waits is sent before. @param {string} room */
  forget(room) {
    const seq = this.#marks.unsent(room);
    if (seq !== undefined) this.hint({ type: "read", room, seq });
    this.unmark(room);
    for (const [ref, { kind, room: joined }] of this.#pending) {
      if (kind === "join" && joined === room) this.answer(ref, new ParleyError("notMember", "The room was left.", room));
    }
  }

  /** The client is not in the room any more. Unsent requests fail, and sent ones are not sent again. @param {string} room @param {ParleyError} why */
  fail(room, why) {
    this.unmark(room);
    for (const [ref, request] of this.#pending) {
      if (request.room !== room || request.kind === "join") continue;
      if (request.sent) request.lost = why;
      else this.answer(ref, request.kind === "leave" ? undefined : why);
    }
  }

  /** The client is another user, whose direct rooms are others: all requests for these rooms fail. Called before {@link begin}. @param {ParleyError} why */
  failDirect(why) {
    this.#marks.deleteDirect();
    for (const [ref, { room }] of this.#pending) if (room.startsWith("@")) this.answer(ref, why);
  }

  /** @param {string} room @returns {boolean} whether a leave is not answered yet */
  isLeaving(room) {
    return [...this.#pending.values()].some((request) => request.kind === "leave" && request.room === room);
  }

  /** Sends how far the person has read a room, when no request waits. Only the highest position is sent. @param {string} room @param {number} seq */
  mark(room, seq) {
    if (this.#marks.set(room, seq)) this.#pump();
  }

  /** Forgets the read mark of a room. @param {string} room */
  unmark(room) {
    this.#marks.delete(room);
  }

  /** Sends a message at once, or drops it. @param {{type: string, room: string} & Record<string, any>} message @throws {ParleyError} `tooLarge`: the server would close the line */
  hint(message) {
    const [line, frame, most] = [this.#line, JSON.stringify(message), this.#limits.text];
    if (utf8Length(frame) > most) throw tooLarge(message.room, most);
    if (line && !this.#held.has(message.room) && this.isBack && !line.isFull && this.#pace.take(performance.now()) === 0) line.send(frame);
  }

  /** @param {number} ref @returns {{request: Request, isRejoin: boolean}|undefined} the open request with this ref */
  asked(ref) {
    const rejoin = this.#rejoins.get(ref);
    const request = rejoin ?? this.#pending.get(ref);
    return request && { request, isRejoin: request === rejoin };
  }

  /** Settles the request with its answer, and sends waiting requests. @param {number} ref @param {any} reply */
  answer(ref, reply) {
    if (this.#rejoins.delete(ref)) {
      this.#unanswered--;
    } else {
      const request = this.#settle(ref);
      if (reply instanceof Error) request?.reject(reply);
      else request?.resolve(reply);
    }
    this.#pump();
  }

  /** Removes a request, if it is open. @param {number} ref */
  #settle(ref) {
    const request = this.#pending.get(ref);
    if (!request) return;
    clearTimeout(request.timer);
    this.#pending.delete(ref);
    this.#bytes -= request.bytes ?? 0;
    if (request.sent) this.#unanswered--;
    return request;
  }

  /** Sends all requests that may be sent now, and sets a timer for the others. */
  #pump() {
    clearTimeout(this.#later);
    const line = this.#line;
    if (!line) return;
    for (let send = this.#next(line); send; send = this.#next(line)) {
      const wait = line.isFull ? LOOK_AGAIN : this.#pace.take(performance.now());
      if (wait > 0) return this.#pumpIn(wait);
      send();
    }
    const wait = this.isBack ? this.#marks.wait(performance.now(), this.#held) : Infinity;
    if (wait < Infinity) this.#pumpIn(Math.ceil(wait));
  }

  /** @param {number} ms */
  #pumpIn(ms) {
    this.#later = setTimeout(() => this.#pump(), ms);
  }

  /** @param {Line} line @returns {(() => void)|undefined} sends the next request; undefined if none may be sent now */
  #next(line) {
    const request = unsent(this.#rejoins) ?? (this.isBack ? unsent(this.#pending, this.#held) : undefined);
    // A stalled line delivers all at once, so no more requests are unanswered than the server accepts at once.
    if (request && request[1].isReady !== false && this.#unanswered < this.#limits.rate) return () => this.#send(line, ...request);
    // Messages come before marks: in a lively room, marks alone would use up the rate.
    if (!this.isBack || this.#marks.wait(performance.now(), this.#held) > 0) return undefined;
    return () => {
      const mark = this.#marks.take(performance.now(), this.#held);
      if (mark) line.send(JSON.stringify({ type: "read", ...mark }));
    };
  }

  /** @param {Line} line @param {number} ref @param {Request & {sent: boolean}} request */
  #send(line, ref, request) {
    const frame = request.frame(ref);
    const [size, most] =
      typeof frame === "string" ? [utf8Length(frame), this.#limits.text] : [contentLength(frame), this.#limits.binary];
    // The server would close the line (1009), again after each reconnect.
    if (size > most) return this.#settle(ref)?.reject(tooLarge(request.room, most));
    request.sent = true;
    this.#unanswered++;
    line.send(frame);
    request.onsent?.();
  }
}

/** @param {string} text @returns {number} bytes */
export const utf8Length = (text) => new TextEncoder().encode(text).length;

/** @param {string} room @param {number} most bytes */
const tooLarge = (room, most) => new ParleyError("tooLarge", `That is longer than the server takes: ${most} bytes.`, room);

/** @param {string} room */
const cancelled = (room) => new ParleyError("cancelled", "It was cancelled.", room);

/**
 * @template K @template {{sent: boolean, kind: string, room: string}} V
 * @param {Map<K, V>} all @param {Set<string>} [held] rooms that must be joined before @returns {[K, V]|undefined} the first one that waits
 */
function unsent(all, held) {
  for (const [key, value] of all) if (!value.sent && (value.kind === "join" || !held?.has(value.room))) return [key, value];
}
