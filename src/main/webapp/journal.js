/** The steps between client and server, over any number of connections. */
import { batchLabel, clean, detail, frameDetail, headers, label, span } from "./label.js";

/** @typedef {"client"|"server"} Side */
/** @typedef {"handshake"|"messages"|"heartbeat"|"push"|"closing"|"states"} Kind */
/**
 * call: a request · answer · push: a message without a request or an answer · lost: did not arrive · break: of the connection ·
 * state: of the client · gap: time without a connection · start: of a conversation
 * @typedef {"call"|"answer"|"push"|"lost"|"break"|"state"|"gap"|"start"} Shape
 */
/**
 * `number` counts from 1, `at` is in epoch ms. A frame's detail is written when someone first asks for it.
 * @typedef {{number: number, at: number, kind: Kind, shape: Shape, from: Side, to: Side, label: string, detail: string}} Step
 */
/** @typedef {{line: string, headers: [string, string][]}} Head */
/** @typedef {import("./connection.js").Transition} Transition */

/** @type {Kind[]} */
export const KINDS = ["handshake", "messages", "heartbeat", "push", "closing", "states"];
const MAX = 500; // steps; the oldest are dropped
const BROKEN = 1006;
const SMALL = 4_096; // characters of a frame that is kept until its detail is asked for
const CLOSE_WITHIN = 2_900; // ms; soon after that a client waits no longer

export class Journal {
  /** @type {Step[]} */ steps = [];
  /** The number of dropped steps. */
  dropped = 0;
  /** The time of the first step, in epoch ms. @type {number|undefined} */ origin;

  /** Called for each new step. */
  onadd = () => {};
  /** Called with a step whose label or detail changed. @type {(step: Step) => void} */
  onchange = () => {};

  #number = 0;
  #me = "";
  /** Requests of this connection without an answer. @type {Map<unknown, number>} */ #asked = new Map();
  /** The last beat of each. @type {Partial<Record<Side, number>>} */ #beats = {};
  /** @type {Step|undefined} */ #request;
  /** @type {Step|undefined} */ #response;
  /** @type {Step|undefined} */ #close;
  /** The connection is closing, and it is not known yet which side began. */
  #closing = false;

  clear() {
    this.steps = [];
    this.dropped = 0;
  }

