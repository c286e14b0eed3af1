/** The desktop's notifications, where the browser has them and the person has said yes. */

/** Lets a button ask for them, once; pages on plain http can't. @param {HTMLElement} button */
export function offerOn(button) {
  button.hidden = !("Notification" in window) || Notification.permission !== "default";
  button.onclick = async () => {
    await Notification.requestPermission();
    button.hidden = true;
  };
}

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
