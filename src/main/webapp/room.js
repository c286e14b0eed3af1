/** One room of this page: its position, its members, its unseen entries, and its lines. */
import { keyOf } from "./caller.js";
import { isDirect } from "./direct.js";
import { Mine } from "./mine.js";
import { ParleyError } from "./parley.js";
import { Transcript } from "./transcript.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./parley.js").Joined} Joined */

const EVERYTHING = ["say", "attach"];
const PAUSE = 2_000; // ms between two tries to join
const PASSING = ["timeout", "unavailable", "tooFast"];
const TYPING_LASTS = 5_000; // ms that a hint is shown
const READERS_EVERY = 200; // ms

export class Room {
  lines = new Transcript();
  /** @type {Set<string>} */ members = new Set();
  /** Who the members are that are no guests. @type {Map<string, import("./parley.js").Caller>} */ callers = new Map();
  /** The members that are typing, and the time until which each is shown. @type {Map<string, number>} */ #typists = new Map();
  /** How far each member has read. @type {Map<string, number>} */ #reads = new Map();
  /** The entries of this person. @type {Mine} */ #mine;
  /** The end of the log at the last join. Later entries under this page's name are from this person. */
  #joinedAt = 0;
  /** The log whose entries are shown. @type {string|undefined} */ epoch;
  newest = 0;
  unseen = 0;
  #readersShown = false;
  /** The permissions of this person beside reading. */ may = EVERYTHING;
  /** The seconds between two messages of this person; 0 for none. */ slow = 0;

  /** Called when the members, the typing members or the permissions have changed. */
  onpeople = () => {};

  /** @param {string} name @param {import("./person.js").Person} person the person of this page @param {string} [title] what it is called here */
  constructor(name, person, title = name) {
    this.name = name;
    this.title = title;
    this.#mine = new Mine(person.id, name);
    this.lines.isOwn = ({ seq }) => this.#mine.has(seq);
  }

  /** From now on, this page has another person. Unsent messages stay. @param {import("./person.js").Person} person */
  passTo(person) {
    this.#mine = new Mine(person.id, this.name);
    this.epoch = undefined;
  }

  /** @returns {string[]} */
  get typists() {
    return [...this.#typists.keys()];
  }

  /**
   * Joins the room. Tries again until there is an answer.
   * @param {import("./parley.js").ParleyClient} client @param {number} limit entries @param {() => boolean} isWanted called before each try; false ends the tries
   * @returns {Promise<ParleyError|undefined>} why the join was rejected
   */
  async join(client, limit, isWanted) {
    this.lines.load = ({ seq }) => client.fetch(this.name, seq);
    while (isWanted()) {
      try {
        await client.join(this.name, { limit, since: this.epoch === undefined ? undefined : this.newest, epoch: this.epoch });
        return;
      } catch (error) {
        // The room was left meanwhile, or it belongs to the next conversation by now.
        if (!isWanted() || !(error instanceof ParleyError) || error.code === "closed") return;
        if (!PASSING.includes(error.code)) return error;
        if (error.code !== "timeout") await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }

  /** Whether the person leaves it: it is asked where messages would be lost. */
  get mayBeLeft() {
    return !this.lines.unsaid.size || confirm(`What you said in ${this.title} is not all sent yet, and would be lost. Leave all the same?`);
  }

  /** @param {Joined} now */
  joined(now) {
    const { entries, recovered, seq: end, reads = {}, oldest = 1 } = now;
    this.#mine.open(now.epoch);
    for (const { id, seq } of entries) if (this.lines.unsaid.has(id)) this.#mine.add(seq);
    if (!recovered) {
      this.lines.clear();
      this.newest = this.unseen = 0;
      this.#reads.clear();
    }
    // Without an earlier visit, entries count as unseen only in a direct room.
    const mark = reads[this.lines.me];
    const read = recovered ? this.newest : Math.max(mark ?? 0, this.#mine.since(mark ?? (isDirect(this.name) ? 0 : end)));
    this.#mine.enter();
    const ofOthers = entries.filter((entry) => entry.seq > read && !this.lines.isOwn(entry));
    const next = Math.max(read + 1, oldest);
    const before = recovered ? 0 : Math.max(0, (entries[0]?.seq ?? 0) - next); // not loaded
    this.epoch = now.epoch;
    this.#joinedAt = end;
    this.members = new Set(now.members);
    this.callers = new Map(Object.entries(now.callers ?? {}));
    this.may = now.may ?? EVERYTHING;
    this.slow = now.slow ?? 0;
    this.lines.above.oldest = oldest;
    this.lines.addPage(entries, recovered ? undefined : (entries[0]?.seq ?? 0) > oldest);
    if (this.unseen === 0 && before + ofOthers.length > 0) this.lines.markNew(before > 0 ? next : ofOthers[0].seq);
    this.unseen += before + ofOthers.length;
    this.newest = entries.at(-1)?.seq ?? (recovered ? this.newest : end);
    for (const [user, seq] of Object.entries(reads)) this.read(user, seq);
    this.#showReaders();
    this.onpeople();
  }

  /** @param {Entry} entry @param {boolean} seen whether it is visible to the person @returns {boolean} whether another person wrote it */
  entry(entry, seen) {
    const { me, caller } = this.lines;
    // While this page is connected, no other person has its name, except a user that has just got it from this guest. But
    // another tab of this person may have written the entry.
    if (entry.seq > this.#joinedAt && entry.from === me && keyOf(entry.caller) === keyOf(caller)) this.#mine.add(entry.seq);
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

  /** A message of this page is stored. @param {string} id @param {import("./parley.js").Said} said */
  said(id, { seq, at }) {
    this.#mine.add(seq);
    this.lines.said(id, seq, at);
  }

  /** @param {{user: string, caller?: import("./parley.js").Caller, online: boolean}} presence */
  presence({ user, caller, online }) {
    this.callers.delete(user);
    if (online && caller) this.callers.set(user, caller);
    if (online) this.members.add(user);
    else this.members.delete(user);
    this.onpeople();
  }

  /** @param {string[]} may @param {number} [slow] seconds */
  granted(may, slow = 0) {
    this.may = may;
    this.slow = slow;
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
    // The person has read this in another tab.
    if (user === this.lines.me) this.unseen = Math.min(this.unseen, Math.max(0, this.newest - seq));
    this.#showReaders();
  }

  /** The name of the person is known, or is another one. @param {import("./person.js").Person} person */
  called({ name: me, caller }) {
    const was = this.lines.me;
    Object.assign(this.lines, { me, caller });
    if (was === me || !this.members.has(was)) return;
    // A user that got the name of this guest may be here already.
    if (!this.callers.has(was)) this.members.delete(was);
    this.members.add(me);
    this.#reads.set(me, this.#reads.get(was) ?? 0);
    this.#reads.delete(was);
    this.onpeople();
  }

  /** Without a connection, the members are unknown. */
  alone() {
    this.members.clear();
    this.callers.clear();
    for (const user of this.typists) this.#forgetTypist(user);
    this.lines.unsaid.waiting();
    this.onpeople();
  }

  /** @param {string} user */
  #forgetTypist(user) {
    clearTimeout(this.#typists.get(user));
    if (this.#typists.delete(user)) this.onpeople();
  }

  /** Runs once for several calls in a row. */
  #showReaders() {
    if (this.#readersShown) return;
    this.#readersShown = true;
    setTimeout(() => {
      this.#readersShown = false;
      this.lines.showReaders(this.#reads);
    }, READERS_EVERY);
  }
}
