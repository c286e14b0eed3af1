/**
 * The messages that this tab has not sent yet, kept over a reload: texts and their order in the tab's storage, files in
 * the browser's database. If the browser allows neither, a reload loses them.
 */
import { keep, recall } from "./memory.js";

/** @typedef {{name?: string, media: string, content: Uint8Array}} Picked a file */
/** @typedef {{id: string, text?: string, file?: Picked}} Message */

const DATABASE = "parley";
const STORE = "unsent";
const FORGET_AFTER = 86_400_000; // ms; the tab of an older file was closed

/** @param {string} room @param {Message[]} messages in their order */
export function keepUnsent(room, messages) {
  const kept = messages.map(({ id, text, file }) => ({ id, text, file: file && { name: file.name, media: file.media } }));
  keep("sessionStorage", `unsent.${room}`, kept.length ? JSON.stringify(kept) : "");
}

/** @param {string} room @returns {Message[]} the kept messages, without the content of files */
export const recallUnsent = (room) => parsed(recall("sessionStorage", `unsent.${room}`));

/** @param {Message[]} kept @returns {Promise<Message[]>} the same with the content of files; a message whose file is gone is left out */
export async function recallFiles(kept) {
  /** @type {Message[]} */ const found = [];
  for (const message of kept) {
    const { id, file } = message;
    const stored = file && (await withStore("readonly", (store) => store.get(id)));
    if (!file) found.push(message);
    else if (stored) found.push({ ...message, file: { ...file, content: stored.content } });
  }
  return found;
}

/** @param {string} id @param {Picked} file */
export const keepFile = (id, file) => withStore("readwrite", (store) => store.put({ content: file.content, at: Date.now() }, id));

/** @param {string} id */
export const forgetFile = (id) => withStore("readwrite", (store) => store.delete(id));

/** @param {string} json @returns {any[]} */
function parsed(json) {
  try {
    return JSON.parse(json || "[]");
  } catch (bent) {
    return [];
  }
}

/** @type {Promise<IDBDatabase|undefined>|undefined} */ let database;

/** @returns {Promise<IDBDatabase|undefined>} undefined if the browser forbids it */
function open() {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(DATABASE, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onerror = () => resolve(undefined);
      opening.onsuccess = () => {
        tidy(opening.result);
        resolve(opening.result);
      };
    } catch (forbidden) {
      resolve(undefined);
    }
  });
}

/** @param {IDBDatabase} opened */
function tidy(opened) {
  const walk = opened.transaction(STORE, "readwrite").objectStore(STORE).openCursor();
  walk.onsuccess = () => {
    const at = walk.result;
    if (!at) return;
    if (at.value.at < Date.now() - FORGET_AFTER) at.delete();
    at.continue();
  };
}

/**
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<any>} its result, or undefined if it failed
 */
async function withStore(mode, ask) {
  const opened = await (database ??= open());
  return new Promise((resolve) => {
    try {
      const asked = opened && ask(opened.transaction(STORE, mode).objectStore(STORE));
      if (!asked) return resolve(undefined);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(undefined);
    } catch (closed) {
      resolve(undefined);
    }
  });
}
