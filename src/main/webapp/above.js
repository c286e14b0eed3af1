/** The place above the first line of a room: a button for earlier lines, or a sentence that older ones are not kept. */
import { element } from "./row.js";

export class Above {
  #button = /** @type {HTMLButtonElement} */ (element("button", "earlier", "Load earlier"));
  #sentence = element("p", "unkept", "Older messages are not kept.");
  /** The oldest entry that the server keeps. */ #oldest = 1;

  /** @param {() => void} want called when the person wants earlier lines */
  constructor(want) {
    Object.assign(this.#button, { type: "button", hidden: true, onclick: want });
    this.#sentence.hidden = true;
  }

  /** The elements of this place. */
  get parts() {
    return [this.#button, this.#sentence];
  }

  /** Whether earlier lines can be loaded. */
  get hasMore() {
    return !this.#button.hidden;
  }

  set hasMore(more) {
    this.#button.hidden = !more;
    this.#show();
  }

  get oldest() {
    return this.#oldest;
  }

  set oldest(seq) {
    this.#oldest = seq;
    this.#show();
  }

  /** Whether lines are being loaded. @param {boolean} now */
  set isLoading(now) {
    this.#button.disabled = now;
  }

  #show() {
    this.#sentence.hidden = this.hasMore || this.#oldest === 1;
  }
}
