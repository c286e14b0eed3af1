/** The direct rooms of this page's person. Their names are `@` and the id of the other user, and they are shown under that user's name. */
import { keep, keepRooms, recall } from "./memory.js";

/** @typedef {import("./parley.js").Caller} Caller */
/** @typedef {import("./room.js").Room} Room */

const MOST = 100; // rooms that are remembered

/** @param {string} room its name */
export const isDirect = (room) => room.startsWith("@");

/** Who the other user of a direct room is. @param {string} room its name @returns {Caller|undefined} */
export const otherIn = (room) => (isDirect(room) ? { kind: "user", id: room.slice(1) } : undefined);

export class DirectRooms {
  #rooms;
  #enter;
  #open;
  /** Rooms that were entered before. @type {Set<string>} */ #known = new Set();
  /** The user whose rooms are remembered: another person of this browser does not get them. */
  #of = "";

  /**
   * @param {Map<string, Room>} rooms of the page @param {(name: string, title: string) => void} enter adds a room and joins it
   * @param {(name: string, focus: boolean) => void} open shows a room
   */
  constructor(rooms, enter, open) {
    this.#rooms = rooms;
    this.#enter = enter;
    this.#open = open;
  }

  /** The person is known: enters the rooms in which it was before. @param {{caller?: Caller}} person */
  welcomed({ caller }) {
    this.#of = caller?.kind === "user" ? caller.id : "";
    const stored = this.#of && recall("localStorage", `direct.${this.#of}`);
    if (!stored) return;
    const last = recall("sessionStorage", "direct");
    for (const [name, title] of /** @type {[string, string][]} */ (JSON.parse(stored))) {
      this.#known.add(name);
      if (!this.#rooms.has(name)) this.#enter(name, title);
      if (name === last) this.#open(name, false);
    }
  }

  /** Another user has written. @param {{room: string, from: string, caller?: Caller}} invited @returns {boolean} whether the room is new here */
  invited({ room, from, caller }) {
    const isNew = !this.#rooms.has(room);
    const other = otherIn(room)?.id;
    if (isNew) this.#enter(room, caller?.id === other ? from : other ?? room);
    return isNew;
  }

  /** Opens the room with a user. @param {string} id @param {string} name of the user */
  write(id, name) {
    const room = `@${id}`;
    if (!this.#rooms.has(room)) this.#enter(room, name);
    this.#open(room, true);
  }

  /** Stores all rooms for the next visit, and the open one. @param {string} open */
  remember(open) {
    keepRooms(this.#rooms, open);
    if (!this.#of) return;
    const joined = [...this.#rooms.values()].filter(({ name, epoch }) => isDirect(name) && (epoch !== undefined || this.#known.has(name)));
    const titles = joined.slice(-MOST).map(({ name, title }) => [name, title]);
    keep("localStorage", `direct.${this.#of}`, titles.length ? JSON.stringify(titles) : "");
    keep("sessionStorage", "direct", isDirect(open) ? open : "");
  }
}
