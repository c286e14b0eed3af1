/** The direct rooms of this page's person: `@` and the id of the other user, whose name is shown. `@` is the inbox. */
import { keep, keepRooms, recall } from "./memory.js";

/** @typedef {import("./parley.js").Caller} Caller */
/** @typedef {import("./room.js").Room} Room */

const MOST = 100; // rooms that are remembered

/** @param {string} room its name */
export const isDirect = (room) => room.startsWith("@");

/** Who the other user of a direct room is. @param {string} room its name @returns {Caller|undefined} */
export const otherIn = (room) => (isDirect(room) ? { kind: room === "@" ? "application" : "user", id: room.slice(1) } : undefined);

export class DirectRooms {
  #rooms;
  #enter;
  #open;
  #end;
  /** Rooms that were entered before. @type {Set<string>} */ #known = new Set();
  /** The user whose rooms are remembered: another person of this browser does not get them. */
  #of = "";

  /**
   * @param {Map<string, Room>} rooms of the page @param {(name: string, title: string) => void} enter adds a room and joins it
   * @param {(name: string, focus: boolean) => void} open shows a room @param {(name: string) => void} end leaves a room and removes it
   */
  constructor(rooms, enter, open, end) {
    this.#rooms = rooms;
    this.#enter = enter;
    this.#open = open;
    this.#end = end;
  }

  /** The person is known: enters the rooms in which it was before. The rooms of another person end. @param {{caller?: Caller}} person */
  welcomed({ caller }) {
    const before = this.#of;
    this.#of = caller?.kind === "user" ? caller.id : "";
    if (before !== this.#of) {
      this.#known.clear();
      for (const name of [...this.#rooms.keys()].filter(isDirect)) this.#end(name);
    }
    const last = recall("sessionStorage", "direct");
    for (const [name, title] of this.#stored) {
      this.#known.add(name);
      if (!this.#rooms.has(name)) this.#enter(name, title);
      if (name === last) this.#open(name, false);
    }
  }

  /** The rooms that the browser has stored, by name. @returns {Map<string, string>} their titles */
  get #stored() {
    try {
      return new Map(JSON.parse((this.#of && recall("localStorage", `direct.${this.#of}`)) || "[]"));
    } catch (broken) {
      return new Map(); // something else has changed the storage
    }
  }

  /** The key under which this tab stores a draft: another person has other direct rooms. @param {string} room its name */
  draftOf(room) {
    return isDirect(room) ? `draft.${this.#of}.${room}` : `draft.${room}`;
  }

  /** A room has a new entry. @param {{room: string, from: string, caller?: Caller}} invited @returns {boolean} whether another has written, and the room is new here */
  invited({ room, from, caller }) {
    const isNew = !this.#rooms.has(room);
    const other = otherIn(room)?.id;
    if (isNew) this.#enter(room, other === "" ? "Inbox" : caller?.id === other ? from : other ?? room);
    return isNew && !(caller?.kind === "user" && caller.id === this.#of);
  }

  /** Opens the room with a user. @param {string} id @param {string} name of the user */
  write(id, name) {
    const room = `@${id}`;
    if (!this.#rooms.has(room)) this.#enter(room, name);
    this.#open(room, true);
  }

  /** The person is not in a room any more. @param {string} room its name */
  forget(room) {
    this.#known.delete(room);
    const stored = this.#stored;
    if (stored.delete(room)) this.#store(stored);
  }

  /** @param {Map<string, string>} titles by name */
  #store(titles) {
    keep("localStorage", `direct.${this.#of}`, titles.size ? JSON.stringify([...titles].slice(-MOST)) : "");
  }

  /** Stores all rooms for the next visit, beside those of other tabs, and the open one. @param {string} open */
  remember(open) {
    keepRooms(this.#rooms, open);
    if (!this.#of) return;
    const stored = this.#stored;
    for (const { name, title, epoch } of this.#rooms.values()) {
      if (!isDirect(name) || (epoch === undefined && !this.#known.has(name))) continue;
      stored.delete(name); // the newest come last
      stored.set(name, title);
    }
    this.#store(stored);
    keep("sessionStorage", "direct", isDirect(open) ? open : "");
  }
}
