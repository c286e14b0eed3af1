/**
 * Adds listeners to a client. Each gets an event's detail, and whether the client was welcomed before.
 * @param {import("./parley.js").ParleyClient} client @param {Record<string, (detail: any, connected: boolean) => void>} listeners
 * @param {(detail: any) => boolean} isWanted called before each listener; false drops the event
 */
export function listen(client, listeners, isWanted) {
  let connected = false;
  client.addEventListener("welcome", () => (connected = true));
  for (const [type, listener] of Object.entries(listeners)) {
    client.addEventListener(type, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (isWanted(detail)) listener(detail, connected);
    });
  }
}
