/** What the tests of the client have in common: a server that does just what each test says, on a real socket. */
import { beforeEach, afterEach, test as plainTest } from "node:test";
import { ParleyClient } from "../../main/webapp/parley.js";
import { ScriptedServer } from "./scripted-server.js";

export { next } from "./events.js";

export const test = (name, body) => plainTest(name, { timeout: 20_000 }, body);
export const entry = (seq, room = "a") => ({ type: "entry", room, seq, from: "bob", at: "2026-01-01T00:00:00.000Z", text: `${seq}` });
export const entries = (...seqs) => seqs.map((seq) => entry(seq));

/** All that is told of a room from now on, a page as what it brings. */
export function told(client) {
  const seqs = [];
  client.addEventListener("joined", ({ detail }) => {
    if (!detail.recovered) seqs.length = 0;
    seqs.push(...detail.entries.map(({ seq }) => seq));
  });
  client.addEventListener("entry", ({ detail }) => seqs.push(detail.seq));
  return seqs;
}

export let server, client;
beforeEach(async () => {
  server = await ScriptedServer.start();
  client = new ParleyClient(server.url);
});
afterEach(() => {
  client.close();
  server.stop();
});

/** Another client instead of the one that each test has. */
export function replaceClient(...options) {
  client.close();
  client = new ParleyClient(...options);
}

/** Connected, and in the room a, up to a seq. */
export async function inRoom(seq = 0, limits = {}) {
  const welcome = client.connect({ name: "ann" });
  const line = await server.guest(limits);
  await welcome;
  const joined = client.join("a");
  await line.joins({ seq });
  await joined;
  return line;
}

/** Breaks the line at once, and has the client back. */
export async function back(line, welcome) {
  line.tells({ type: "bye", code: 1012, reason: "restart", retryAfter: 1 });
  line.close(1012);
  return server.guest(welcome);
}
