/** Shows the members of a room, and those members who are typing. */
import { keyOf, markOf } from "./caller.js";
import { isolated } from "./isolate.js";
import { element, named } from "./row.js";

const SHOWN = 200; // names; for the others only their number is shown
const TYPISTS = 3; // names
const PAUSE = 250; // ms between two drawings: hundreds of members may come at once
const ALPHABET = new Intl.Collator();

/** @typedef {import("./parley.js").Caller} Caller */
/** @typedef {import("./room.js").Room} Room */

export class People {
  #places;
  /** @type {Room|undefined} */ #room;
  /** The members in this list, sorted by name. @type {string[]} */ #sorted = [];
  /** The same members. @type {Set<string>} */ #known = new Set();
  #drawnAt = -Infinity;
  #isDue = false;
  #shown = "";
  #write;

  /**
   * @param {{count: HTMLElement, list: HTMLElement, typing: HTMLElement}} places
   * @param {(id: string, name: string) => void} write the person wants to write to a user alone
   */
  constructor(places, write) {
    this.#write = write;
    this.#places = places;
  }

  /** Shows the members of this room: at once, or soon if it was drawn just now. @param {Room} room */
  show(room) {
    const isOther = room !== this.#room;
    this.#room = room;
    if (this.#isDue && !isOther) return;
    const wait = this.#drawnAt + PAUSE - performance.now();
    if (isOther || wait <= 0) return this.#draw();
    this.#isDue = true;
    setTimeout(() => {
      if (this.#isDue) this.#draw();
    }, wait);
  }

  #draw() {
    const { members, callers, typists, lines } = /** @type {Room} */ (this.#room);
    this.#isDue = false;
    this.#drawnAt = performance.now();
    this.#learn(members);
    const names = this.#sorted.slice(0, SHOWN);
    const { me, caller: myself } = lines;
    if (members.has(me) && !names.includes(me)) names.unshift(me);
    const more = members.size - names.length;
    const shown = [me, keyOf(myself), more, ...names.map((name) => `${name} ${keyOf(callers.get(name))}`)].join("\n");
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#places.list.replaceChildren(...names.map((name) => this.#item(name, callers.get(name), name === me, myself)), ...(more > 0 ? [element("li", "", `and ${more} more`)] : []));
    }
    say(this.#places.count, [members.size ? `${members.size} here` : "Offline"]);
    say(this.#places.typing, typing(typists));
  }

  /**
   * A signed-in person can write to another one alone.
   * @param {string} name @param {Caller|undefined} caller @param {boolean} isMe @param {Caller|undefined} myself
   */
  #item(name, caller, isMe, myself) {
    const made = element("li");
    const isReachable = caller?.kind === "user" && myself?.kind === "user" && caller.id !== myself.id;
    made.append(isReachable ? this.#toWrite(name, caller.id) : named(name), ...markOf(caller), isMe ? " (you)" : "");
    return made;
  }

  /** @param {string} name @param {string} id */
  #toWrite(name, id) {
    const button = element("button", "person");
    button.append(named(name));
    button.title = `Write to ${isolated(name)} alone`;
    button.onclick = () => this.#write(id, name);
    return button;
  }

  /** Inserts new members: sorting thousands of names each time takes longer than a frame. @param {Set<string>} members */
  #learn(members) {
    const news = [...members].filter((name) => !this.#known.has(name));
    if (this.#known.size + news.length !== members.size) this.#sorted = this.#sorted.filter((name) => members.has(name));
    if (news.length > this.#sorted.length / 8) this.#sorted = [...this.#sorted, ...news].sort(ALPHABET.compare);
    else for (const name of news) this.#sorted.splice(this.#placeOf(name), 0, name);
    this.#known = new Set(members);
  }

  /** @param {string} name */
  #placeOf(name) {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ALPHABET.compare(this.#sorted[middle], name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** @param {string[]} typists @returns {(string|Node)[]} */
function typing(typists) {
  if (!typists.length) return [];
  const names = typists.slice(0, TYPISTS).flatMap((name, i) => (i ? [", ", named(name)] : [named(name)]));
  const more = typists.length - TYPISTS;
  return [...names, more > 0 ? ` and ${more} more` : "", ` ${typists.length > 1 ? "are" : "is"} typing…`];
}

/** Changes a text only if it differs, so that screen readers do not read it again. @param {HTMLElement} place @param {(string|Node)[]} words */
function say(place, words) {
  const text = words.map((word) => (typeof word === "string" ? word : word.textContent)).join("");
  if (place.textContent !== text) place.replaceChildren(...words);
}
