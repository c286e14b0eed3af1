/** The page's title, and its notifications on the desktop, if the browser has them and the person allowed them. */

import { isDirect } from "./direct.js";
import { isolated } from "./isolate.js";
import { isSeenAnywhere } from "./sight.js";

/** @param {number} unseen entries @param {string} room the open one, or empty */
export function showTitle(unseen, room) {
  const title = `${unseen ? `(${unseen}) ` : ""}${room && `${isolated(room)} – `}Parley`;
  if (document.title !== title) document.title = title;
}

/** Lets a button ask for the permission for notifications, once. Pages on plain http can't ask. @param {HTMLElement} button */
export function offerOn(button) {
  button.hidden = !("Notification" in window) || Notification.permission !== "default";
  button.onclick = async () => {
    await Notification.requestPermission();
    button.hidden = true;
  };
}

/**
 * Shows a notification for an entry while no tab shows its room. The newest of a room replaces the one before.
 * @param {import("./parley.js").Entry} entry @param {string} person the id of this browser's person
 */
export async function alert({ room, from, text, name, media }, person) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
  if (await isSeenAnywhere(person, room)) return;
  try {
    const told = new Notification(isDirect(room) ? isolated(from) : `${isolated(from)} in ${isolated(room)}`, { body: text ?? name ?? media, tag: room, icon: "icon.svg" });
    told.onclick = () => window.focus();
  } catch (onlyFromAWorker) {
    // Chrome on Android has the constructor, but it always throws.
  }
}
