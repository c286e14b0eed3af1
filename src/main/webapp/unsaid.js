/** The rows of messages that were written here and may not be durable yet, by their ids, with a note below each row. */
import { button } from "./draw.js";
import { failed, note, progress } from "./note.js";

/** @typedef {import("./row.js").Row} Row */

export class Unsaid {
  /** @type {Map<string, Row>} */ #rows = new Map();
  #onchange;
  #oncancel;

  /**
   * @param {(row: Row) => void} onchange called when the height of a row may have changed
   * @param {(id: string) => void} oncancel called when the person cancels a message
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

  /** The message is durable or discarded. @param {string} id @returns {Row|undefined} its row, which is removed from these */
  take(id) {
    const row = this.#rows.get(id);
    this.#rows.delete(id);
    return row;
  }

  /** Messages that have not failed wait to be sent. @param {string[]} [ids] all by default */
  waiting(ids = [...this.#rows.keys()]) {
    for (const id of ids) {
      const row = this.#rows.get(id);
      if (!row?.querySelector(".failed")) this.#note(row, "waiting", "Waiting to be sent…", button("Cancel", () => this.#oncancel(id)));
    }
  }

  /** A message is being sent again. @param {string} id */
  sending(id) {
    this.#note(this.#rows.get(id));
  }

  /** Shows how much of a file is sent. @param {string} id @param {number} sent bytes @param {number} all */
  progress(id, sent, all) {
    progress(this.#rows.get(id), sent, all);
  }

  /** @param {string} id @param {string} why @param {{again?: () => void, edit?: () => void, discard: () => void}} ways the buttons */
  failed(id, why, ways) {
    failed(this.#rows.get(id), why, ways);
  }

  /** @param {Row|undefined} row @param {string} [kind] @param {...(string|Element)} what */
  #note(row, kind, ...what) {
    if (row && note(row, kind, ...what)) this.#onchange(row);
  }
}
