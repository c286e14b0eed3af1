/** A connection that comes back by itself: one {@link Line} after the other, until its end is final. */
import { Backoff } from "./backoff.js";
import { Line } from "./line.js";

/** @typedef {import("./line.js").State} State */
/** @typedef {import("./line.js").Closed} Closed */
/**
 * `from` is absent for the first state of each line, CONNECTING. `attempt` counts the tries since the last welcome, from
 * 1. CLOSED tells why, and in `retryIn` after how many ms the next try comes; without that it is the end.
 * @typedef {{from?: State, to: State, attempt: number, closed?: Closed, retryIn?: number}} Transition
 */

const TRY_AGAIN = 4002; // a line on which the server did not do what a conversation needs
const MAX_PAUSE = 2 ** 31 - 1; // ms that a timer can wait

export class Connection {
  #url;
  #hello;
  /** @type {Line|undefined} */ #line;
  #backoff = new Backoff();
  #attempt = 0;
  #goodSince = 0; // ms; 0 while it is not
  #over = false;
  /** @type {number|undefined} */ #retry;

  /** @type {(transition: Transition) => void} */
  ontransition = () => {};
  /** @type {(message: any, line: Line) => void} */
  onmessage = () => {};
  /** @type {(frame: import("./line.js").Frame) => void} */
  onframe = () => {};
  /** @type {(ms: number) => void} */
  onroundtrip = () => {};

  /** @param {URL} url @param {() => object} hello makes the first message of each line */
  constructor(url, hello) {
    this.#url = url;
    this.#hello = hello;
  }

  /** @returns {State} */
  get state() {
    return this.#line?.state ?? "CLOSED";
  }

  open() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#attempt++;
    const line = new Line(this.#url, this.#hello());
    this.#line = line;
    line.onstate = (from, to, closed) => (closed ? this.#closed(from, closed) : this.#tell({ from, to }));
    line.onmessage = (message) => this.onmessage(message, line);
    line.onframe = (frame) => this.onframe(frame);
    line.onroundtrip = (ms) => this.onroundtrip(ms);
    this.#tell({ to: line.state });
  }

  /** Ends the wait for the next try, if one is going on. */
  hurry() {
    if (this.#retry !== undefined) this.open();
  }

  /** The server said welcome: the tries are counted anew. */
  welcomed() {
    this.#attempt = 0;
  }

  /** From now on this line does what it is for: its life decides how long the next wait may be. */
  good() {
    this.#goodSince ||= performance.now();
  }

  /** This line is as good as broken. @param {string} reason */
  renew(reason) {
    this.#line?.close(TRY_AGAIN, reason);
  }

  /** The present line, if there is one. */
  get line() {
    return this.#line;
  }

  /** Ends for good. @returns {boolean} whether a transition to CLOSED will still tell of it */
  close() {
    this.#over = true;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const goesOn = this.state !== "CLOSED";
    this.#line?.close();
    return goesOn;
  }

  /** @param {State} from @param {Closed} closed */
  #closed(from, closed) {
    if (this.#goodSince) this.#backoff.lived(performance.now() - this.#goodSince);
    this.#goodSince = 0;
    if (this.#over || !closed.comesBack) return this.#tell({ from, to: "CLOSED", closed });
    const { retryAfter = NaN } = closed;
    const retryIn = retryAfter >= 0 ? Math.min(retryAfter, MAX_PAUSE) : this.#backoff.next();
    this.#retry = setTimeout(() => this.open(), retryIn);
    this.#tell({ from, to: "CLOSED", closed, retryIn });
  }

  /** @param {Omit<Transition, "attempt">} transition */
  #tell(transition) {
    this.ontransition({ ...transition, attempt: this.#attempt + (transition.retryIn === undefined ? 0 : 1) });
  }
}
