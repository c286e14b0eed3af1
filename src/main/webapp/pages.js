/** Loads pages of a room's log while the person scrolls through it. */
import { ParleyError } from "./parley.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./parley.js").History} History */

export class Pages {
  #client;
  #notice;
  #limit;

  /** @param {() => import("./parley.js").ParleyClient} client returns the current client @param {import("./notice.js").Notice} notice @param {number} limit entries of a page */
  constructor(client, notice, limit) {
    this.#client = client;
    this.#notice = notice;
    this.#limit = limit;
  }

  /** From now on, loads the pages that the lines of this room ask for. @param {Room} room */
  serve(room) {
    const { lines } = room;
    lines.addEventListener("earlier", () => this.#earlier(room));
    lines.addEventListener("later", () => this.#later(room));
    lines.addEventListener("newest", () => {
      this.#load(room, {}, ({ entries }) => {
        lines.renew(entries);
        if (lines.newest < room.newest) this.#later(room);
      });
    });
  }

  /**
   * Loads earlier pages until the screen is full: a page may have a single file.
   * @param {Room} room that is open
   */
  async fill(room) {
    const { lines } = room;
    while (lines.clientHeight > 0 && lines.scrollHeight <= lines.clientHeight && (lines.oldest ?? 0) > lines.above.oldest) {
      const { oldest } = lines;
      await this.#earlier(room);
      if (lines.oldest === oldest) return;
    }
  }

  /** @param {Room} room */
  #earlier(room) {
    const { lines } = room;
    const before = lines.oldest;
    return this.#load(room, { before }, ({ entries, more }) => lines.addEarlier(before, entries, more));
  }

  /** @param {Room} room */
  #later(room) {
    const { lines } = room;
    this.#load(room, { after: lines.newest }, ({ entries, more }) => {
      // Entries that came before this page was loaded were not added; they may be after it in the log.
      lines.addLater(entries, more || (entries.at(-1)?.seq ?? lines.newest) < room.newest);
    });
  }

  /** @param {Room} room @param {{before?: number, after?: number}} span @param {(page: History) => void} show */
  async #load({ name, lines }, span, show) {
    try {
      const page = await this.#client().history(name, { ...span, limit: this.#limit });
      lines.above.oldest = page.oldest ?? 1;
      show(page);
    } catch (error) {
      const goesOn = !(error instanceof ParleyError) || error.code !== "closed";
      if (goesOn) this.#notice.show(/** @type {Error} */ (error).message, "speech");
    } finally {
      lines.loaded();
    }
  }
}
