/** How the client comes back after its line broke. */
import assert from "node:assert/strict";
import { describe } from "node:test";
import { ParleyClient } from "../../main/webapp/parley.js";
import { back, client, entries, entry, inRoom, next, replaceClient, server, test, told } from "./client-setting.js";

describe("after its line broke, the client", () => {
  test("is the same person again, joins from where it was, and then says what has no answer, in order", async () => {
    const line = await inRoom(3);
    line.tells(entry(4));
    await next(client, "entry");
    const said = ["one", "two", "three"].map((text) => client.say("a", text, `id-${text}`));
    const before = [await line.hears(), await line.hears(), await line.hears()];
    line.tells({ type: "said", ref: before[0].ref, room: "a", seq: 5, id: "id-one", at: "" });
    await said[0];
    line.cut();
    const again = await server.guest();
    assert.equal(again.hello.session, "secret");
    const join = await again.hearsA("join");
    assert.deepEqual([join.room, join.since, join.epoch], ["a", 4, "e"]);
    again.tells({ type: "joined", ref: join.ref, room: "a", epoch: "e", seq: 5, members: [], entries: entries(5), recovered: true });
    assert.equal((await again.stores(6)).id, "id-two");
    assert.equal((await again.stores(7)).id, "id-three");
    assert.deepEqual((await Promise.all(said)).map(({ seq }) => seq), [5, 6, 7]);
  });

  test("keeps the name that it was given", async () => {
    client.connect({ name: "ann", tab: "1" });
    const line = await server.guest({ user: "ann-2" });
    const { hello } = await back(line, { user: "ann-2" });
    assert.deepEqual([hello.name, hello.session, hello.tab], ["ann-2", "secret", "1"]);
  });

  test("keeps the name that it was given in the place of its own", async () => {
    const line = await inRoom();
    const renamed = next(client, "renamed");
    line.tells({ type: "renamed", user: "ann-3", reason: "the name ann belongs to a user" });
    assert.deepEqual([(await renamed).user, (await renamed).reason], ["ann-3", "the name ann belongs to a user"]);
    const { hello } = await back(line, { user: "ann-3" });
    assert.deepEqual([hello.name, hello.session], ["ann-3", "secret"]);
  });

  test("hears of direct rooms until it has joined them", async () => {
    const line = await inRoom();
    const invited = next(client, "invited");
    const caller = { kind: "user", id: "bob@example.com" };
    line.tells({ type: "invited", room: "a", from: "bob", caller, seq: 1 });
    line.tells({ type: "invited", room: "@bob@example.com", from: "bob", caller, seq: 2 });
    assert.deepEqual([(await invited).room, (await invited).caller], ["@bob@example.com", caller]);
  });

  test("is in no direct room of the user that it was before, if it is another one", async () => {
    const welcome = client.connect({ name: "ann" });
    const line = await server.guest({ caller: { kind: "user", id: "ann" } });
    await welcome;
    for (const room of ["a", "@bob"]) {
      const joined = client.join(room);
      await line.joins({ seq: 3 });
      await joined;
    }
    const failed = [client.say("@bob", "from ann to bob"), client.join("@dan")];
    await line.hearsA("say");
    await line.hearsA("join");
    const gone = next(client, "error");
    line.cut();
    const again = await server.guest({ user: "cleo", caller: { kind: "user", id: "cleo" } });
    for (const each of failed) await assert.rejects(each, { code: "forbidden" });
    assert.equal((await gone).room, "@bob");
    assert.equal((await again.joins({ seq: 3, recovered: true })).room, "a");
    client.say("a", "from cleo").catch(() => {});
    assert.equal((await again.hears()).text, "from cleo");
  });

  test("shows the same nonce until it is welcomed, and another one after that", async () => {
    client.connect({ name: "ann" });
    const nonces = [];
    for (let i = 0; i < 2; i++) {
      const line = await server.line();
      nonces.push((await line.hearsA("hello")).nonce);
      line.cut();
    }
    const line = await server.guest();
    nonces.push(line.hello.nonce, (await back(line)).hello.nonce);
    assert.deepEqual(nonces.slice(0, 3), Array(3).fill(nonces[0]));
    assert.notEqual(nonces[3], nonces[0]);
    for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{32}$/);
    const other = new ParleyClient(server.url);
    const welcome = other.connect();
    assert.ok(!nonces.includes((await server.guest()).hello.nonce));
    await welcome;
    other.close();
  });

  test("comes back once where a line of its own that it gave up replaces it", async () => {
    const closed = (client.connect({ name: "ann" }), next(client, "closed"));
    const first = await server.line();
    await first.hearsA("hello");
    first.cut();
    // The first hello was only slow: behind a proxy, it reaches the server after the second one.
    (await server.guest()).close(4409, "replaced");
    (await server.guest()).close(4409, "replaced");
    assert.deepEqual(await closed, { code: 4409, reason: "replaced", comesBack: false, retryAfter: undefined });
  });

  test("asks its owner each time who it is, where the owner wants that", async () => {
    const sessions = ["newest", "older"];
    client.connect(() => ({ name: "ann", session: sessions.pop() }));
    const line = await server.guest();
    assert.equal(line.hello.session, "older");
    assert.equal((await back(line)).hello.session, "newest");
  });

  test("says nothing before all of its rooms have answered", async () => {
    const line = await inRoom();
    const joined = client.join("b");
    await line.joins();
    await joined;
    line.cut();
    const again = await server.guest();
    client.say("a", "patience").catch(() => {});
    const first = await again.hearsA("join");
    const second = await again.hearsA("join");
    const answer = ({ ref, room }) => ({ type: "joined", ref, room, epoch: "e", seq: 0, members: [], entries: [], recovered: true });
    again.tells(answer(second));
    // A gap makes the client say something at once: what it said before that would be heard before.
    again.tells(entry(9, "b"));
    const third = await again.hearsA("join");
    again.tells(answer(first));
    again.tells(entry(9, "a"));
    const fourth = await again.hearsA("join");
    assert.deepEqual([third.room, fourth.room], ["b", "a"]);
    again.tells(answer(third), answer(fourth));
    assert.equal((await again.stores(1)).text, "patience");
  });

  test("tells each entry once, in order, whatever comes twice", async () => {
    const line = await inRoom();
    const seqs = told(client);
    line.tells(...entries(1, 2));
    await next(client, "entry", ({ seq }) => seq === 2);
    const again = await back(line);
    await again.joins({ seq: 4, entries: entries(1, 2, 3), recovered: true });
    again.tells(...entries(3, 4));
    await next(client, "entry", ({ seq }) => seq === 4);
    assert.deepEqual(seqs, [1, 2, 3, 4]);
  });

  test("asks for what is missing, once, and tells nothing beyond before that came", async () => {
    const line = await inRoom(1);
    const seqs = told(client);
    line.tells(...entries(4, 5));
    assert.equal((await line.joins({ seq: 5, entries: entries(2, 3, 4), recovered: true })).since, 1);
    line.tells(...entries(5, 6));
    await next(client, "entry", ({ seq }) => seq === 6);
    assert.deepEqual(seqs, [2, 3, 4, 5, 6]);
    client.say("a", "nothing else was asked").catch(() => {});
    assert.equal((await line.hears()).type, "say");
  });

  test("forgets its places in a log that is another one", async () => {
    const line = await inRoom(900);
    client.read("a", 900);
    await line.hearsA("read");
    const again = await back(line);
    const page = next(client, "joined");
    await again.joins({ epoch: "f", seq: 2, entries: entries(1, 2), recovered: false });
    assert.deepEqual((await page).entries.map(({ seq }) => seq), [1, 2]);
    client.read("a", 2);
    assert.deepEqual(await again.hears(), { type: "read", room: "a", seq: 2 });
    const third = await back(again);
    assert.equal((await third.joins({ epoch: "f", seq: 2, recovered: true })).since, 2);
  });

  test("asks for pages and rooms again that had no answer, and leaves what it left", async () => {
    const line = await inRoom();
    const b = client.join("b", { limit: 7 });
    const page = client.history("a", { before: 9 });
    const left = client.leave("a");
    for (const type of ["join", "history", "leave"]) await line.hearsA(type);
    const again = await back(line);
    await left;
    assert.deepEqual(await again.joins({ seq: 3 }), { type: "join", room: "b", limit: 7 });
    const { ref, before } = await again.hearsA("history");
    assert.equal(before, 9);
    again.tells({ type: "history", ref, room: "a", entries: [], more: false });
    assert.equal((await b).seq, 3);
    assert.equal((await page).more, false);
  });

  test("tells again how far was read, and drops that someone typed", async () => {
    const line = await inRoom(5);
    client.read("a", 3);
    await line.hearsA("read");
    line.close(4000);
    await next(client, "state", ({ to }) => to === "CLOSED");
    client.typing("a");
    client.read("a", 4);
    client.read("a", 5);
    client.read("a", 2);
    const again = await server.guest();
    await again.joins({ seq: 5, recovered: true });
    assert.deepEqual(await again.hears(), { type: "read", room: "a", seq: 5 });
    client.typing("a");
    assert.deepEqual(await again.hears(), { type: "typing", room: "a" });
    const third = await back(again);
    await third.joins({ seq: 5, recovered: true });
    assert.deepEqual(await third.hears(), { type: "read", room: "a", seq: 5 });
  });

  test("says bytes again as well", async () => {
    const line = await inRoom();
    const content = Uint8Array.from([0, 1, 2, 255]);
    const said = client.send("a", { media: "image/png", name: "ü.png", content }, "picture");
    content.fill(9);
    await line.hearsA("say");
    const again = await back(line);
    await again.joins({ recovered: true });
    const { id, media, name, content: bytes } = await again.stores(1);
    assert.deepEqual([id, media, name, [...bytes]], ["picture", "image/png", "ü.png", [0, 1, 2, 255]]);
    assert.equal((await said).seq, 1);
  });

  test("asks again on the same line for a room that can't be had now", async () => {
    (await inRoom()).cut();
    const line = await server.guest();
    for (const code of ["unavailable", "tooFast", "unavailable"]) {
      const { ref } = await line.hearsA("join");
      line.tells({ type: "error", ref, code, message: "not now" });
    }
    const joined = next(client, "joined");
    assert.equal((await line.joins({ seq: 1, recovered: true })).since, 0);
    assert.equal((await joined).recovered, true);
  });

  test("goes on in other rooms while one can't be had, and keeps what is to be said there", async () => {
    const line = await inRoom();
    const b = client.join("b");
    await line.joins();
    await b;
    const again = await back(line);
    const { ref, room } = await again.hearsA("join");
    assert.equal(room, "a");
    const [first, second] = [client.say("a", "first"), client.say("b", "second")];
    client.read("a", 1);
    again.tells({ type: "error", ref, code: "unavailable", message: "not now" });
    await again.joins({ recovered: true });
    assert.equal((await again.stores(1)).text, "second");
    await second;
    await again.joins({ recovered: true });
    assert.equal((await again.stores(1)).text, "first");
    await first;
  });

  test("asks no more for a room that was left meanwhile", async () => {
    const again = await back(await inRoom());
    const { ref } = await again.hearsA("join");
    again.tells({ type: "error", ref, code: "unavailable", message: "not now" });
    // The answer to what is asked behind it shows that the error was heard.
    const page = client.history("b");
    const history = await again.hearsA("history");
    again.tells({ type: "history", ref: history.ref, room: "b", entries: [], more: false });
    await page;
    client.leave("a");
    const left = await again.hearsA("leave");
    again.tells({ type: "error", ref: left.ref, code: "notMember", message: "join first" });
    client.join("b").catch(() => {});
    assert.equal((await again.hearsA("join")).room, "b");
  });

  test("is out of a room that is refused, says so, and goes on in the others", async () => {
    const line = await inRoom();
    const b = client.join("b");
    await line.joins();
    await b;
    const said = client.say("a", "still here?");
    await line.hearsA("say");
    const again = await back(line);
    const error = next(client, "error");
    const { ref, room } = await again.hearsA("join");
    again.tells({ type: "error", ref, code: "forbidden", message: "not you" });
    assert.deepEqual(await error, { code: "forbidden", message: "not you", room });
    assert.equal((await again.joins({ recovered: true })).room, "b");
    // Sent again, it would be rejected.
    await assert.rejects(said, { code: "forbidden", message: "not you", room: "a" });
    const third = await back(again);
    assert.equal((await third.joins({ recovered: true })).room, "b");
    client.history("b").catch(() => {});
    assert.equal((await third.hears()).type, "history");
  });

  test("has the name that the server gives it now", async () => {
    const line = await inRoom();
    const welcome = next(client, "welcome");
    await back(line, { user: "ann-2", session: "another" });
    assert.equal((await welcome).user, "ann-2");
  });
});

