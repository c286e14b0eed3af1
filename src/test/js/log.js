/** Reads the log of a room by the protocol alone, without any of the client that is tested. */
const PAGE = 200;

/** @param {URL} chat @param {string} room @returns all of its entries */
export async function readLog(chat, room) {
  const socket = new WebSocket(chat);
  const answers = [];
  let wake = () => {};
  socket.onmessage = ({ data }) => {
    answers.push(...[JSON.parse(data)].flat().filter(({ type }) => type === "history"));
    wake();
  };
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: () => reject(new Error("no line")) }));
  const entries = [];
  for (let more = true; more; ) {
    socket.send(JSON.stringify({ type: "history", ref: 1, room, after: entries.at(-1)?.seq ?? 0, limit: PAGE }));
    while (answers.length === 0) await new Promise((resolve) => (wake = resolve));
    const page = answers.shift();
    entries.push(...page.entries);
    more = page.more;
  }
  socket.close();
  for (const entry of entries) if (entry.media !== undefined && entry.data !== undefined) entry.content = new Uint8Array(Buffer.from(entry.data, "base64"));
  return entries;
}
