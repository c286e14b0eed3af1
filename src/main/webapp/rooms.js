/** `<parley-rooms>`: the rooms that one is in, and a way into others. */
import { element } from "./row.js";

/** Fires `open`, `leave` and `add`, each with a room's name as its detail. */
export class RoomList extends HTMLElement {
  #list = element("ul");

  connectedCallback() {
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("add"));
    this.prepend(this.#list);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#tell("add", name.value);
      name.value = "";
    };
  }

  /** @param {Iterable<{name: string, unseen: number}>} rooms @param {string} current */
  show(rooms, current) {
    const held = /** @type {HTMLElement|null} */ (this.contains(document.activeElement) ? document.activeElement : null);
    const rows = [...rooms].map(({ name, unseen }) => {
      const row = element("li");
      const open = element("button", "room", name);
      const leave = element("button", "leave", "×");
      if (name === current) open.ariaCurrent = "true";
      if (unseen) open.append(" ", count(unseen));
      open.onclick = () => this.#tell("open", name);
      leave.onclick = () => this.#tell("leave", name);
      leave.ariaLabel = `Leave ${name}`;
      open.dataset.key = `open ${name}`;
      leave.dataset.key = `leave ${name}`;
      row.append(open, leave);
      return row;
    });
    this.#list.replaceChildren(...rows);
    const key = held?.dataset.key;
    if (key) [...this.#list.querySelectorAll("button")].find((button) => button.dataset.key === key)?.focus();
  }

  /** @param {string} type @param {string} room */
  #tell(type, room) {
    this.dispatchEvent(new CustomEvent(type, { detail: room }));
  }
}

/** @param {number} unseen */
function count(unseen) {
  const badge = element("span", "count", String(unseen));
  badge.append(element("span", "unseen", " new"));
  return badge;
}

customElements.define("parley-rooms", RoomList);
