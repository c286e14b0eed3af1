/**
 * Hears what a client tells: each listener gets an event's detail, and whether the client was welcomed once.
 * @param {import("./parley.js").ParleyClient} client @param {Record<string, (detail: any, connected: boolean) => void>} listeners
 * @param {(detail: any) => boolean} isWanted asked before each
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
