/** The row of an entry of any kind. */
import { about, attach, calledOf } from "./attachment.js";
import { addFile, addWeight, named, rowErased, rowInstead, rowOf, size } from "./row.js";

/** @typedef {import("./parley.js").Entry} Entry */
/** @typedef {import("./apart.js").Loading} Loading */

/**
 * If an entry can't be drawn, a row in its place says so, and later entries are still drawn.
 * @param {Entry} entry @param {Loading} loading of its attachment @returns {import("./row.js").Row}
 */
export function rowOfEntry(entry, loading) {
  if (entry.erased) return rowErased(entry);
  try {
    const row = rowOf(entry);
    if (entry.size !== undefined) apart(row, entry, loading);
    else if (entry.media !== undefined) attach(row, entry);
    else if (entry.kind !== undefined) {
      addWeight(row, JSON.stringify(entry.data).length);
      import("./data.js").then(({ fold }) => fold(row, entry, loading.onchange), console.error);
    }
    return row;
  } catch (error) {
    console.error(`Message ${entry.seq} can't be shown: ${error}`, error);
    return rowInstead(entry);
  }
}

/** @param {HTMLElement} row @param {Entry} file @param {Loading} loading */
function apart(row, file, loading) {
  row.querySelector(".text")?.append(named(calledOf(file)), about(`, ${size(file.size ?? 0)}${file.expired ? ", not kept any more" : ""}`));
  if (file.expired) return;
  // It counts as if it was loaded: people scroll, and all files of a long room would not fit into memory.
  addFile(row, file.size ?? 0);
  import("./apart.js").then(({ attachApart }) => attachApart(row, file, loading), console.error);
}