  /** Another conversation begins. */
  start() {
    if (this.#number) this.#add(Date.now(), "states", "start", "client", "new conversation");
  }

  /** @param {Transition} transition @param {number} [at] epoch ms */
  state(transition, at = Date.now()) {
    const { from, to } = transition;
    if (to === "CONNECTING") this.#connecting(at);
    else if (to === "OPEN" && from === "CONNECTING") this.#open(at);
    else if (to === "CLOSED") this.#closed(transition, at);
    else if (to === "CLOSING") {
      // If the server began the close, CLOSED follows within the same task.
      this.#closing = true;
      queueMicrotask(() => this.#closing && this.#closes("client", at, "Close asked for"));
    }
  }

  /** @param {{from: Side, data: string|Uint8Array|ArrayBuffer, messages: any[], at: number, dropped?: boolean}} frame */
  frame({ from, data, messages, at, dropped }) {
    // These frames report pings, which `control` adds.
    if (messages.length && messages.every(({ type }) => type === "wire")) return;
    const taken = messages.map((message) => this.#take(message, from, at));
    const { kind, shape, words } = taken.find(({ kind }) => kind === "messages") ?? taken[0] ?? {
      kind: "messages", shape: "push", words: `malformed frame · ${typeof data === "string" ? data.length : data.byteLength} bytes`,
    };
    const all = messages.length > 1 ? batchLabel(messages, taken.map(({ words }) => words)) : words;
    const step = this.#add(at, kind, dropped ? "lost" : shape, from, dropped ? `${all} · ignored` : all);
    if (typeof data === "string" && data.length <= SMALL) detailLater(step, () => frameDetail(messages, data));
    else step.detail = frameDetail(messages, data);
  }

  /** @param {{request: Head, response: Head}} handshake of the present connection */
  handshake({ request, response }) {
    this.#request = this.#addHead(this.#request, "client", request, /^sec-websocket-key$/i);
    this.#response = this.#addHead(this.#response, "server", response, /^sec-websocket-accept$/i);
  }

  /** Its `at` is the server's time, so the step gets the time of now. @param {{frame: string, from: Side, at: string, rtt?: number}} wire */
  control({ frame, from, at, rtt }) {
    const words = rtt === undefined ? frame : `${frame} · ${span(rtt)}`;
    this.#add(Date.now(), "heartbeat", frame === "ping" ? "call" : "answer", from, words, detail({ frame, at, rtt }));
  }

  /** @param {any} message @param {Side} from @param {number} at @returns {{kind: Kind, shape: Shape, words: string}} */
  #take(message, from, at) {
    const { type, ref, senders = [message] } = message;
    if (type === "welcome") this.#me = message.user;
    if (type === "beat") {
      const last = this.#beats[from];
      this.#beats[from] = at;
      return { kind: "heartbeat", shape: "push", words: label(message, last !== undefined && `${span(at - last)} after the last`) };
    }
    if (from === "client") {
      if (ref !== undefined) this.#asked.set(ref, at);
      return { kind: "messages", shape: ref === undefined ? "push" : "call", words: label(message) };
    }
    const asked = this.#asked.get(ref);
    this.#asked.delete(ref);
    if (asked !== undefined) return { kind: "messages", shape: "answer", words: label(message, span(at - asked)) };
    const isEntry = type === "entry" || type === "entries";
    const own = type === "welcome" || type === "error" || (isEntry && senders.some((/** @type {any} */ { from }) => from === this.#me));
    return { kind: own ? "messages" : "push", shape: "push", words: label(message) };
  }

  /** @param {number} at */
  #connecting(at) {
    this.#asked.clear();
    this.#beats = {};
    this.#response = this.#close = undefined;
    this.#closing = false;
    this.#state(at, "CONNECTING", "A new line.");
    this.#request = this.#add(at, "handshake", "call", "client", "GET · Upgrade: websocket");
  }

  /** @param {number} at */
  #open(at) {
    this.#response = this.#add(at, "handshake", "answer", "server", "101 Switching Protocols");
    this.#state(at, "OPEN", "CONNECTING → OPEN: on open");
  }

  /** @param {Side} side that began @param {number} at @param {string} words */
  #closes(side, at, words) {
    this.#closing = false;
    this.#close = this.#add(at, "closing", "call", side, words);
    this.#state(at, "CLOSING", "OPEN → CLOSING: close asked");
    return this.#close;
  }

  /** @param {Transition} transition @param {number} at */
  #closed({ from, closed, retryIn, attempt }, at) {
    const { code = BROKEN, reason = "" } = closed ?? {};
    const why = `${code}${reason && ` · ${clean(reason)}`}`;
    if (from === "CLOSING") {
      const words = `Close ${why}${why === "1000" ? " asked for" : ""}`;
      const close = this.#closing ? this.#closes("server", at, words) : /** @type {Step} */ (this.#close);
      const took = at - close.at;
      if (code !== BROKEN) {
        close.label = words;
        this.onchange(close);
      }
      if (code === BROKEN || took > CLOSE_WITHIN) this.#add(at, "closing", "break", "server", `no acknowledgement · ${code}`);
      else this.#add(at, "closing", "answer", close.to, `Close acknowledged${took ? ` · ${span(took)}` : ""}`);
    } else this.#add(at, "closing", "break", "server", `${from === "CONNECTING" ? "no connection" : "line broke"} · ${why}`);
    this.#state(at, "CLOSED", `${from} → CLOSED: ${from === "CLOSING" ? "on close" : "on error"}\n\n${detail({ closed, retryIn })}`);
    if (retryIn !== undefined) this.#add(at, "closing", "gap", "client", `next try in ${span(retryIn)} · try ${attempt}`);
  }

  /** @param {number} at @param {string} state @param {string} detail */
  #state(at, state, detail) {
    this.#add(at, "states", "state", "client", state, detail);
  }

  /** @param {Step|undefined} known @param {Side} from @param {Head} head @param {RegExp} what the header for the label */
  #addHead(known, from, head, what) {
    const step = known ?? this.#add(Date.now(), "handshake", from === "client" ? "call" : "answer", from, "");
    const value = head.headers.find(([name]) => what.test(name))?.[1];
    step.detail = headers(head);
    step.label = clean(`${step.detail.split("\n")[0].replace(/^HTTP\S+ /, "")}${value ? ` · ${value}` : ""}`, 99);
    this.onchange(step);
    return step;
  }

  /** @param {number} at @param {Kind} kind @param {Shape} shape @param {Side} from @param {string} label @param {string} [detail] */
  #add(at, kind, shape, from, label, detail = "") {
    this.origin ??= at;
    /** @type {Step} */
    const step = { number: ++this.#number, at, kind, shape, from, to: from === "client" ? "server" : "client", label, detail };
    this.steps.push(step);
    if (this.steps.length > MAX) {
      this.steps.shift();
      this.dropped++;
    }
    this.onadd();
    return step;
  }
}

/** @param {Step} step @param {() => string} write */
function detailLater(step, write) {
  /** @type {string|undefined} */ let written;
  Object.defineProperty(step, "detail", { get: () => (written ??= write()) });
}
