/**
 * One WebSocket connection: its state and its heartbeats. It ends once; its owner reconnects with another one.
 */
import { decode, jsonOf, unfold } from "./frame.js";
import { RoundTrip } from "./roundtrip.js";
import { timerTime } from "./timer.js";

/** @typedef {"CONNECTING"|"OPEN"|"MESSAGE_RECEIVED"|"CLOSING"|"CLOSED"} State */
/** @typedef {{code: number, reason: string, comesBack: boolean, retryAfter?: number, signIn?: SignIn}} Closed */
/** How one can sign in: with a token, or on a page. @typedef {{token: boolean, page?: string}} SignIn */
/**
 * A frame that was sent or received at `at` (ms since 1970), its JSON as a string, and its messages: none, if it can't be read.
 * Dropped: it was received after {@link Line#playDead}.
 * @typedef {{from: "client"|"server", data: string|ArrayBuffer, messages: any[], at: number, dropped: boolean}} Frame
 */
/**
 * The part of a `WebSocket` that is needed here: of the browser's or of another class.
 * @typedef {object} Socket
 * @property {string} binaryType
 * @property {number} bufferedAmount
 * @property {(frame: string|Uint8Array<ArrayBuffer>) => void} send
 * @property {(code?: number, reason?: string) => void} close
 * @property {((event: any) => void)|null} onopen
 * @property {((event: any) => void)|null} onmessage
 * @property {((event: any) => void)|null} onclose
 * @property {((event: any) => void)|null} onerror
 */
/** @typedef {new (url: URL, protocols: string[]) => Socket} WebSocketClass */

const SUBPROTOCOLS = ["parley.v2", "parley.v1"];
const GREETED_WITHIN = 20_000; // ms
const CLOSE_WITHIN = 3_000; // ms
const MAX_BUFFERED = 1 << 20; // bytes that may wait in the socket
const NORMAL = 1000;
const BROKEN = 1006;
const SILENT = 4001;
const TRY_AGAIN = 4002; // there was nothing to greet with
const FINAL = [1000, 1002, 1003, 1007, 1008, 1009, 1010]; // and all from 4400 on

const UNREADABLE = { type: "error", code: "badRequest", message: "The server sent what can't be read." };

/** @type {Record<State, State[]>} */
const NEXT = {
  CONNECTING: ["OPEN", "CLOSED"],
  OPEN: ["MESSAGE_RECEIVED", "CLOSING", "CLOSED"],
  MESSAGE_RECEIVED: ["OPEN"],
  CLOSING: ["CLOSED"],
  CLOSED: [],
};

export class Line {
  /** @type {State} */ #state = "CONNECTING";
  #socket;
  #silentBeats = 0;
  /** @type {number|undefined} */ #watch;
  /** @type {number|undefined} */ #lastResort;
  /** @type {number|undefined} */ #greeting;
  /** @type {any} */ #bye;
  #playsDead = false;
  #roundTrip = new RoundTrip();
  #isWelcome = false;
  /** Runs while this line must receive something. @type {number|undefined} */ #doubt;
  #patience = 0; // ms
  /** Called if a close is not acknowledged. */ #unanswered = () => {};

  /** Called for each transition. @type {(from: State, to: State, closed?: Closed) => void} */
  onstate = () => {};
  /** Called for each message, in the order in which the server sent them. @type {(message: any) => void} */
  onmessage = () => {};

  /** Called for each frame, in both directions. @type {(frame: Frame) => void} */
  onframe = () => {};
  /** Called with the round-trip time of a beat. @type {(ms: number) => void} */
  onroundtrip = () => {};

