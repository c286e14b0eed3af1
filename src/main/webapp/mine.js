/** What the log of one room has of this browser's person. Names don't tell that: someone else may have had the same one. */
import { keep, recall } from "./memory.js";

const MOST = 2_000; // own entries of a room that are remembered, some 6 bytes each

export class Mine {
  #key;
  #epoch = "";
  #since = NaN;
  /** @type {Set<number>} */ #seqs = new Set();

  /** @param {string} person its id @param {string} room */
  constructor(person, room) {
    this.#key = `mine.${person}.${room}`;
  }

  /** Looks at what is known, by other tabs too, of the log that the room has now. @param {string} epoch */
  open(epoch) {
    const [known, since, seqs] = recall("localStorage", this.#key).split(" ");
    if (this.#epoch !== epoch) {
      this.#epoch = epoch;
      this.#since = NaN;
      this.#seqs.clear();
    }
    if (known !== epoch) return;
    this.#since = Number(since);
    for (const seq of seqs ? seqs.split(",") : []) this.#seqs.add(Number(seq));
  }

  /** What was in the log when the person came first, which nobody expects it to have read. @param {number} seq if it comes now */
  since(seq) {
    if (Number.isNaN(this.#since)) {
      this.#since = seq;
      this.#keep();
    }
    return this.#since;
  }

  /** @param {number} seq */
  has(seq) {
    return this.#seqs.has(seq);
  }

  /** The person wrote that. @param {number} seq */
  add(seq) {
    if (this.#seqs.has(seq)) return;
    this.open(this.#epoch);
    this.#seqs.add(seq);
    if (this.#seqs.size > MOST) this.#seqs.delete(Math.min(...this.#seqs));
    this.#keep();
  }

  #keep() {
    keep("localStorage", this.#key, `${this.#epoch} ${this.#since} ${[...this.#seqs].join(",")}`);
  }
}
