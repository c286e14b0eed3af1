/** The protocol in a browser, without any DOM. No message is lost or stored twice, and each promise settles in a bounded time. */
import { defaultAddress } from "./address.js";
import { Arrival, endOf } from "./arrival.js";
import { Connection } from "./connection.js";
import { attachment, fieldsOf, whole } from "./content.js";
import { ParleyError } from "./error.js";
import { newId } from "./id.js";
import { Memberships } from "./memberships.js";
import { Outbox, utf8Length } from "./outbox.js";
import { Tokens } from "./tokens.js";
import { Wire } from "./wire.js";

/** @typedef {import("./line.js").State} State */
/** @typedef {import("./line.js").Closed} Closed */
/** @typedef {import("./types.js").Who} Who */
/** @typedef {import("./types.js").Sending} Sending */
/** @typedef {import("./types.js").Saying} Saying */
/** @typedef {import("./types.js").Options} Options */
/** @typedef {import("./types.js").Caller} Caller */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Welcome} Welcome */
/** @typedef {import("./types.js").Said} Said */
/** @typedef {import("./types.js").History} History */
/** @typedef {import("./types.js").Joined} Joined */
/** @typedef {import("./types.js").Moderated} Moderated */
/** @typedef {import("./types.js").Moderation} Moderation */
/** @typedef {import("./connection.js").Transition} Transition */
/** @typedef {import("./types.js").Details} Details */

export { newId, ParleyError };
const HELLO = 0; // its ref
const INBOX = "@";
const PASSING = ["unavailable", "tooFast"]; // errors after which another try may succeed
const CLOSING = ["unauthorized", "forbidden"]; // errors of a hello after which the server closes the connection

/**
 * One person's conversation with the server. It reconnects by itself when its connection breaks, and ends once. Its events, each
 * with its `detail`, are in `Details` of types.js.
 */
export class ParleyClient extends EventTarget {
  /** @type {(() => Who)|undefined} */ #who;
  /** The name and the session of the last welcome. @type {Who} */ #same = {};
  #nonce = newId(); // a secret, by which the server recognizes the client if the next welcome is lost
  #tokens = new Tokens((token) => this.#ask({ type: "hello", token }));
  #connection;
  #outbox;
  #memberships;
  #wire;
  #over = false;
  /** @type {() => Arrival} */ #arrive;
  /** @type {Arrival|undefined} */ #arrival;
  /** @type {((entry: Entry) => void)|undefined} */ #inbox;

  /**
   * @param {string|URL} [url] by default `chat` beside this module; ws if the module came by http, wss if by https
   * @param {Options} [options]
   */
  constructor(url = defaultAddress(), { patience, connectTimeout = 30_000, attachments, WebSocket } = {}) {
    super();
    const address = new URL(url);
    address.protocol = address.protocol.replace("http", "ws");
    this.#arrive = () => new Arrival(address, connectTimeout, (why) => this.#end(why));
    this.#outbox = new Outbox(patience);
    const hello = () => this.#tokens.hello({ type: "hello", ref: HELLO, ...this.#who?.(), nonce: this.#nonce, attachments });
    this.#connection = new Connection(address, hello, WebSocket);
    this.#connection.renewable = () => this.#tokens.renewable;
    this.#connection.ontransition = (transition) => this.#transition(transition);
    this.#connection.onmessage = (message, line) => this.#hear(message, line);
    this.#connection.onroundtrip = (ms) => this.#fire("roundTrip", ms);
    this.#memberships = new Memberships(this.#connection, this.#outbox, (type, detail) => this.#fire(type, detail));
    this.#wire = new Wire(this.#connection, this.#outbox);
  }

