/** Who is in a room, and who types there. */
import { element, setText } from "./row.js";

/** @param {import("./room.js").Room} room @param {{count: HTMLElement, list: HTMLElement, typing: HTMLElement}} places */
export function showPeople({ members, typists, lines }, { count, list, typing }) {
  const names = [...members].sort((a, b) => a.localeCompare(b));
  list.replaceChildren(...names.map((name) => element("li", "", name === lines.me ? `${name} (you)` : name)));
  setText(count, names.length ? `${names.length} here` : "Offline");
  setText(typing, typists.length ? `${typists.join(", ")} ${typists.length > 1 ? "are" : "is"} typing…` : "");
}
