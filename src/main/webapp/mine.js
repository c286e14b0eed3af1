/** The entries of this browser's person in the log of one room: another person may have had the same name. */
import { keep, keysFrom, recall } from "./memory.js";

const ALL = "mine."; // what all keys begin with
const ROOMS = 100; // the latest rooms of all persons are remembered
const MOST = 2_000; // own entries of a room that are remembered, about 6 bytes each

export class Mine {
  #key;
  #epoch = "";
  #since = NaN;
  /** @type {Set<number>} */ #seqs = new Set();

  /** @param {string} person its id @param {string} room */
  constructor(person, room) {
    this.#key = `${ALL}${person}.${room}`;
  }

  /** Reads what this tab and others stored about the room's current log. @param {string} epoch */
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

  /** The person entered the room: it becomes the latest one. */
  enter() {
    this.#keep();
    forgetOld();
  }

  /** The last `seq` when the person first entered; older entries do not count as unread. @param {number} seq used at the first call */
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

  /** The person wrote this entry. @param {number} seq */
  add(seq) {
    if (this.#seqs.has(seq)) return;
    this.open(this.#epoch);
    this.#seqs.add(seq);
    if (this.#seqs.size > MOST) this.#seqs.delete(Math.min(...this.#seqs));
    this.#keep();
  }

  #keep() {
    keep("localStorage", this.#key, `${this.#epoch} ${this.#since} ${[...this.#seqs].join(",")} ${Date.now()}`);
  }
}

function forgetOld() {
  const keys = keysFrom("localStorage", ALL);
  if (keys.length <= ROOMS) return;
  const at = new Map(keys.map((key) => [key, Number(recall("localStorage", key).split(" ")[3] ?? 0)]));
  keys.sort((a, b) => Number(at.get(b)) - Number(at.get(a)));
  for (const key of keys.slice(ROOMS)) keep("localStorage", key, "");
}
