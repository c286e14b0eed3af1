/** The answer to `connect`: the first welcome, or the reason why there is none. */
import { ParleyError } from "./error.js";
import { timerTime } from "./timer.js";

/** @typedef {import("./types.js").Welcome} Welcome */
/** @typedef {import("./line.js").Closed} Closed */

const IDENTITY = new Map([[4401, "unauthorized"], [4403, "forbidden"]]);

/** The reason why a conversation ended. @param {Closed} closed */
export const endOf = ({ code, reason }) =>
  new ParleyError(IDENTITY.get(code) ?? "closed", reason || `The connection was closed (${code}).`);

export class Arrival {
  /** @type {(welcome: Welcome) => void} */ #resolve = () => {};
  /** @type {(why: Error) => void} */ #reject = () => {};
  #timer;
  /** How the last try ended. @type {Closed|undefined} */ #last;
  /** @type {Promise<Welcome>} */
  promise = new Promise((resolve, reject) => ([this.#resolve, this.#reject] = [resolve, reject]));

  /** @param {URL} url to connect to @param {number} within ms; Infinity for no limit @param {(why: Error) => void} onlate */
  constructor(url, within, onlate) {
    if (!(within > 0)) throw new RangeError(`connectTimeout must be more than 0 ms, not ${within}`);
    const late = () => onlate(new ParleyError("unavailable", `${url} could not be reached within ${within} ms${this.#why}.`));
    this.#timer = setTimeout(late, timerTime(within));
  }

  /** A try failed. @param {Closed} closed */
  failed(closed) {
    this.#last = closed;
  }

  /** @param {Welcome} welcome */
  welcomed(welcome) {
    clearTimeout(this.#timer);
    this.#resolve(welcome);
  }

  /** @param {Error} why */
  ended(why) {
    clearTimeout(this.#timer);
    this.#reject(why);
  }

  /** Browsers hide the server's answer to a handshake from scripts, so this names all possible reasons. */
  get #why() {
    if (!this.#last) return ": no answer came";
    const { code, reason } = this.#last;
    const refused = ": nothing listens there, the path is another one, or the server refuses this page (its log says why)";
    return code === 1006 && !reason ? refused : `: the last try ended with ${code}${reason && ` (${reason})`}`;
  }
}
