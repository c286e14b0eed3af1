/** Entries in runs, as a server of `parley.v2` sends them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decode, unfold } from "../../main/webapp/frame.js";
import { ParleyClient } from "../../main/webapp/parley.js";
import { ScriptedServer } from "./scripted-server.js";

const RUN = {
  type: "entries", room: "a", seq: 4, at: "2026-11-23T01:02:03.004Z",
  senders: [{ from: "ann" }, { from: "bob", caller: { kind: "user", id: "bob@example.com" } }],
  entries: [{ id: "c1", text: "Grüße 🌼" }, { by: 1, ms: 12, kind: "Order", data: { id: 7 } }, { ms: -1, media: "image/png", size: 5 }],
};
const ENTRIES = [
  { type: "entry", room: "a", seq: 4, id: "c1", from: "ann", at: "2026-11-23T01:02:03.004Z", text: "Grüße 🌼" },
  {
    type: "entry", room: "a", seq: 5, from: "bob", caller: { kind: "user", id: "bob@example.com" }, at: "2026-11-23T01:02:03.016Z",
    kind: "Order", data: { id: 7 }, text: "Order",
  },
  { type: "entry", room: "a", seq: 6, from: "ann", at: "2026-11-23T01:02:03.003Z", media: "image/png", size: 5 },
];
const bytes = (json) => new TextEncoder().encode(JSON.stringify(json)).buffer;

/** A client in the room `a`, after its entry 3, with what its listeners get. */
async function joined(t) {
  const server = await ScriptedServer.start();
  const client = new ParleyClient(server.url);
  t.after(() => (client.close(), server.stop()));
  const [heard, errors] = [[], []];
  client.addEventListener("error", ({ detail }) => errors.push(detail));
  client.addEventListener("entry", ({ detail }) => heard.push(detail));
  const welcome = client.connect({ name: "ann" });
  const line = await server.guest();
  await welcome;
  const joining = client.join("a");
  await line.joins({ seq: 3 });
  await joining;
  return { client, line, heard, errors };
}

describe("a run of entries", () => {
  test("has the entries of the older sub-protocol", () => {
    assert.deepEqual(unfold(RUN), ENTRIES);
    assert.deepEqual(unfold({ type: "beat" }), [{ type: "beat" }]);
  });

  test("has a sender for each entry", () => {
    for (const senders of [undefined, [], RUN.senders.slice(0, 1)]) assert.throws(() => unfold({ ...RUN, senders }), JSON.stringify(senders));
  });

  test("is read from text and from binary frames", () => {
    for (const frame of [JSON.stringify(RUN), bytes(RUN)]) assert.deepEqual(decode(frame), [RUN]);
    for (const frame of [JSON.stringify([RUN, RUN]), bytes([RUN, RUN])]) assert.deepEqual(decode(frame), [RUN, RUN]);
    assert.throws(() => decode(Uint8Array.of(0x5b, 0x22, 0xc3, 0x22, 0x5d).buffer));
    assert.throws(() => decode(new ArrayBuffer(0)));
  });

  test("reaches listeners as its entries, each once and in order, and is shown as the frame that it was", async (t) => {
    const { client, line, heard, errors } = await joined(t);
    const frames = [];
    client.wire.addEventListener("frame", ({ detail }) => detail.from === "server" && frames.push(detail));
    assert.equal(line.offered, "parley.v2, parley.v1");
    line.tells(RUN);
    line.tellsInBinary({ ...RUN, seq: 5 }, { type: "beat" });
    line.tells({ type: "entries", room: "a" });
    const last = new Promise((came) => client.addEventListener("entry", ({ detail }) => detail.seq === 8 && came()));
    line.tells({ ...ENTRIES[0], seq: 8 });
    await last;
    assert.deepEqual(heard.map(({ seq, text }) => [seq, text]), [[4, "Grüße 🌼"], [5, "Order"], [6, undefined], [7, undefined], [8, "Grüße 🌼"]]);
    const told = [[RUN], [{ ...RUN, seq: 5 }, { type: "beat" }], [{ type: "entries", room: "a" }]];
    assert.deepEqual(frames.slice(0, 3).map(({ messages }) => messages), told);
    assert.deepEqual(frames.slice(0, 3).map(({ data }) => [JSON.parse(data)].flat()), told);
    assert.deepEqual(errors.map(({ code }) => code), ["badRequest"]);
  });

  test("which is wrong costs the other messages of its frame nothing", async (t) => {
    const { client, line, heard, errors } = await joined(t);
    const last = new Promise((came) => client.addEventListener("typing", came));
    const wrong = [{ entries: undefined }, { entries: 5 }, { entries: [null] }, { at: "soon" }, { senders: [] }];
    line.tells(RUN, ...wrong.map((fields) => ({ ...RUN, seq: 7, ...fields })), { ...ENTRIES[0], seq: 7 });
    line.tellsInBinary(...wrong.map((fields) => ({ ...RUN, seq: 8, ...fields })), { ...ENTRIES[0], seq: 8 });
    line.tells({ type: "typing", room: "a", user: "bob" });
    await last;
    assert.deepEqual(heard.map(({ seq }) => seq), [4, 5, 6, 7, 8]);
    assert.deepEqual(errors.map(({ code }) => code), Array(2 * wrong.length).fill("badRequest"));
  });
});
