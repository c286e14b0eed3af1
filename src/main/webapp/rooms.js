/** `<parley-rooms>`: the list of joined rooms, and a field to join others. */
import { markOf } from "./caller.js";
import { otherIn } from "./direct.js";
import { element, named } from "./row.js";

/** @typedef {{row: HTMLElement, open: HTMLElement, badge: HTMLElement}} Shown */
/** @typedef {{unseen: number, title: string}} Listed title: what the room is called here */

/** Fires `open`, `leave` and `add`, each with a room's name as its detail. */
export class RoomList extends HTMLElement {
  #list = element("ul");
  /** The rows by room. Unchanged rows are not touched, because a person may be about to click on one. @type {Map<string, Shown>} */ #shown = new Map();
  #current = "";

  connectedCallback() {
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("add"));
    this.prepend(this.#list);
    new ResizeObserver(() => this.#reveal()).observe(this);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#fire("add", name.value);
      name.value = "";
    };
  }

  /** @param {Map<string, Listed>} rooms @param {string} current */
  show(rooms, current) {
    for (const [name, { row }] of this.#shown) {
      if (rooms.has(name)) continue;
      row.remove();
      this.#shown.delete(name);
    }
    for (const [name, { unseen, title }] of rooms) {
      const { open, badge } = this.#shown.get(name) ?? this.#add(name, title);
      const count = unseen ? `${unseen} new` : "";
      if (badge.textContent !== count) badge.replaceChildren(...(unseen ? [String(unseen), element("span", "unseen", " new")] : []));
      if (name === current) open.setAttribute("aria-current", "true");
      else open.removeAttribute("aria-current");
    }
    if (current === this.#current) return;
    this.#current = current;
    this.#reveal();
  }

  /** Scrolls to the current room, only when that or the size changes: a person can scroll freely. */
  #reveal() {
    this.#shown.get(this.#current)?.row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {string} name @param {string} title @returns {Shown} */
  #add(name, title) {
    const row = element("li");
    const open = element("button", "room");
    const leave = element("button", "leave", "×");
    const badge = element("span", "count");
    open.append(named(title), ...markOf(otherIn(name)), " ", badge);
    open.onclick = () => this.#fire("open", name);
    leave.onclick = () => this.#fire("leave", name);
    leave.setAttribute("aria-label", `Leave ${title}`);
    row.append(open, leave);
    this.#list.append(row);
    const shown = { row, open, badge };
    this.#shown.set(name, shown);
    return shown;
  }

  /** @param {string} type @param {string} room */
  #fire(type, room) {
    this.dispatchEvent(new CustomEvent(type, { detail: room }));
  }
}

customElements.define("parley-rooms", RoomList);
