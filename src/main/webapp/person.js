/** Who this page's person is: one of those whom this browser knows by name, the same one in all tabs. */
import { newId } from "./id.js";
import { keep, recall } from "./memory.js";

export class Person {
  #name;
  /** Tells persons of this browser apart, whatever the server calls them. @type {string} */ id;
  #session;
  /** This page's connection beside those of other tabs. A copied tab must not replace its original. */
  #tab = newId();

  /** @param {string} name that it wants, or was given before */
  constructor(name) {
    const [id, session] = this.#recall(name);
    this.#name = name;
    this.#session = session;
    this.id = id || newId();
  }

  /** What it is called, as far as the page knows. */
  get name() {
    return this.#name;
  }

  /**
   * What the server is told of it at each connection. Another tab may have been given a newer session meanwhile, which
   * ends the older ones.
   * @returns {import("./parley.js").Who}
   */
  get hello() {
    const [id, session] = this.#recall(this.#name);
    return { name: this.#name, session: (id === this.id && session) || this.#session || undefined, tab: this.#tab };
  }

  /** @param {import("./parley.js").Welcome} welcome */
  welcomed({ user, session }) {
    this.#name = user;
    this.#session = session;
    keep("localStorage", `person.${user}`, `${this.id} ${session}`);
  }

  /** @param {string} name @returns {string[]} an id and a session, if there is one of this name */
  #recall(name) {
    return recall("localStorage", `person.${name}`).split(" ");
  }
}