  /** The frames of this conversation. */
  get wire() { return this.#wire; }

  /** @returns {State} of the present connection, or of the last one */
  get state() { return this.#connection.state; }

  /**
   * Connects, and tries until it succeeds. Called once. If it rejects, the client has ended: with the server's code (such as
   * `unauthorized`), with `unavailable` after the options' `connectTimeout`, or with `closed` after {@link close}.
   * @param {Who|(() => Who)} [who] a function is called for each connection @returns {Promise<Welcome>} the first welcome
   */
  async connect(who = {}) {
    if (this.#who || this.#over) throw new ParleyError("closed", "A client connects once.");
    this.#who = typeof who === "function" ? who : () => ({ ...who, ...this.#same });
    const arrival = (this.#arrival = this.#arrive());
    try {
      this.#connection.open();
    } catch (forbidden) {
      this.#end(/** @type {Error} */ (forbidden)); // the browser does not let the page connect to this address
    }
    return arrival.promise;
  }

  /** Starts the next try now, if there is no connection. Ends a pause or a try. */
  reconnect() { this.#connection.hurry(); }

  /** Ends the conversation. Open requests are rejected, and the client does not reconnect. */
  close() { this.#end(new ParleyError("closed", "The conversation was ended.")); }

  /**
   * Joins a room. After a broken connection, the client joins it again by itself.
   * @param {string} room
   * @param {import("./told.js").From} [from] limit: the most entries of a join without a position; since and epoch: the
   *   position from an earlier conversation
   * @returns {Promise<Joined>}
   */
  join(room, from = {}) {
    return this.#memberships.join(room, from);
  }

  /**
   * Joins the room `@`, the inbox of the client's user: what the application sends to it alone.
   * @param {(entry: Entry) => void} listener in place of an earlier one @param {import("./told.js").From} [from] as for {@link join}
   * @returns {Promise<Joined>}
   */
  inbox(listener, from) {
    this.#inbox = listener;
    return this.join(INBOX, from);
  }

  /** Leaves a room. From now on, no events of the room are fired. @param {string} room @returns {Promise<void>} */
  leave(room) {
    this.#memberships.leave(room);
    return this.state === "CLOSED" ? Promise.resolve() : this.#ask({ type: "leave", room });
  }

  /**
   * Says a text, or data: any other value that JSON can have, or a text that has a `kind`. Resolves when the message is durable, over any number of connections. Rejects with the server's code, or with
   * `timeout`, `tooSlow`, `closed` or `cancelled`. Except after `tooSlow`, the message may have been stored. Saying it again
   * with the same id is safe within the same session.
   * @param {string} room @param {unknown} content @param {string|Saying} [how] the id, or all of it @param {Sending} [sending] @returns {Promise<Said>}
   */
  say(room, content, how, sending) {
    const { id = newId(), kind, ...rest } = /** @type {Saying} */ ({ ...sending, ...(typeof how === "string" ? { id: how } : how) });
    return this.#ask({ type: "say", room, id, ...fieldsOf(content, kind) }, rest);
  }

  /**
   * Says bytes, like {@link say}. The limit `binary` of the welcome is the limit of the content. Rejects with a TypeError if
   * `content` or `media` has a wrong type.
   * @param {string} room @param {{media?: string, name?: string, content: import("./content.js").Content}} attachment
   *   media: by default that of a Blob @param {string} [id] @param {Sending} [sending] @returns {Promise<Said>}
   */
  async send(room, { media, name, content }, id = newId(), sending = {}) {
    return this.#outbox.ask({ kind: "say", room, ...attachment({ type: "say", room, id, media, name }, content), ...sending });
  }

  /** The bytes that wait in the socket. */
  get buffered() { return this.#connection.line?.buffered ?? 0; }

  /** @param {string} room @param {{before?: number, after?: number, limit?: number}} [span] @returns {Promise<History>} */
  history(room, span = {}) { return this.#ask({ type: "history", room, ...span }); }

  /**
   * Fetches the bytes of an attachment, whose entry has a `size` and no `content` (see {@link Options}). Rejects with `notFound` if it is gone.
   * @param {string} room @param {number} seq @param {{offset?: number, length?: number}} [part] the part that is wanted; the server may give less @returns {Promise<Uint8Array>}
   */
  async fetch(room, seq, part) {
    const ask = (/** @type {object} */ span) => this.#ask({ type: "fetch", room, seq, ...span });
    return part ? (await ask(part)).content : whole((offset, length) => ask({ offset, length }));
  }

  /** Makes a room, where users may do that. @param {string} room @param {{closed?: boolean}} [how] @returns {Promise<Moderated>} */
  create(room, { closed } = {}) {
    return this.#ask({ type: "create", room, closed });
  }

  /**
   * Moderates the room, with the permission `moderate`. Resolves when it is durable and in effect. After a broken connection it
   * may be done twice.
   * @param {string} room @param {Moderation} moderation seconds: of a ban or a mute, absent for ever; of `slow`, between two
   *   messages of one member @returns {Promise<Moderated>}
   */
  async moderate(room, { caller, ...fields }) {
    if (caller && caller.kind !== "user") throw new ParleyError("badRequest", "only a signed-in user can be named by its caller");
    return this.#ask({ type: "moderate", room, ...fields, callerId: caller?.id });
  }

  /** Sends a hint that the person is typing. It is dropped if it can't be sent at once. @param {string} room */
  typing(room) {
    if (this.#memberships.has(room)) this.#outbox.hint({ type: "typing", room });
  }

  /**
   * Sends a text or data, as {@link say} does, to the members who are in the room now. It is not stored, and dropped if it can't be sent at once.
   * @param {string} room @param {unknown} content @param {{kind?: string}} [how]
   */
  signal(room, content, { kind } = {}) {
    if (this.#memberships.has(room)) this.#outbox.hint({ type: "signal", room, ...fieldsOf(content, kind) });
  }

  /** Sends how far the person has read, at most once a second, and again on each connection. @param {string} room @param {number} seq */
  read(room, seq) {
    if (this.#memberships.has(room)) this.#outbox.mark(room, seq);
  }

  // --- connecting, reconnecting, and the end

  /** @param {Transition} transition */
  #transition(transition) {
    const { to, closed, retryIn } = transition;
    if (to === "CLOSED") {
      this.#tokens.halt();
      this.#memberships.halt();
      this.#outbox.halt();
    }
    const ends = closed !== undefined && retryIn === undefined;
    if (closed) this.#arrival?.failed(closed);
    if (ends) this.#finish(endOf(closed));
    this.#fire("state", transition);
    if (ends) this.#fire("closed", closed);
  }

  /** @param {Welcome & {ref: number}} welcome @param {import("./line.js").Line} line */
  #welcome(welcome, line) {
    this.#same = { name: welcome.user, session: welcome.session };
    if (welcome.ref > HELLO) return this.#outbox.answer(welcome.ref, welcome); // to a new token
    this.#tokens.welcomed(welcome);
    this.#nonce = newId();
    this.#connection.welcomed();
    this.#memberships.belongTo(welcome.caller?.kind === "user" ? welcome.caller.id : "");
    this.#outbox.begin(line, welcome.limits, this.#memberships.rejoins);
    this.#wire.welcomed();
    this.#memberships.watchRejoins();
    this.#arrival?.welcomed(welcome);
    this.#fire("welcome", welcome);
  }

  /** @param {Error} why */
  #end(why) {
    if (this.#over) return;
    this.#finish(why);
    if (!this.#connection.close()) this.#fire("closed", { code: 1000, reason: "", comesBack: false });
  }

  /** @param {Error} why */
  #finish(why) {
    if (this.#over) return;
    this.#over = true;
    this.#outbox.end(new ParleyError("closed", why.message));
    this.#arrival?.ended(why);
  }

  // --- messages of the server

  /** @param {any} message @param {import("./line.js").Line} line */
  #hear(message, line) {
    switch (message.type) {
      case "welcome": return this.#welcome(message, line);
      case "joined": return this.#memberships.joined(message);
      case "watching": this.#wire.told(message); // and its answer
      case "left": return this.#memberships.left(message);
      case "said": case "history": case "fetched": case "moderated": return this.#outbox.answer(message.ref, message);
      case "entry": return this.#memberships.entry(message);
      case "presence": case "typing": case "signal": case "read": case "granted": case "erased": return this.#memberships.has(message.room) && this.#fire(message.type, message);
      case "inbox": message = { ...message, type: "invited", room: INBOX }; // and
      case "invited": return this.#memberships.has(message.room) || this.#fire("invited", message);
      case "renamed": return (this.#same.name = message.user), this.#fire("renamed", message);
      case "error": return message.ref === undefined ? this.#fire("error", message) : this.#refused(message);
      case "wire": return this.#wire.told(message);
      case "bye": return this.#fire("bye", message);
    }
  }

  /** The server has rejected the hello for good. @param {ParleyError} why */
  #helloRejected(why) {
    if (!CLOSING.includes(why.code)) return this.#end(why);
    this.#finish(why); // and closes later: a browser would drop the server's `bye` after its own close
    this.#connection.awaitEnd();
  }

  /** @param {{ref: number, code: string, message: string, retryAfter?: number}} error */
  #refused({ ref, code, message, retryAfter }) {
    const passes = PASSING.includes(code);
    if (ref === HELLO) return passes ? this.#connection.renew(message) : this.#helloRejected(new ParleyError(code, message));
    const asked = this.#outbox.asked(ref);
    if (!asked) return;
    const { kind, room } = asked.request;
    if (kind === "leave" && code === "notMember") return this.#outbox.answer(ref, undefined); // it is not in the room, as it wants
    const lost = kind === "join" && this.#memberships.has(room);
    const why = new ParleyError(code, message, room, retryAfter);
    // Before any other message can be sent to the room.
    if (lost && passes) this.#memberships.retry(room);
    else if (lost) this.#memberships.lose(why);
    this.#outbox.answer(ref, why);
    if (asked.isRejoin) this.#memberships.watchRejoins();
  }

  /** @param {{type: string, room?: string} & Record<string, any>} message @param {Sending} [sending] @returns {Promise<any>} */
  #ask(message, sending) {
    const json = JSON.stringify(message).slice(0, -1); // before it changes
    const frame = (/** @type {number} */ ref) => `${json},"ref":${ref}}`;
    return this.#outbox.ask({ kind: message.type, room: message.room ?? "", frame, bytes: utf8Length(frame(0)), ...sending });
  }

  /** @template {keyof Details} Type @param {Type} type @param {Details[Type]} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
    const { room, entries = [detail] } = /** @type {any} */ (detail ?? {});
    if (room !== INBOX || (type !== "joined" && type !== "entry")) return;
    for (const entry of entries) void new Promise(() => this.#inbox?.(entry)); // if it throws, it still gets the next one
  }
}
