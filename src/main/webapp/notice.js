/** The one sentence that the page shows to a person, on the start page and in the chat. */
import { button } from "./draw.js";
import { setText } from "./row.js";

export class Notice {
  #places;
  #box;
  #ways;
  #again;
  /** The subject of the sentence; only the same subject ends it. */
  about = "";

  /**
   * @param {HTMLElement[]} places @param {HTMLElement} box around the one in the chat @param {HTMLElement} ways in it
   * @param {HTMLElement} again shown if there is nothing else to do
   */
  constructor(places, box, ways, again) {
    this.#places = places;
    this.#box = box;
    this.#ways = ways;
    this.#again = again;
  }

  /**
   * @param {string} sentence @param {string} about
   * @param {Record<string, () => void>} [ways] the buttons and their actions
   */
  show(sentence, about, ways = {}) {
    this.about = sentence && about;
    this.#ways.replaceChildren(...Object.entries(ways).map(([words, way]) => button(words, way)));
    for (const place of this.#places) setText(place, sentence);
    this.#box.hidden = !sentence;
    if (!sentence) this.#again.hidden = true;
  }

  /**
   * The server gave another name than the person wanted.
   * @param {string} wanted @param {string} given @param {() => void} rename
   */
  named(wanted, given, rename) {
    const isTaken = given.startsWith(`${wanted}-`);
    this.show(isTaken ? `Someone else has the name ${wanted}, or one like it. Here you are ${given}.` : `Here you are ${given}.`, "name", {
      ...(isTaken && { "Choose another name": rename }),
      [isTaken ? `Stay ${given}` : "All right"]: () => this.end("name"),
    });
  }

  /** The server gave another name, which the person did not ask for. @param {string} given @param {string} reason a part of a sentence */
  renamed(given, reason) {
    this.show(`You are now called ${given}, because ${reason}.`, "name", { "All right": () => this.end("name") });
  }

  /**
   * Somebody has invited the person to a room. It waits for no other sentence: the server repeats it at the next arrival.
   * @param {{from: string, room: string}} invited @param {() => void} join @param {() => void} decline
   */
  invited({ from, room }, join, decline) {
    if (this.about && this.about !== "invited") return;
    /** @param {() => void} way */
    const ending = (way) => () => (this.end("invited"), way());
    this.show(`${from} invites you to the room ${room}.`, "invited", { "Join the room": ending(join), "No, thanks": ending(decline) });
  }

  /** @param {string} [about] any subject, when absent */
  end(about = this.about) {
    if (about === this.about) this.show("", "");
  }

  /** Shows the button to try again, because nothing else can be done. */
  offerAgain() {
    this.#again.hidden = false;
  }
}
