/**
 * One WebSocket connection that speaks `parley.v1`: its state, its open requests and the server's signs of life.
 * It ends once; coming back is its owner's business.
 */
import { decode } from "./frame.js";

/** @typedef {"CONNECTING"|"OPEN"|"MESSAGE_RECEIVED"|"CLOSING"|"CLOSED"} State */
/** @typedef {{code: number, reason: string, comesBack: boolean, retryAfter?: number}} Closed */
/** @typedef {{resolve: (reply: any) => void, reject: (why: Error) => void, timer: number}} Request */

const SUBPROTOCOL = "parley.v1";
const REPLY_WITHIN = 20_000; // ms
const CLOSE_WITHIN = 3_000; // ms
const MAX_BUFFERED = 1 << 20; // bytes that may wait in the socket
const NORMAL = 1000;
const BROKEN = 1006;
const SILENT = 4001;
const FINAL = [1000, 1002, 1003, 1007, 1008, 1009, 1010]; // and all from 4400 on

/** @type {Record<State, State[]>} */
const NEXT = {
  CONNECTING: ["OPEN", "CLOSED"],
  OPEN: ["MESSAGE_RECEIVED", "CLOSING", "CLOSED"],
  MESSAGE_RECEIVED: ["OPEN"],
  CLOSING: ["CLOSED"],
  CLOSED: [],
};

/** Why a request failed: a code of the protocol, or `closed`, `timeout` and `tooSlow`, which are this side's. */
export class ParleyError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = "ParleyError";
    this.code = code;
  }
}

export class Line {
  /** @type {State} */ #state = "CONNECTING";
  #socket;
  #refs = 0;
  /** @type {Map<number, Request>} */ #requests = new Map();
  #maxFrame = Infinity;
  #silentBeats = 0;
  /** @type {number|undefined} */ #watch;
  /** @type {number|undefined} */ #lastResort;
  /** @type {any} */ #bye;

  /** Told of each transition. @type {(from: State, to: State, closed?: Closed) => void} */
  onstate = () => {};
  /** Told of each message, replies included, in the order of the wire. @type {(message: any) => void} */
  onmessage = () => {};
  /** The reply to the hello. @type {Promise<any>} */
  welcomed;

  /** @param {URL} url @param {object} hello the first message, sent before anyone else can send one */
  constructor(url, hello) {
    const socket = new WebSocket(url, SUBPROTOCOL);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    const greeting = this.#expectReply(hello);
    this.welcomed = greeting.reply;
    socket.onopen = () => {
      socket.send(greeting.frame);
      this.#become("OPEN");
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason, wasClean }) => {
      if (wasClean && this.#state === "OPEN") this.#become("CLOSING");
      this.#end(code, reason);
    };
  }

  get state() {
    return this.#state;
  }

  /** @param {object} message @returns {Promise<any>} */
  request(message) {
    if (!this.#isOpen) return Promise.reject(new ParleyError("closed", "There is no connection."));
    if (this.#socket.bufferedAmount > MAX_BUFFERED) {
      return Promise.reject(new ParleyError("tooSlow", "Too much waits to be sent."));
    }
    const { ref, frame, reply } = this.#expectReply(message);
    // The server would close the line on it (1009), and again each time it came back.
    if (new TextEncoder().encode(frame).length > this.#maxFrame) {
      this.#settle(ref)?.reject(new ParleyError("tooLarge", "That is longer than the server takes."));
    } else {
      this.#socket.send(frame);
    }
    return reply;
  }

  /** Sends what has no reply, if it can leave at once. @param {object} message */
  hint(message) {
    if (this.#isOpen && this.#socket.bufferedAmount === 0) this.#socket.send(JSON.stringify(message));
  }

  close(code = NORMAL, reason = "") {
    if (this.#state === "CLOSING" || this.#state === "CLOSED") return;
    this.#socket.close(code, reason);
    if (this.#state === "CONNECTING") return this.#end(code, reason);
    this.#handled();
    this.#become("CLOSING");
    // A browser waits up to a minute for the answer of a server that is gone.
    this.#lastResort = setTimeout(() => this.#end(code === NORMAL ? BROKEN : code, reason), CLOSE_WITHIN);
  }

  get #isOpen() {
    return this.#state === "OPEN" || this.#state === "MESSAGE_RECEIVED";
  }

  /** @param {object} message */
  #expectReply(message) {
    const ref = ++this.#refs;
    const reply = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#settle(ref)?.reject(new ParleyError("timeout", "The server did not answer in time."));
      }, REPLY_WITHIN);
      this.#requests.set(ref, { resolve, reject, timer });
    });
    return { ref, reply, frame: JSON.stringify({ ...message, ref }) };
  }

  /** Takes the request with this mark, if it is still open, off the list. @param {number} ref */
  #settle(ref) {
    const request = this.#requests.get(ref);
    clearTimeout(request?.timer);
    this.#requests.delete(ref);
    return request;
  }

  /** @param {string|ArrayBuffer} frame */
  #receive(frame) {
    if (this.#state !== "OPEN") return;
    this.#become("MESSAGE_RECEIVED");
    this.#silentBeats = 0;
    let messages;
    try {
      messages = decode(frame);
    } catch (unreadable) {
      messages = [{ type: "error", code: "badRequest", message: "The server sent what can't be read." }];
    }
    for (const message of messages) this.#take(message);
    this.#handled();
  }

  /** @param {any} message */
  #take(message) {
    if (message.type === "welcome") {
      this.#maxFrame = message.limits?.text ?? Infinity;
      this.#watchFor(message.heartbeat);
    }
    if (message.type === "bye") this.#bye = message;
    const request = this.#settle(message.ref);
    if (message.type !== "error") {
      request?.resolve(message);
      this.onmessage(message);
    } else if (request) {
      request.reject(new ParleyError(message.code, message.message));
    } else {
      this.onmessage(message);
    }
  }

  /**
   * Counts beats, not milliseconds: a computer that slept must not take its own sleep for the server's silence.
   * @param {number} heartbeat ms
   */
  #watchFor(heartbeat) {
    clearInterval(this.#watch);
    if (!heartbeat) return;
    this.#watch = setInterval(() => {
      if (++this.#silentBeats > 2) this.close(SILENT, "no sign of life");
      else if (this.#silentBeats === 2) this.hint({ type: "beat" });
    }, heartbeat);
  }

  #handled() {
    if (this.#state === "MESSAGE_RECEIVED") this.#become("OPEN");
  }

  /** @param {number} code @param {string} reason */
  #end(code, reason) {
    if (this.#state === "CLOSED") return;
    clearInterval(this.#watch);
    clearTimeout(this.#lastResort);
    const why = reason || this.#bye?.reason || "";
    this.#become("CLOSED", { code, reason: why, comesBack: code < 4400 && !FINAL.includes(code), retryAfter: this.#bye?.retryAfter });
    for (const ref of [...this.#requests.keys()]) {
      this.#settle(ref)?.reject(new ParleyError("closed", "The connection ended before the server answered."));
    }
  }

  /** @param {State} to @param {Closed} [closed] */
  #become(to, closed) {
    const from = this.#state;
    if (!NEXT[from].includes(to)) throw new Error(`no transition from ${from} to ${to}`);
    this.#state = to;
    this.onstate(from, to, closed);
  }
}
