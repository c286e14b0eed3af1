/** The users who have read an own row. */
import { named } from "./row.js";

const NAMED = 3; // readers; for the others only their number is shown

/**
 * The newest own row that another user has read, and its readers.
 * @param {Map<string, number>} reads how far each has read @param {string} me @param {Set<number>} own seqs
 * @returns {[number, ...(string|Element)[]]} its seq, or 0, and the text about its readers
 */
export function readersOf(reads, me, own) {
  let furthest = 0;
  for (const [user, seq] of reads) if (user !== me && seq > furthest) furthest = seq;
  let read = 0;
  for (const seq of own) if (seq <= furthest && seq > read) read = seq;
  if (!read) return [0];
  /** @type {(string|Element)[]} */ const words = ["Read by "];
  let readers = 0;
  for (const [user, seq] of reads) {
    if (user === me || seq < read || ++readers > NAMED) continue;
    if (readers > 1) words.push(", ");
    words.push(named(user));
  }
  if (readers > NAMED) words.push(` and ${readers - NAMED} more`);
  return [read, ...words];
}