  /**
   * @param {URL} url @param {object|Promise<object>} hello the first message, sent before all others
   * @param {WebSocketClass} [WebSocket] by default the global one
   */
  constructor(url, hello, WebSocket = globalThis.WebSocket) {
    const socket = new WebSocket(url, SUBPROTOCOLS);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    // onopen handles a hello that failed. Until then, browsers must not report an unhandled rejection.
    if (hello instanceof Promise) hello.catch(() => {});
    socket.onopen = () => {
      if (!(hello instanceof Promise)) return this.#greet(hello);
      hello.then((ready) => this.#greet(ready), (why) => this.#speechless(why));
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason, wasClean }) => {
      if (wasClean && this.#state === "OPEN") this.#become("CLOSING");
      this.#end(code, reason);
    };
    // Node 20 (undici 6) reports a failed connection only with this event.
    socket.onerror = () => setTimeout(() => this.#end(BROKEN, ""));
    this.#greeting = setTimeout(() => this.close(SILENT, "no answer"), GREETED_WITHIN);
  }

  /** The server does not get the reason, which may be confidential. @param {unknown} why */
  #speechless(why) {
    if (this.#state !== "CONNECTING") return;
    this.#socket.close(TRY_AGAIN, "no hello");
    this.#end(TRY_AGAIN, why instanceof Error ? why.message : String(why));
  }

  /** @param {object} hello */
  #greet(hello) {
    if (this.#state !== "CONNECTING") return;
    const frame = JSON.stringify(hello);
    this.#socket.send(frame);
    this.#roundTrip.asked();
    this.#become("OPEN");
    this.#saw("client", frame, [hello]);
  }

  get state() {
    return this.#state;
  }

  /** Bytes that wait in the socket. */
  get buffered() {
    return this.#socket.bufferedAmount;
  }

  /** Whether so many bytes wait in the socket that other frames must wait outside it. */
  get isFull() {
    return this.buffered > MAX_BUFFERED;
  }

  /** Sends a frame, or drops it if the line is not open. @param {string|Uint8Array<ArrayBuffer>} frame */
  send(frame) {
    if (!this.isOpen || this.#playsDead) return;
    this.#socket.send(frame);
    const data = typeof frame === "string" ? frame : frame.buffer;
    this.#saw("client", data, read(data));
  }

  /** From now on nothing is sent, and received frames are dropped, as if the network had lost them. */
  playDead() {
    this.#playsDead = true;
  }

  close(code = NORMAL, reason = "") {
    if (this.#state === "CLOSING" || this.#state === "CLOSED") return;
    this.#socket.close(code, reason);
    if (this.#state === "CONNECTING") return this.#end(code, reason);
    this.#handled();
    // A browser waits up to a minute for the acknowledgement of a server that is gone.
    this.#unanswered = () => this.#end(code === NORMAL ? BROKEN : code, reason);
    this.#lastResort = setTimeout(this.#unanswered, CLOSE_WITHIN);
    this.#become("CLOSING");
  }

  /** The server is about to say more and to close this connection: closes it only if the server does not. */
  awaitEnd() {
    this.#lastResort = setTimeout(() => this.close(), CLOSE_WITHIN);
  }

  /** Ends at once, unless it is open. @param {number} code @param {string} reason both only for a line that was not open yet */
  abandon(code, reason) {
    if (this.#state === "CONNECTING") this.close(code, reason);
    else if (this.#state === "CLOSING") this.#unanswered();
  }

  /**
   * Sends a beat, and closes the line if nothing is received within `patience`, without waiting for an acknowledgement.
   * @param {number} patience ms; begins again with each received frame, and while the socket still sends buffered bytes
   */
  doubt(patience) {
    if (this.#doubt !== undefined || this.#state === "CLOSING" || this.#state === "CLOSED") return;
    this.#roundTrip.forget();
    if (this.#isWelcome) this.#beat();
    this.#await(patience);
  }

  /** @param {number} patience ms */
  #await(patience) {
    clearTimeout(this.#doubt);
    this.#patience = patience;
    const waits = this.buffered;
    this.#doubt = setTimeout(() => {
      if (this.buffered < waits) return this.#await(patience);
      this.close(SILENT, "nothing received");
      this.abandon(SILENT, "");
    }, patience);
  }

  #trust() {
    clearTimeout(this.#doubt);
    this.#doubt = undefined;
  }

  get isOpen() {
    return this.#state === "OPEN" || this.#state === "MESSAGE_RECEIVED";
  }

  /** @param {string|ArrayBuffer} frame */
  #receive(frame) {
    // Before the hello, a server can only send its client away.
    if (this.#state === "CONNECTING") this.#bye ??= read(frame)?.find(({ type }) => type === "bye");
    if (this.#state !== "OPEN") return;
    const data = attempt(() => jsonOf(frame)) ?? frame;
    const messages = read(data);
    this.#saw("server", data, messages);
    if (this.#playsDead) return;
    this.#become("MESSAGE_RECEIVED");
    this.#silentBeats = 0;
    if (this.#doubt !== undefined) this.#await(this.#patience);
    for (const message of messages?.flatMap((each) => attempt(() => unfold(each)) ?? UNREADABLE) ?? [UNREADABLE]) {
      // A listener may have closed the line.
      if (!this.isOpen) return;
      this.#take(message);
    }
    this.#handled();
  }

  /** @param {any} message */
  #take(message) {
    if (message.type === "bye") this.#bye = message;
    if (message.type === "beat") this.#cameBack();
    if (message.type === "welcome") {
      this.#cameBack();
      this.#isWelcome = true;
      clearTimeout(this.#greeting);
      this.#watchFor(message.heartbeat);
    }
    this.onmessage(message);
  }

  /**
   * Counts beats and does not measure time: after a computer slept, its sleep must not count as the server's silence.
   * @param {number} heartbeat ms
   */
  #watchFor(heartbeat) {
    clearInterval(this.#watch);
    if (!heartbeat) return;
    this.#watch = setInterval(() => {
      if (++this.#silentBeats > 2) this.close(SILENT, "nothing received");
      else if (!this.isFull) this.#beat();
    }, timerTime(heartbeat));
  }

  /** Sends a beat, and measures the time until the server's beat. */
  #beat() {
    this.#roundTrip.asked();
    this.send('{"type":"beat"}');
  }

  /** Handles the answer to a beat or hello. If they cross, a beat that the server sends by itself counts as one too. */
  #cameBack() {
    this.#trust();
    const ms = this.#roundTrip.answered();
    if (!Number.isNaN(ms)) this.onroundtrip(ms);
  }

  /** @param {"client"|"server"} from @param {string|ArrayBuffer} data @param {any[]} [messages] */
  #saw(from, data, messages = []) {
    this.onframe({ from, data, messages, at: Date.now(), dropped: this.#playsDead });
  }

  #handled() {
    if (this.#state === "MESSAGE_RECEIVED") this.#become("OPEN");
  }

  /** @param {number} code @param {string} reason */
  #end(code, reason) {
    if (this.#state === "CLOSED") return;
    clearInterval(this.#watch);
    clearTimeout(this.#greeting);
    clearTimeout(this.#lastResort);
    this.#trust();
    this.#roundTrip.forget();
    const { reason: said, retryAfter, signIn } = this.#bye ?? {};
    const comesBack = code < 4400 && !FINAL.includes(code);
    this.#become("CLOSED", { code, reason: reason || said || "", comesBack, retryAfter, ...(signIn && { signIn }) });
  }

  /** @param {State} to @param {Closed} [closed] */
  #become(to, closed) {
    const from = this.#state;
    if (!NEXT[from].includes(to)) throw new Error(`no transition from ${from} to ${to}`);
    this.#state = to;
    this.onstate(from, to, closed);
  }
}

/** @param {string|ArrayBuffer} frame @returns {any[]|undefined} its messages, if it can be read */
const read = (frame) => attempt(() => decode(frame));

/** @template T @param {() => T} reading @returns {T|undefined} */
function attempt(reading) {
  try {
    return reading();
  } catch (unreadable) {
    return undefined;
  }
}
