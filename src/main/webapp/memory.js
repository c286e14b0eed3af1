/** What this browser stores about the person, if it allows that. The page works without it. */

/** @typedef {"localStorage"|"sessionStorage"} Storage of the browser, or of this tab */

/** @param {Storage} storage @param {string} key @returns {string} empty if nothing was stored */
export function recall(storage, key) {
  try {
    return window[storage].getItem(`parley.${key}`) ?? "";
  } catch (forbidden) {
    return "";
  }
}

/** @param {Storage} storage @param {string} key @param {string} value empty: it is removed */
export function keep(storage, key, value) {
  try {
    if (value) window[storage].setItem(`parley.${key}`, value);
    else window[storage].removeItem(`parley.${key}`);
  } catch (forbidden) {
    // The page asks the person again next time.
  }
}

/** @param {Storage} storage @param {string} prefix @returns {string[]} the keys that begin with it */
export function keysFrom(storage, prefix) {
  try {
    return Object.keys(window[storage]).filter((key) => key.startsWith(`parley.${prefix}`)).map((key) => key.slice("parley.".length));
  } catch (forbidden) {
    return [];
  }
}

/** The person's last choice: in this tab, or else in any tab. @param {string} key */
export const recallChoice = (key) => recall("sessionStorage", key) || recall("localStorage", key);

const ROOM = /^[\p{L}\p{M}\p{Nd}\u200c\u200d._-]{1,64}$/u;

/** The rooms that a person was in, in their order. */
export const recallRooms = () => recallChoice("rooms").split(" ").filter((name) => ROOM.test(name));

/** @param {string} key @param {string} value */
export function keepChoice(key, value) {
  keep("sessionStorage", key, value);
  keep("localStorage", key, value);
}

/**
 * Stores the rooms to join next time, in their order, and the open one, without direct rooms. A room that could not be joined is not stored.
 * @param {Map<string, {epoch?: string}>} rooms @param {string} open
 */
export function keepRooms(rooms, open) {
  const known = recallRooms();
  const kept = [...rooms].filter(([name, { epoch }]) => ROOM.test(name) && (epoch !== undefined || known.includes(name)));
  keepChoice("rooms", kept.map(([name]) => name).join(" "));
  if (ROOM.test(open) || !rooms.has(open)) keepChoice("room", rooms.has(open) ? open : "");
}
