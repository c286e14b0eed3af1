/** The line of an entry, whatever is in it. */
import { attach } from "./attachment.js";
import { rowInstead, rowOf } from "./row.js";

/** What can't be drawn takes nothing along that comes after it. @param {import("./parley.js").Entry} entry @returns {import("./row.js").Row} */
export function rowOfEntry(entry) {
  try {
    const row = rowOf(entry);
    if (entry.media !== undefined) attach(row, entry);
    return row;
  } catch (error) {
    console.error(`Message ${entry.seq} can't be shown: ${error}`, error);
    return rowInstead(entry);
  }
}
