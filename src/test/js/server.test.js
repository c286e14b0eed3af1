/** The client against the real server, whose WebSocket PARLEY_CHAT names. */
import assert from "node:assert/strict";
import { afterEach, test as plainTest } from "node:test";
import { newId, ParleyClient } from "../../main/webapp/parley.js";
import { next } from "./events.js";
import { readLog } from "./log.js";

const test = (name, body) => plainTest(name, { timeout: 60_000 }, body);
const chat = new URL(process.env.PARLEY_CHAT ?? "ws://127.0.0.1:8080/chat");
const clients = [];
afterEach(() => clients.splice(0).forEach((client) => client.close()));

function newClient(options) {
  const client = new ParleyClient(chat, options);
  clients.push(client);
  return client;
}

test("who takes over a session is heard, and the other stays away", async () => {
  const room = newId();
  const first = newClient();
  const { session, user } = await first.connect({ name: `ann-${newId()}` });
  await first.join(room);
  const { seq, id } = await first.say(room, "one");
  const states = [];
  first.addEventListener("state", ({ detail }) => states.push(detail));
  const closed = next(first, "closed");
  const second = newClient();
  assert.equal((await second.connect({ session })).user, user);
  assert.equal((await closed).code, 4409);
  assert.equal(states.at(-1).retryIn, undefined);
  await assert.rejects(first.say(room, "two"), { code: "closed" });
  await second.join(room);
  assert.equal((await second.say(room, "one", id)).seq, seq, "the same person's same message is stored once");
});

test("what waits comes in order, at a pace that the server takes", async () => {
  const room = newId();
  const client = newClient();
  const texts = Array.from({ length: 220 }, (_, i) => `number ${i + 1}`);
  const all = [client.join(room), ...texts.map((text) => client.say(room, text))];
  await client.connect({ name: `ann-${newId()}` });
  const [, ...said] = await Promise.all(all);
  assert.deepEqual(said.map(({ seq }) => seq), texts.map((_, i) => i + 1));
  assert.deepEqual((await readLog(chat, room)).map(({ text }) => text), texts);
});

test("data and signals come as they were sent, and only data stays", async () => {
  const room = newId();
  const [ann, bob] = [newClient(), newClient()];
  await Promise.all([ann.connect(), bob.connect()]);
  await Promise.all([ann.join(room), bob.join(room)]);
  const order = { id: 7, to: "Grüße 😀", parts: [null, true, {}] };
  const values = [[order, { kind: "Order", id: "o-1" }, "Order"], [[1], undefined, "data"], ["YWJj", { kind: "note" }, "note"], [null, {}, "data"]];
  const heard = next(bob, "entry", ({ seq }) => seq === values.length);
  for (const [value, how] of values) await ann.say(room, value, how);
  await heard;
  const { entries } = await bob.history(room);
  assert.deepEqual(entries.map(({ data, kind, text, content }) => [data, kind, text, content]), values.map(([value, , kind]) => [value, kind, kind, undefined]));
  assert.equal(entries[0].id, "o-1");
  const again = await ann.say(room, "another", "o-1");
  assert.equal(again.seq, 1, "an id in its old place still works");

  const signal = next(bob, "signal");
  ann.signal(room, { x: 1.5 }, { kind: "cursor" });
  const { from, kind, data } = await signal;
  assert.deepEqual([kind, data], ["cursor", { x: 1.5 }]);
  assert.equal(typeof from, "string");
  const text = next(bob, "signal");
  ann.signal(room, "hi");
  assert.equal((await text).text, "hi");
  assert.throws(() => ann.signal(room, "x".repeat(100_000)), { code: "tooLarge" });
  ann.signal("nowhere", "not a member: dropped");
  assert.equal((await readLog(chat, room)).length, values.length);
});

test("bytes come as they were sent, at once and from the log", async () => {
  const room = newId();
  const [ann, bob] = [newClient(), newClient()];
  await Promise.all([ann.connect(), bob.connect()]);
  await Promise.all([ann.join(room), bob.join(room)]);
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  const heard = next(bob, "entry");
  const { seq } = await ann.send(room, { media: "image/png", name: "Gänseblümchen.png", content }, "flower");
  const stored = (await bob.history(room)).entries.find((entry) => entry.seq === seq);
  for (const entry of [await heard, stored]) {
    assert.deepEqual([entry.id, entry.media, entry.name], ["flower", "image/png", "Gänseblümchen.png"]);
    assert.deepEqual(entry.content, content);
  }
});

