/** The row of an entry of any kind. */
import { attach } from "./attachment.js";
import { rowErased, rowInstead, rowOf } from "./row.js";

/** If an entry can't be drawn, a row in its place says so, and later entries are still drawn. @param {import("./parley.js").Entry} entry @returns {import("./row.js").Row} */
export function rowOfEntry(entry) {
  if (entry.erased) return rowErased(entry);
  try {
    const row = rowOf(entry);
    if (entry.media !== undefined) attach(row, entry);
    return row;
  } catch (error) {
    console.error(`Message ${entry.seq} can't be shown: ${error}`, error);
    return rowInstead(entry);
  }
}
