/** One room as this page knows it: how far it was told, who is there, what was not looked at, and its lines. */
import { Mine } from "./mine.js";
import { ParleyError } from "./parley.js";
import { Transcript } from "./transcript.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./parley.js").Joined} Joined */

const EVERYTHING = ["say", "attach"];
const PAUSE = 2_000; // ms before a join that could not be done is tried again
const PASSING = ["timeout", "unavailable", "tooFast"];
const TYPING_LASTS = 5_000; // ms that a hint is shown
const READERS_EVERY = 200; // ms

export class Room {
  lines = new Transcript();
  /** @type {Set<string>} */ members = new Set();
  /** Who types, and when to forget it. @type {Map<string, number>} */ #typists = new Map();
  /** How far each has read. @type {Map<string, number>} */ #reads = new Map();
  /** What this person wrote here. @type {Mine} */ #mine;
  /** The end of the log at the last join: what is behind it was said while this page had its name. */
  #joinedAt = 0;
  /** The log that is shown, and how far. @type {string|undefined} */ epoch;
  newest = 0;
  unseen = 0;
  #readersShown = false;
  /** What this person may do here, beside reading. */ may = EVERYTHING;

  /** Told when who is here, who types, or what this person may do has changed. */
  onpeople = () => {};

  /** @param {string} name @param {import("./person.js").Person} person who is in it */
  constructor(name, person) {
    this.name = name;
    this.#mine = new Mine(person.id, name);
    this.lines.isOwn = ({ seq }) => this.#mine.has(seq);
  }

  /** From now on another person is in it; what isn't said yet stays. @param {import("./person.js").Person} person */
  passTo(person) {
    this.#mine = new Mine(person.id, this.name);
    this.epoch = undefined;
  }

  /** @returns {string[]} */
  get typists() {
    return [...this.#typists.keys()];
  }

  /**
   * Joins, however long that takes.
   * @param {import("./parley.js").ParleyClient} client @param {number} limit entries @param {() => boolean} isWanted asked before each try
   * @returns {Promise<ParleyError|undefined>} why it is refused
   */
  async join(client, limit, isWanted) {
    while (isWanted()) {
      try {
        await client.join(this.name, { limit, since: this.epoch === undefined ? undefined : this.newest, epoch: this.epoch });
        return;
      } catch (error) {
        // Left meanwhile; or of a conversation that ended, and then the room is a part of the next one.
        if (!isWanted() || !(error instanceof ParleyError) || error.code === "closed") return;
        if (!PASSING.includes(error.code)) return error;
        if (error.code !== "timeout") await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }

  /** @param {Joined} now */
  joined(now) {
    const { entries, recovered, seq: end, reads = {} } = now;
    this.#mine.open(now.epoch);
    for (const { id, seq } of entries) if (this.lines.unsaid.has(id)) this.#mine.add(seq);
    if (!recovered) {
      this.lines.clear();
      this.newest = this.unseen = 0;
      this.#reads.clear();
    }
    // Of what comes anew this person may have read a part, on an earlier visit; before the first one there is nothing to miss.
    const mark = reads[this.lines.me];
    const read = recovered ? this.newest : Math.max(mark ?? 0, this.#mine.since(mark ?? end));
    this.#mine.enter();
    const ofOthers = entries.filter((entry) => entry.seq > read && !this.lines.isOwn(entry));
    const before = recovered ? 0 : Math.max(0, (entries[0]?.seq ?? 0) - 1 - read); // not loaded
    this.epoch = now.epoch;
    this.#joinedAt = end;
    this.members = new Set(now.members);
    this.may = now.may ?? EVERYTHING;
    this.lines.addPage(entries, recovered ? undefined : (entries[0]?.seq ?? 0) > 1);
    if (this.unseen === 0 && before + ofOthers.length > 0) this.lines.markNew(before > 0 ? read + 1 : ofOthers[0].seq);
    this.unseen += before + ofOthers.length;
    this.newest = entries.at(-1)?.seq ?? this.newest;
    for (const [user, seq] of Object.entries(reads)) this.read(user, seq);
    this.#showReaders();
    this.onpeople();
  }

  /** @param {Entry} entry @param {boolean} seen whether it comes before someone's eyes @returns {boolean} whether someone else wrote it */
  entry(entry, seen) {
    // As long as this page is connected nobody else has its name, but another tab may have written it.
    if (entry.seq > this.#joinedAt && entry.from === this.lines.me) this.#mine.add(entry.seq);
    const { me } = this.lines;
    const isNews = !this.lines.isOwn(entry);
    this.newest = entry.seq;
    this.#forgetTypist(entry.from);
    this.lines.add(entry);
    if (isNews && !seen && this.unseen === 0) this.lines.markNew(entry.seq);
    if (isNews && entry.seq > (this.#reads.get(me) ?? 0)) this.unseen++;
    if (entry.from !== me || !isNews) this.#reads.set(entry.from, entry.seq);
    this.#showReaders();
    return isNews;
  }

  /** What this page wrote is in the log. @param {string} id @param {import("./parley.js").Said} said */
  said(id, { seq, at }) {
    this.#mine.add(seq);
    this.lines.said(id, seq, at);
  }

  /** @param {string} user @param {boolean} online */
  presence(user, online) {
    if (online) this.members.add(user);
    else this.members.delete(user);
    this.onpeople();
  }

  /** @param {string[]} may */
  granted(may) {
    this.may = may;
    this.onpeople();
  }

  /** @param {string} user */
  typing(user) {
    if (user === this.lines.me) return;
    clearTimeout(this.#typists.get(user));
    this.#typists.set(user, setTimeout(() => this.#forgetTypist(user), TYPING_LASTS));
    this.onpeople();
  }

  /** @param {string} user @param {number} seq */
  read(user, seq) {
    this.#reads.set(user, Math.max(seq, this.#reads.get(user) ?? 0));
    // In another tab.
    if (user === this.lines.me) this.unseen = Math.min(this.unseen, Math.max(0, this.newest - seq));
    this.#showReaders();
  }

  /** There is no connection: nobody is known to be here. */
  alone() {
    this.members.clear();
    for (const user of this.typists) this.#forgetTypist(user);
    this.lines.unsaid.waiting();
    this.onpeople();
  }

  /** @param {string} user */
  #forgetTypist(user) {
    clearTimeout(this.#typists.get(user));
    if (this.#typists.delete(user)) this.onpeople();
  }

  /** Once for all that comes in a row. */
  #showReaders() {
    if (this.#readersShown) return;
    this.#readersShown = true;
    setTimeout(() => {
      this.#readersShown = false;
      this.lines.showReaders(this.#reads);
    }, READERS_EVERY);
  }
}