describe("when to come back", () => {
  test("is told by the server, to the millisecond", async () => {
    const line = await inRoom();
    const closed = next(client, "state", ({ to }) => to === "CLOSED");
    line.tells({ type: "bye", code: 1001, reason: "going away", retryAfter: 37 });
    line.close(1001);
    const { retryIn, attempt, closed: why } = await closed;
    assert.deepEqual([retryIn, attempt, why.code, why.reason], [37, 1, 1001, "going away"]);
    await server.guest();
  });

  for (const code of [1001, 1011, 1012, 1013, 4000, 4001, 4399]) {
    test(`is soon after ${code}`, async () => {
      const line = await inRoom();
      const closed = next(client, "state", ({ to }) => to === "CLOSED");
      line.close(code);
      const { retryIn } = await closed;
      assert.ok(retryIn >= 0 && retryIn < 500, String(retryIn));
      await server.guest();
    });
  }

  for (const code of [1000, 1002, 1003, 1007, 1008, 1009, 1010, 4400, 4401, 4403, 4409, 4999]) {
    test(`is never after ${code}`, async () => {
      const line = await inRoom();
      const said = client.say("a", "hello?");
      const states = [];
      client.addEventListener("state", ({ detail }) => states.push(detail));
      const closed = next(client, "closed");
      line.close(code, "because");
      assert.deepEqual(await closed, { code, reason: "because", comesBack: false, retryAfter: undefined });
      await assert.rejects(said, { code: "closed", message: "because" });
      await assert.rejects(client.say("a", "anyone?"), { code: "closed" });
      assert.equal(states.at(-1).to, "CLOSED");
      assert.equal(states.at(-1).retryIn, undefined);
      client.reconnect();
      assert.equal(client.state, "CLOSED");
    });
  }

  test("counts the tries, which a server that is not there can't end", async () => {
    const { url } = server;
    server.stop();
    replaceClient(url);
    const attempts = [];
    client.addEventListener("state", ({ detail }) => detail.to === "CONNECTING" && attempts.push(detail.attempt));
    client.connect().catch(() => {});
    await next(client, "state", ({ retryIn }) => retryIn !== undefined);
    client.reconnect();
    await next(client, "state", ({ retryIn }) => retryIn !== undefined);
    client.reconnect();
    assert.deepEqual(attempts, [1, 2, 3]);
  });

  test("is when the server gives no sign of life", async () => {
    const line = await inRoom(0, { heartbeat: 10 });
    assert.equal((await line.hears()).type, "beat");
    assert.equal(await line.closed, 4001);
    await server.guest();
  });

  test("is not while there are signs of life", async () => {
    const line = await inRoom(0, { heartbeat: 10 });
    for (let i = 0; i < 5; i++) {
      await line.hearsA("beat");
      line.tells({ type: "beat" });
    }
    assert.equal(client.state, "OPEN");
  });

  test("is when it plays dead, whatever the server says, and all comes with the return", async () => {
    const line = await inRoom(0, { heartbeat: 10 });
    const heard = [];
    client.addEventListener("entry", ({ detail }) => heard.push(detail.seq));
    client.wire.mute();
    line.tells(entry(1));
    assert.equal(await line.closed, 4001);
    const later = await server.guest();
    const joined = next(client, "joined");
    await later.joins({ recovered: true, entries: [entry(1)] });
    assert.deepEqual((await joined).entries.map(({ seq }) => seq), [1]);
    assert.deepEqual(heard, []);
  });
});
