/** The one sentence that the page has for a person, at the door and in the chat. */
import { button } from "./draw.js";
import { setText } from "./row.js";

export class Notice {
  #places;
  #box;
  #ways;
  #again;
  /** What it is about, which alone may end it. */
  about = "";

  /**
   * @param {HTMLElement[]} places @param {HTMLElement} box around the one in the chat @param {HTMLElement} ways in it
   * @param {HTMLElement} again offered when there is no way on
   */
  constructor(places, box, ways, again) {
    this.#places = places;
    this.#box = box;
    this.#ways = ways;
    this.#again = again;
  }

  /**
   * @param {string} sentence @param {string} about
   * @param {Record<string, () => void>} [ways] what can be done about it, by the words for that
   */
  tell(sentence, about, ways = {}) {
    this.about = sentence && about;
    this.#ways.replaceChildren(...Object.entries(ways).map(([words, way]) => button(words, way)));
    for (const place of this.#places) setText(place, sentence);
    this.#box.hidden = !sentence;
    if (!sentence) this.#again.hidden = true;
  }

  /**
   * Another name was given than the wanted one.
   * @param {string} wanted @param {string} given @param {() => void} rename
   */
  named(wanted, given, rename) {
    const isTaken = given.startsWith(`${wanted}-`);
    this.tell(isTaken ? `Someone else has the name ${wanted}, or one like it. Here you are ${given}.` : `Here you are ${given}.`, "name", {
      ...(isTaken && { "Choose another name": rename }),
      [isTaken ? `Stay ${given}` : "All right"]: () => this.end("name"),
    });
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
