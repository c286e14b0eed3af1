/** The one sentence that the page has for a person, at the door and in the chat. */
import { setText } from "./row.js";

export class Notice {
  #places;
  #box;
  #again;
  /** What it is about, which alone may end it. */
  about = "";

  /** @param {HTMLElement[]} places @param {HTMLElement} box around the one in the chat @param {HTMLElement} again offered when there is no way on */
  constructor(places, box, again) {
    this.#places = places;
    this.#box = box;
    this.#again = again;
  }

  /** @param {string} sentence @param {string} about */
  tell(sentence, about) {
    this.about = sentence && about;
    for (const place of this.#places) setText(place, sentence);
    this.#box.hidden = !sentence;
    if (!sentence) this.#again.hidden = true;
  }

  /** @param {string} [about] anything, when absent */
  end(about = this.about) {
    if (about === this.about) this.tell("", "");
  }

  /** There is no way on but this one. */
  offerAgain() {
    this.#again.hidden = false;
  }
}
