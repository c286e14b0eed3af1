/** What is drawn of a connection's life. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { toMermaid } from "../../main/webapp/diagram.js";
import { Journal } from "../../main/webapp/journal.js";
import { ParleyClient } from "../../main/webapp/parley.js";
import { statesMermaid } from "../../main/webapp/states.js";
import { ScriptedServer } from "./scripted-server.js";

const GONE = { code: 1006, reason: "", comesBack: true };
let journal, now;

beforeEach(() => {
  journal = new Journal();
  now = 1_000;
});

const state = (from, to, more) => journal.state({ from, to, attempt: 1, ...more }, now);
const frame = (from, messages, more) => journal.frame({ from, data: JSON.stringify(messages), messages, at: now, ...more });
const opened = () => {
  state(undefined, "CONNECTING");
  state("CONNECTING", "OPEN");
};
/** What stands on the arrows. */
const arrows = () => journal.steps.filter(({ kind }) => kind !== "states").map(({ from, shape, label }) => `${from} ${shape}: ${label}`);
const last = () => journal.steps.at(-1);

describe("a journal", () => {
  test("tells the handshake, in its place, once the server has told of it", () => {
    opened();
    frame("client", [{ type: "hello", ref: 0 }]);
    const headers = [["Host", "a"], ["Cookie", "secret"], ["Sec-WebSocket-Key", "dGhl"]];
    journal.handshake({
      request: { line: "GET /chat?token=secret HTTP/1.1", headers },
      response: { line: "HTTP/1.1 101 Switching Protocols", headers: [["sec-websocket-accept", "s3pP"]] },
    });
    assert.deepEqual(arrows(), [
      "client call: GET /chat?token=… HTTP/1.1 · dGhl",
      "server answer: 101 Switching Protocols · s3pP",
      "client call: hello #0",
    ]);
    assert.equal(journal.steps[1].detail, "GET /chat?token=… HTTP/1.1\nSec-WebSocket-Key: dGhl\nHost: a\nCookie: …");
  });

  test("tells an answer from what nobody asked for", () => {
    frame("server", [{ type: "welcome", user: "ann" }]);
    frame("client", [{ type: "say", ref: 3, text: "Hi" }]);
    now += 2.125;
    frame("server", [{ type: "said", ref: 3, seq: 17 }]);
    frame("server", [{ type: "entry", seq: 17, from: "ann", text: "Hi" }]);
    frame("server", [{ type: "entry", seq: 18, from: "bob", text: "Ho" }]);
    assert.deepEqual(arrows().slice(1), [
      "client call: say #3 · Hi", "server answer: said #3 · seq 17 · 2.1 ms",
      "server push: entry · seq 17 · ann: Hi", "server push: entry · seq 18 · bob: Ho",
    ]);
    assert.deepEqual(journal.steps.slice(3).map(({ kind }) => kind), ["messages", "push"]);
  });

  test("tells in runs, too, what is one's own", () => {
    const run = { type: "entries", seq: 17, entries: [{ text: "Hi" }, { by: 1, text: "Ho" }] };
    frame("server", [{ type: "welcome", user: "ann" }]);
    frame("server", [{ ...run, senders: [{ from: "bob" }, { from: "ann" }] }]);
    frame("server", [{ ...run, senders: [{ from: "bob" }, { from: "eve" }] }]);
    assert.deepEqual(arrows().slice(1), ["server push: entries · seq 17 … 18", "server push: entries · seq 17 … 18"]);
    assert.deepEqual(journal.steps.slice(1).map(({ kind }) => kind), ["messages", "push"]);
  });

  test("has a step for a run without entries", () => {
    frame("server", [{ type: "entries", seq: 17 }, { type: "beat" }]);
    assert.match(last().label, /^batch of 2: entries · seq 17 .*, beat$/);
    assert.match(last().detail, /"type": "entries"/);
  });

  test("tells in a batch, too, how rooms were resumed", () => {
    opened();
    frame("client", [{ type: "join", ref: 1, room: "a", since: 1 }]);
    now += 2;
    frame("server", [{ type: "joined", ref: 1, room: "a", entries: [{}], recovered: true }, { type: "watching", ref: 2 }]);
    assert.equal(last().label, "batch of 2: joined #1 · recovered: true, 1 entry · 2 ms, watching #2");
  });

  test("tells each message of a small batch", () => {
    frame("server", [{ type: "typing", user: "bob" }, { type: "entry", seq: 1, from: "bob", text: "Hi" }, { type: "beat" }]);
    assert.equal(last().label, "batch of 3: typing · bob, entry · seq 1 · bob: Hi, beat");
  });

  test("tells a batch as one arrow, and a frame that was ignored as lost", () => {
    const entries = Array.from({ length: 11 }, () => ({ type: "entry" }));
    frame("server", [...entries, { type: "said" }]);
    assert.equal(last().label, "batch of 12: entry ×11, said");
    frame("server", [{ type: "beat" }], { dropped: true });
    assert.deepEqual([last().shape, last().label], ["lost", "beat · ignored"]);
  });

  test("measures what comes again and again", () => {
    frame("server", [{ type: "beat" }]);
    now += 20_000;
    frame("server", [{ type: "beat" }]);
    assert.equal(last().label, "beat · 20.0 s after the last");
    journal.control({ frame: "pong", from: "client", at: "", rtt: 0.812 });
    assert.equal(last().label, "pong · 0.8 ms");
  });

  test("shows a break, the wait, and the resuming", () => {
    opened();
    state("OPEN", "CLOSED", { closed: GONE, retryIn: 1_234, attempt: 2 });
    opened();
    frame("client", [{ type: "join", ref: 1, room: "a", since: 30 }]);
    frame("server", [{ type: "joined", ref: 1, recovered: true, entries: [1, 2] }]);
    assert.deepEqual(arrows().slice(2), [
      "server break: line broke · 1006", "client gap: next try in 1.2 s · try 2",
      "client call: GET · Upgrade: websocket", "server answer: 101 Switching Protocols",
      "client call: join #1 · resume a since=30", "server answer: joined #1 · recovered: true, 2 entries · 0 ms",
    ]);
  });

  test("tells who began to close", async () => {
    const closed = { code: 1000, reason: "", comesBack: false };
    state("OPEN", "CLOSING");
    await null;
    now += 3;
    state("CLOSING", "CLOSED", { closed });
    assert.deepEqual(arrows(), ["client call: Close 1000 asked for", "server answer: Close acknowledged · 3 ms"]);
    journal.clear();
    state("OPEN", "CLOSING");
    state("CLOSING", "CLOSED", { closed: { ...closed, code: 1012, reason: "restart" } });
    await null;
    assert.deepEqual(arrows(), ["server call: Close 1012 · restart", "client answer: Close acknowledged"]);
  });

  test("keeps no secret and no more than it must, of any frame", () => {
    frame("client", [{ type: "hello", ref: 0, name: "ann", session: "s3cret", token: "s3cret" }]);
    frame("client", [], { data: new Uint8Array([0, 255]) });
    assert.doesNotMatch(JSON.stringify(journal.steps), /s3cret/);
    assert.match(last().detail, /00 ff\n2 bytes$/);
    frame("server", [{ type: "entry", seq: { toString: 1 }, from: null, text: "x".repeat(9_999) }, { type: "toString" }]);
    assert.ok(last().detail.length < 5_000);
    for (let i = 0; i < 600; i++) frame("server", [{ type: "typing" }]);
    assert.deepEqual([journal.steps.length, journal.dropped], [500, 103]);
  });
});

