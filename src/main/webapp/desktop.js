/** The desktop's notifications, where the browser has them and the person has said yes. */

/** Whether the person was not asked yet, and can be: pages on plain http can't. */
export const canAsk = () => "Notification" in window && Notification.permission === "default";

/** To be called on a click. */
export const ask = () => Notification.requestPermission();

/** Tells of an entry while the page is hidden; the newest of a room takes the place of the one before. @param {import("./parley.js").Entry} entry */
export function alert({ room, from, text, name, media }) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
  try {
    const told = new Notification(`${from} in ${room}`, { body: text ?? name ?? media, tag: room, icon: "icon.svg" });
    told.onclick = () => window.focus();
  } catch (onlyFromAWorker) {
    // Chrome on Android has the constructor, but it always throws.
  }
}
