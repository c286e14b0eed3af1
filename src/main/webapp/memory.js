/** What this browser remembers of the person, where it may: that is a comfort, not a need. */

/** @typedef {"localStorage"|"sessionStorage"} Storage of the browser, or of this tab */

/** @param {Storage} storage @param {string} key @returns {string} empty for what was never kept */
export function recall(storage, key) {
  try {
    return window[storage].getItem(`parley.${key}`) ?? "";
  } catch (forbidden) {
    return "";
  }
}

/** @param {Storage} storage @param {string} key @param {string} value empty: it is forgotten */
export function keep(storage, key, value) {
  try {
    if (value) window[storage].setItem(`parley.${key}`, value);
    else window[storage].removeItem(`parley.${key}`);
  } catch (forbidden) {
    // It will be asked for again.
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

/** What a person chose last: in this tab, or else in any. @param {string} key */
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
 * The rooms to come back to, in their order, and the open one. One that was only tried isn't kept.
 * @param {Map<string, {epoch?: string}>} rooms @param {string} open
 */
export function keepRooms(rooms, open) {
  const known = recallRooms();
  const kept = [...rooms].filter(([name, { epoch }]) => epoch !== undefined || known.includes(name));
  keepChoice("rooms", kept.map(([name]) => name).join(" "));
  keepChoice("room", rooms.has(open) ? open : "");
}