describe("a journal of a client", () => {
  test("keeps no secret of JSON in binary frames", async (t) => {
    const server = await ScriptedServer.start();
    const client = new ParleyClient(server.url);
    t.after(() => (client.close(), server.stop()));
    client.wire.addEventListener("frame", ({ detail }) => journal.frame(detail));
    const welcome = client.connect({ name: "ann" });
    const line = await server.line();
    const { ref } = await line.hearsA("hello");
    line.tellsInBinary({ type: "welcome", ref, session: "s3cret", user: "ann", heartbeat: 20_000, limits: {} });
    assert.equal((await welcome).session, "s3cret");
    const { label, detail } = last();
    assert.match(label, /^welcome #0 · you are ann/);
    assert.equal(JSON.parse(detail).session, "…");
    for (const secret of ["s3cret", Buffer.from("s3cret").toString("hex")]) {
      assert.ok(!JSON.stringify(journal.steps).replaceAll(" ", "").includes(secret), secret);
    }
  });
});

describe("as Mermaid", () => {
  test("no text of others is more than text", () => {
    frame("server", [{ type: "entry", seq: 1, from: "bob", text: "a;b #c\nend %%{init}%% <b> `$$`" }]);
    const [, , , line] = toMermaid(journal.steps).split("\n");
    assert.match(line, /^ {2}Server->>Client: ([\p{L}\p{N} .·:]|#\d+;)+$/u);
    assert.match(line, /#35;c end/);
  });

  test("the states have these transitions, and no other", () => {
    const text = statesMermaid("OPEN", ["CONNECTING", "OPEN"]);
    assert.deepEqual(text.match(/\w+ --> \w+/g), [
      "CONNECTING --> OPEN", "OPEN --> MESSAGE_RECEIVED", "MESSAGE_RECEIVED --> OPEN", "OPEN --> CLOSING",
      "CLOSING --> CLOSED", "CONNECTING --> CLOSED", "OPEN --> CLOSED",
    ]);
    assert.match(text, /class OPEN now/);
  });
});
