/** Data of applications in a row: JSON that is folded away. The page loads this module with the first such entry. */
import { fit } from "./attachment.js";
import { element } from "./draw.js";
import { named } from "./row.js";

const MOST = 20_000; // characters that are shown

/** @param {HTMLElement} row @param {{kind?: string, data?: unknown}} entry @param {() => void} onchange called when the row may have another height */
export function fold(row, { kind, data }, onchange) {
  const json = element("pre", { dir: "ltr", tabIndex: 0, role: "group", ariaLabel: "JSON" });
  // Most rows are never unfolded: their JSON is not drawn.
  const ontoggle = () => {
    json.textContent ||= shown(data);
    onchange();
  };
  row.querySelector(".text")?.replaceChildren(element("details", { ontoggle }, element("summary", {}, named(fit(kind) || "data")), json));
  onchange();
}

/** @param {unknown} data */
function shown(data) {
  const all = JSON.stringify(data, undefined, 2);
  return all.length > MOST ? `${all.slice(0, MOST)} … (${all.length} characters)` : all;
}
