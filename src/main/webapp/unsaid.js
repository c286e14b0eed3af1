/** The lines of what was written here and isn't known to be durable, by the ids of their messages, and what each says of its way. */
import { button } from "./draw.js";
import { failed, note, progress } from "./note.js";

/** @typedef {import("./row.js").Row} Row */

export class Unsaid {
  /** @type {Map<string, Row>} */ #rows = new Map();
  #onchange;
  #oncancel;

  /**
   * @param {(row: Row) => void} onchange called when a line may have another height
   * @param {(id: string) => void} oncancel called when a message shall not be sent
   */
  constructor(onchange, oncancel) {
    this.#onchange = onchange;
    this.#oncancel = oncancel;
  }

  get size() {
    return this.#rows.size;
  }

  /** @param {string} [id] */
  has(id = "") {
    return this.#rows.has(id);
  }

  /** @param {string} id @param {Row} row */
  add(id, row) {
    this.#rows.set(id, row);
  }

  /** It is durable, or won't be. @param {string} id @returns {Row|undefined} its line, which is no longer one of these */
  take(id) {
    const row = this.#rows.get(id);
    this.#rows.delete(id);
    return row;
  }

  /** What was not refused waits for its turn. @param {string[]} [ids] all by default */
  waiting(ids = [...this.#rows.keys()]) {
    for (const id of ids) {
      const row = this.#rows.get(id);
      if (!row?.querySelector(".failed")) this.#note(row, "waiting", "Waiting to be sent…", button("Cancel", () => this.#oncancel(id)));
    }
  }

  /** It is on its way once more. @param {string} id */
  sending(id) {
    this.#note(this.#rows.get(id));
  }

  /** How much of a file has left. @param {string} id @param {number} sent bytes @param {number} all */
  progress(id, sent, all) {
    progress(this.#rows.get(id), sent, all);
  }

  /** @param {string} id @param {string} why @param {{again?: () => void, edit?: () => void, discard: () => void}} ways on */
  failed(id, why, ways) {
    failed(this.#rows.get(id), why, ways);
  }

  /** @param {Row|undefined} row @param {string} [kind] @param {...(string|Element)} what */
  #note(row, kind, ...what) {
    if (row && note(row, kind, ...what)) this.#onchange(row);
  }
}
