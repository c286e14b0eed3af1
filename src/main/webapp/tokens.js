/** The token of a client: got anew for each connection, and again in time before it ends. */
import { timerTime } from "./timer.js";

/** @typedef {string|(() => string|Promise<string>)} Token what says who the person is, or how to get it */

const BEFORE = 60_000; // ms before its end in which a token is renewed, or half of its time where that is less
const AGAIN = 5_000; // ms until the next try where no new token could be got

export class Tokens {
  #renew;
  /** @type {(() => string|Promise<string>)|undefined} */ #get;
  /** @type {number|undefined} */ #timer;

  /** @param {(token: string) => Promise<{expires?: number}>} renew shows the server a new token on the open connection */
  constructor(renew) {
    this.#renew = renew;
  }

  /** Whether a new token can be had when one has ended. */
  get renewable() {
    return this.#get !== undefined;
  }

  /**
   * A hello with the token of its moment. @template {object} Hello
   * @param {Hello & {token?: Token}} hello @returns {object|Promise<object>}
   */
  hello({ token, ...hello }) {
    this.#get = typeof token === "function" ? token : undefined;
    if (typeof token !== "function") return { ...hello, token };
    return got(token).then((token) => ({ ...hello, token }));
  }

  /** @param {{expires?: number}} welcome in how many ms the token ends */
  welcomed({ expires }) {
    this.halt();
    if (expires === undefined || !this.#get) return;
    this.#timer = setTimeout(() => this.#again(), timerTime(expires - Math.min(BEFORE, expires / 2)));
  }

  /** There is no connection. */
  halt() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Where the server refuses it, the connection ends with the earlier token, and the next one gets another. */
  async #again() {
    const timer = this.#timer;
    try {
      const token = this.#get && (await got(this.#get));
      if (token === undefined || timer !== this.#timer) return;
      this.welcomed(await this.#renew(token));
    } catch (failed) {
      if (timer === this.#timer) this.#timer = setTimeout(() => this.#again(), AGAIN);
    }
  }
}

/** Without a token the server would take the person for a guest. @param {() => string|Promise<string>} get @returns {Promise<string>} */
async function got(get) {
  const token = await get();
  if (typeof token !== "string" || !token) throw new TypeError("the function for tokens gave none");
  return token;
}
