/**
 * The rooms that a person sees in any tab of this browser. A visible tab holds a lock for each of its rooms, and the
 * browser releases it when the tab ends. Like notifications, locks are not available on plain http.
 */

/** The functions that release the locks, by the names of the locks. @type {Map<string, () => void>} */
const held = new Map();

/** @param {string} person its id @param {string} room */
const lockOf = (person, room) => `parley.sight.${person}.${room}`;

/** This tab shows these rooms, and no others. @param {string} person its id @param {Iterable<string>} rooms none while it is hidden */
export function sees(person, rooms) {
  if (!navigator.locks) return;
  const wanted = new Set([...rooms].map((room) => lockOf(person, room)));
  for (const [name, giveBack] of held) {
    if (wanted.has(name)) continue;
    held.delete(name);
    giveBack();
  }
  for (const name of wanted) if (!held.has(name)) hold(name);
}

/** @param {string} name */
function hold(name) {
  const given = new Promise((resolve) => held.set(name, () => resolve(undefined)));
  navigator.locks.request(name, { mode: "shared" }, () => given).catch(() => {});
}

/** @param {string} person its id @param {string} room @returns {Promise<boolean>} whether a tab of this browser shows that room */
export async function isSeenAnywhere(person, room) {
  if (!navigator.locks) return false;
  try {
    const { held: all = [] } = await navigator.locks.query();
    return all.some(({ name }) => name === lockOf(person, room));
  } catch {
    return false; // the browser forbids storage for this site, and locks too
  }
}
