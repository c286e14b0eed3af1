/** Gets the token of a client from the application: for each connection, and again before the token expires. */
import { timerTime } from "./timer.js";

/** @typedef {string|(() => string|Promise<string>)} Token a token that authenticates the person, or a function that returns one */

const BEFORE = 60_000; // ms from the renewal to the end of a token; a token with a short time is renewed at half of it
const AGAIN = 5_000; // ms until the next try, if there was no new token

export class Tokens {
  #renew;
  /** @type {(() => string|Promise<string>)|undefined} */ #get;
  /** @type {number|undefined} */ #timer;

  /** @param {(token: string) => Promise<{expires?: number}>} renew sends a new token on the open connection */
  constructor(renew) {
    this.#renew = renew;
  }

  /** Whether the application can return a new token. */
  get renewable() {
    return this.#get !== undefined;
  }

  /**
   * Returns a hello with a token that is valid now. @template {object} Hello
   * @param {Hello & {token?: Token}} hello @returns {object|Promise<object>}
   */
  hello({ token, ...hello }) {
    this.#get = typeof token === "function" ? token : undefined;
    if (typeof token !== "function") return { ...hello, token };
    return got(token).then((token) => ({ ...hello, token }));
  }

  /** @param {{expires?: number}} welcome the ms until the token expires */
  welcomed({ expires }) {
    this.halt();
    if (expires === undefined || !this.#get) return;
    this.#timer = setTimeout(() => this.#again(), timerTime(expires - Math.min(BEFORE, expires / 2)));
  }

  /** The connection has ended. */
  halt() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** If the server rejects the new token, the connection ends with the earlier token, and the next connection gets another one. */
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

/** Rejects an empty token: without a token, the server would make the person a guest. @param {() => string|Promise<string>} get @returns {Promise<string>} */
async function got(get) {
  const token = await get();
  if (typeof token !== "string" || !token) throw new TypeError("the function for tokens gave none");
  return token;
}
