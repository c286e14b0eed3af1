/** A connection that reconnects by itself: one {@link Line} after the other, until its end is final. */
import { heedBrowser } from "./awake.js";
import { Backoff } from "./backoff.js";
import { Line } from "./line.js";
import { timerTime } from "./timer.js";

/** @typedef {import("./line.js").State} State */
/** @typedef {import("./line.js").Closed} Closed */
/**
 * `from` is absent for the first state of each line, CONNECTING. `attempt` counts the tries since the last welcome, from
 * 1. For CLOSED, `closed` has the reason and `retryIn` the ms until the next try; without `retryIn` the end is final.
 * @typedef {{from?: State, to: State, attempt: number, closed?: Closed, retryIn?: number}} Transition
 */

const TRY_AGAIN = 4002; // this client gives up a line and tries again
export const UNAUTHENTICATED = 4401; // the credentials of the client are not valid, or not any more
const REPLACED = 4409; // by a newer connection
const ASTRAY = 120_000; // ms in which the hello of a line that was given up may still reach the server
const PATIENCE = 5_000; // ms in which a line in doubt must receive something

export class Connection {
  #url;
  #hello;
  #WebSocket;
  /** @type {Line|undefined} */ #line;
  #backoff = new Backoff();
  #attempt = 0;
  #goodSince = 0; // ms; 0 before `good` was called
  #over = false;
  #isWelcome = false; // of the present line
  /** Until this time (ms), the hello of a line that was given up may still reach the server. */ #astrayUntil = 0;
  /** @type {number|undefined} */ #retry;
  /** Whether the next try comes without a pause. */ #hurried = false;
  /** Ends listening to the browser. @type {(() => void)|undefined} */ #ignoreBrowser;

  /** Whether the client can get new credentials when the old ones have expired. */
  renewable = () => false;
  /** @type {(transition: Transition) => void} */
  ontransition = () => {};
  /** @type {(message: any, line: Line) => void} */
  onmessage = () => {};
  /** @type {(frame: import("./line.js").Frame) => void} */
  onframe = () => {};
  /** @type {(ms: number) => void} */
  onroundtrip = () => {};

  /**
   * @param {URL} url @param {() => object|Promise<object>} hello makes the first message of each line
   * @param {import("./line.js").WebSocketClass} [WebSocket] by default the global one
   */
  constructor(url, hello, WebSocket) {
    this.#url = url;
    this.#hello = hello;
    this.#WebSocket = WebSocket;
  }

  /** @returns {State} */
  get state() {
    return this.#line?.state ?? "CLOSED";
  }

  open() {
    this.#ignoreBrowser ??= heedBrowser({ online: () => this.#online(), offline: () => this.#doubt(), back: () => this.#back() });
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#attempt++;
    const line = new Line(this.#url, this.#hello(), this.#WebSocket);
    this.#line = line;
    line.onstate = (from, to, closed) => (closed ? this.#closed(from, closed) : this.#fire({ from, to }));
    line.onmessage = (message) => this.onmessage(message, line);
    line.onframe = (frame) => this.onframe(frame);
    line.onroundtrip = (ms) => this.onroundtrip(ms);
    this.#fire({ to: line.state });
  }

  /**
   * Starts the next try now: ends a pause, or a try that is running.
   * @returns {boolean} false if a line is open, or the end was final
   */
  hurry() {
    if (this.#retry !== undefined) this.open();
    else if (this.#line?.isOpen !== false || this.state === "CLOSED") return false;
    else {
      this.#hurried = true;
      this.#line.abandon(TRY_AGAIN, "another try");
    }
    return true;
  }

  /** The server sent `welcome`: the tries are counted from the start again. */
  welcomed() {
    this.#attempt = 0;
    this.#isWelcome = true;
  }

  /** From now on this line works: the time that it works decides about the next pause. */
  good() {
    this.#goodSince ||= performance.now();
  }

  /** Closes this line, which can't be used any more, and connects again. @param {string} reason */
  renew(reason) {
    this.#line?.close(TRY_AGAIN, reason);
  }

  /** The current line, if there is one. */
  get line() {
    return this.#line;
  }

  /** Ends for good. @returns {boolean} whether a transition to CLOSED still follows */
  close() {
    this.#over = true;
    this.#ignoreBrowser?.();
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const goesOn = this.state !== "CLOSED";
    this.#line?.close();
    return goesOn;
  }

  /** Ends for good when the server has closed this connection, as it is about to; after three seconds at most. */
  awaitEnd() {
    this.#over = true;
    this.#line?.awaitEnd();
  }

  /** @param {State} from @param {Closed} how */
  #closed(from, how) {
    // The late hello of a line that was given up may have replaced this line. This is assumed only once.
    const byItself = how.code === REPLACED && performance.now() < this.#astrayUntil;
    if (!this.#isWelcome && from !== "CONNECTING") this.#astrayUntil = performance.now() + ASTRAY;
    else if (byItself) this.#astrayUntil = 0;
    const ended = how.code === UNAUTHENTICATED && this.#isWelcome && this.renewable();
    this.#isWelcome = false;
    const closed = { ...how, comesBack: !this.#over && (byItself || ended || how.comesBack) };
    if (this.#goodSince) this.#backoff.lived(performance.now() - this.#goodSince);
    this.#goodSince = 0;
    if (this.#over || !closed.comesBack) {
      this.#ignoreBrowser?.();
      return this.#fire({ from, to: "CLOSED", closed });
    }
    const retryIn = this.#pause(closed);
    this.#retry = setTimeout(() => this.open(), retryIn);
    this.#fire({ from, to: "CLOSED", closed, retryIn });
  }

  /** @param {Closed} closed @returns {number} ms until the next try */
  #pause({ retryAfter = NaN }) {
    if (this.#hurried) {
      this.#hurried = false;
      return 0;
    }
    return retryAfter >= 0 ? timerTime(retryAfter) : this.#backoff.next();
  }

  /** Tries without a network say nothing about the network that is there now. */
  #online() {
    this.#backoff.reset();
    if (!this.hurry()) this.#doubt();
  }

  /** While this page slept, the line may have broken. */
  #back() {
    if (this.#retry !== undefined) this.open();
    else this.#doubt();
  }

  #doubt() {
    this.#line?.doubt(PATIENCE);
  }

  /** @param {Omit<Transition, "attempt">} transition */
  #fire(transition) {
    this.ontransition({ ...transition, attempt: this.#attempt + (transition.retryIn === undefined ? 0 : 1) });
  }
}
