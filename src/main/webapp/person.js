/** This page's person: the browser knows several persons by name, and each is the same in all tabs. */
import { newId } from "./id.js";
import { keep, recall } from "./memory.js";

export class Person {
  #name;
  /** Identifies a person in this browser, independent of the server's names. @type {string} */ id;
  #session;
  /** Distinguishes this page's connection from those of other tabs. A copied tab must not replace its original. */
  #tab = newId();
  /** Who it is for others, unless a guest. @type {import("./parley.js").Caller|undefined} */ caller;

  #token;

  /** @param {string} name the name that it wants, or got before @param {string} [token] that proves who it is */
  constructor(name, token) {
    this.#token = token;
    const [id, session] = this.#recall(name);
    this.#name = name;
    this.#session = session;
    this.id = id || newId();
  }

  /** Its name, as far as the page knows. */
  get name() {
    return this.#name;
  }

  /**
   * The fields of `hello` for each connection. Another tab may have got a newer session, which ends the older ones.
   * @returns {import("./parley.js").Who}
   */
  get hello() {
    const [id, session] = this.#recall(this.#name);
    const known = (id === this.id && session) || this.#session || undefined;
    return { name: this.#name, token: this.#token, session: known, tab: this.#tab };
  }

  /** @param {import("./parley.js").Welcome} welcome */
  welcomed({ user, caller, session }) {
    this.#name = user;
    this.caller = caller;
    this.#session = session;
    keep("localStorage", `person.${user}`, `${this.id} ${session}`);
  }

  /** The server gave the person another name. @param {string} user */
  renamed(user) {
    this.#name = user;
    keep("localStorage", `person.${user}`, `${this.id} ${this.#session}`);
  }

  /** @param {string} name @returns {string[]} an id and a session, if the browser knows this name */
  #recall(name) {
    return recall("localStorage", `person.${name}`).split(" ");
  }
}
