/** The note below a row: it waits, or is being sent, or has failed, or was read by others. */
import { button, element } from "./draw.js";
import { setText, size } from "./row.js";

/** @param {Element|undefined} row @param {string} [kind] @param {...(string|Element)} what @returns {boolean} whether the note changed */
export function note(row, kind = "", ...what) {
  const place = row?.querySelector(".note");
  if (!row || !place) return false;
  const isPlain = what.every((part) => typeof part === "string" || part.localName === "bdi");
  const words = what.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
  if (isPlain && place.className === `note ${kind}` && place.textContent === words && !place.querySelector("button, progress")) return false;
  row.classList.toggle("waiting", kind === "waiting");
  place.className = `note ${kind}`;
  // Screen readers need not announce each read mark.
  place.setAttribute("aria-live", kind === "failed" ? "polite" : "off");
  place.replaceChildren(...what);
  return true;
}

/** Shows how much of a file is sent. @param {Element|undefined} row @param {number} sent bytes @param {number} all */
export function progress(row, sent, all) {
  let bar = row?.querySelector("progress");
  if (!bar) {
    bar = /** @type {HTMLProgressElement} */ (element("progress", { ariaLabel: "Sending the file" }));
    note(row, "waiting", bar, " ", element("span"));
  }
  // Two files may be sent at a time; then the waiting bytes are not only this file's.
  const most = Math.max(sent, bar.value);
  Object.assign(bar, { max: all, value: most });
  setText(bar.nextElementSibling, most < all ? `${size(most)} of ${size(all)}` : "Being stored…");
}

/**
 * @param {Element|undefined} row @param {string} why
 * @param {{again?: () => void, edit?: () => void, discard: () => void}} the buttons; Edit also removes the message here
 */
export function failed(row, why, { again, edit, discard }) {
  const take = edit && (() => (discard(), edit()));
  /** @type {[string, (() => void)|undefined][]} */
  const ways = [["Try again", again], ["Edit", take], ["Discard", discard]];
  note(row, "failed", `Not sent: ${why} `, ...ways.filter(([, way]) => way).map(([words, way]) => button(words, () => way?.())));
}