test("attachments come without their bytes, which are fetched whole or in part, also by a client that gets them with the entries", async () => {
  const room = newId();
  const [ann, bob] = [newClient(), newClient({ attachments: "apart" })];
  await Promise.all([ann.connect(), bob.connect()]);
  const { epoch } = await bob.join(room);
  await ann.join(room);
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  const heard = next(bob, "entry");
  await ann.send(room, { media: "image/png", name: "rose.png", content });
  const again = newClient({ attachments: "apart" });
  await again.connect();
  const { entries, recovered } = await again.join(room, { since: 0, epoch });
  assert.equal(recovered, true);
  for (const entry of [await heard, ...(await bob.history(room)).entries, ...entries]) {
    assert.deepEqual([entry.media, entry.name, entry.size, entry.content], ["image/png", "rose.png", content.length, undefined]);
  }
  for (const client of [ann, bob]) assert.deepEqual(await client.fetch(room, 1), content);
  assert.deepEqual(await bob.fetch(room, 1, { offset: 59_000, length: 10 }), content.subarray(59_000, 59_010));
  await assert.rejects(bob.fetch(room, 2), { code: "notFound" });
});

test("what is too large fails alone", async () => {
  const room = newId();
  const client = newClient();
  const { limits } = await client.connect();
  await client.join(room);
  const lines = [];
  client.addEventListener("state", ({ detail }) => detail.to === "CLOSED" && lines.push(detail));
  await assert.rejects(client.say(room, "x".repeat(limits.text)), { code: "tooLarge" });
  await assert.rejects(client.send(room, { media: "x", content: new Uint8Array(limits.binary + 1) }), { code: "tooLarge" });
  assert.equal((await client.send(room, { media: "x", name: "🌼".repeat(60), content: new Uint8Array(limits.binary) })).seq, 1);
  assert.equal((await client.say(room, "x")).seq, 2);
  assert.deepEqual(lines, []);
});

test("the wire is shown: the handshake, each frame, and the pings that a script can't see, on each connection anew", async () => {
  const client = newClient();
  const frames = [];
  client.wire.addEventListener("frame", ({ detail }) => frames.push(detail));
  client.wire.watch(true);
  const shown = next(client.wire, "handshake");
  // Both may come in one piece.
  const controls = [];
  const pong = new Promise((resolve) => client.wire.addEventListener("control", ({ detail }) => controls.push(detail) === 2 && resolve(detail)));
  await client.connect({ name: `ann-${newId()}` });
  const { request, response } = await shown;
  assert.equal(request.line, "GET /chat HTTP/1.1");
  assert.equal(new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value])).get("host"), chat.host);
  assert.match(response.line, / 101 /);
  const { rtt } = await pong;
  assert.deepEqual(controls.map(({ frame, from }) => [frame, from]), [["ping", "server"], ["pong", "client"]]);
  assert(rtt > 0);
  assert.deepEqual(frames.slice(0, 2).map(({ from, messages }) => [from, messages[0].type]), [["client", "hello"], ["server", "welcome"]]);
  const again = next(client.wire, "handshake");
  await client.wire.end("cut");
  assert.notEqual((await again).request, request);
});

test("a line that is cut on request comes back, and the request is not made again", async () => {
  const room = newId();
  const client = newClient();
  const closes = [];
  client.addEventListener("state", ({ detail }) => detail.closed && closes.push(detail.closed.code));
  await client.connect({ name: `ann-${newId()}` });
  await client.join(room);
  await client.wire.end("cut");
  const { seq } = await client.say(room, "back");
  assert.equal(seq, 1);
  assert.deepEqual(closes, [1006]);
});

test("a malformed frame is answered, and a line that is asked to close is closed for good", async () => {
  const client = newClient();
  await client.connect({ name: `ann-${newId()}` });
  const answer = next(client, "error");
  client.wire.malformed();
  assert.equal((await answer).code, "badRequest");
  const closed = next(client, "closed");
  await client.wire.end("close");
  assert.equal((await closed).code, 1000);
});
