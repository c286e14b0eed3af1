/** The mark beside a name that is no guest's: who stands behind it. */
import { element } from "./draw.js";
import { isolated } from "./isolate.js";

/** @typedef {import("./parley.js").Caller} Caller */

/** @type {Record<string, {sign: string, words: (id: string) => string}>} */
const MARKS = {
  user: { sign: "✓", words: (id) => `signed in as ${isolated(id)}` },
  application: { sign: "app", words: () => "the application" },
};

/** @param {Caller|undefined} caller @returns {Node[]} a space and the mark; empty for a guest, and for a kind that is not known here */
export function markOf(caller) {
  const mark = caller && MARKS[caller.kind];
  if (!mark) return [];
  const words = mark.words(caller.id);
  return [document.createTextNode(" "), element("span", { className: "caller", role: "img", ariaLabel: words, title: words }, mark.sign)];
}

/** A text that is the same for the same caller only. @param {Caller|undefined} caller */
export const keyOf = (caller) => (caller ? `${caller.kind} ${caller.id}` : "");

/** The caller of such a text. @param {string|undefined} key @returns {Caller|undefined} */
export function callerOf(key) {
  const [, kind, id] = /^(user|application) ([^]+)$/.exec(key ?? "") ?? [];
  return kind === "user" || kind === "application" ? { kind, id } : undefined;
}
