/** What the client does on its first line, and at the end. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe } from "node:test";
import { createServer } from "node:http";
import { back, client, entries, entry, inRoom, next, replaceClient, server, test, told } from "./client-setting.js";

describe("at the beginning", () => {
  test("what is asked before there is a line goes out on the first one, in order", async () => {
    const said = [client.join("a"), client.say("a", "one"), client.say("a", "two")];
    client.connect({ name: "ann" });
    const line = await server.guest();
    await line.joins();
    assert.equal((await line.stores(1)).text, "one");
    assert.equal((await line.stores(2)).text, "two");
    assert.equal((await Promise.all(said))[2].seq, 2);
  });

  test("a value is sent as it was when it was said", async () => {
    const value = { step: 1 };
    const said = [client.join("a"), client.say("a", value, { kind: "k" })];
    value.step = 2;
    assert.throws(() => client.say("a", undefined), TypeError);
    client.connect({ name: "ann" });
    const line = await server.guest();
    await line.joins();
    assert.deepEqual((await line.stores(1)).data, { step: 1 });
    await Promise.all(said);
    assert.throws(() => client.signal("a", () => {}), TypeError);
  });

  test("a refused hello is the end", async () => {
    const welcome = client.connect({ name: "?" });
    const said = client.say("a", "hello");
    const closed = next(client, "closed");
    const line = await server.line();
    const { ref } = await line.hearsA("hello");
    line.tells({ type: "error", ref, code: "badRequest", message: "no name" });
    await assert.rejects(welcome, { code: "badRequest", message: "no name" });
    await assert.rejects(said, { code: "closed" });
    assert.equal((await closed).code, 1000);
  });

  test("a hello that can't be heard now is said again", async () => {
    const welcome = client.connect();
    const line = await server.line();
    const { ref } = await line.hearsA("hello");
    line.tells({ type: "error", ref, code: "unavailable", message: "not now" });
    await server.guest({ user: "guest-1" });
    assert.equal((await welcome).user, "guest-1");
  });

  test("a place known from an earlier conversation is where a room goes on", async () => {
    client.connect();
    const line = await server.guest();
    const seqs = told(client);
    const joined = client.join("a", { since: 7, epoch: "e" });
    const asked = await line.joins({ seq: 8, entries: entries(7, 8), recovered: true });
    assert.deepEqual([asked.since, asked.epoch], [7, "e"]);
    await joined;
    assert.deepEqual(seqs, [8]);
  });

  test("a server that is not there, or refuses the handshake, is given up in time, with a reason", async () => {
    const elsewhere = await refusingServer(401);
    for (const url of ["ws://127.0.0.1:1/chat", elsewhere.url]) {
      replaceClient(url, { connectTimeout: 300 });
      const welcome = client.connect();
      const said = client.say("a", "hello");
      const closed = next(client, "closed");
      await assert.rejects(welcome, { name: "ParleyError", code: "unavailable", message: /within 300 ms: nothing listens there/ });
      await assert.rejects(said, { code: "closed" });
      assert.equal((await closed).comesBack, false);
      assert.equal(client.state, "CLOSED");
    }
    elsewhere.stop();
  });

  test("a server that says nothing is given up in time", async () => {
    replaceClient(server.url, { connectTimeout: 300 });
    const welcome = client.connect();
    await server.line();
    await assert.rejects(welcome, { code: "unavailable", message: /within 300 ms/ });
  });

  test("a client that may wait for ever does not give up at once", async () => {
    replaceClient(server.url, { connectTimeout: Infinity, patience: Infinity });
    const welcome = client.connect();
    const said = client.say("a", "one");
    const line = await server.guest();
    await welcome;
    await line.stores(1);
    assert.equal((await said).seq, 1);
  });

  test("a time to connect that is none is refused", async () => {
    for (const connectTimeout of [0, -1, NaN]) {
      replaceClient(server.url, { connectTimeout });
      await assert.rejects(client.connect(), RangeError);
    }
  });

  for (const [code, why] of [[4401, "unauthorized"], [4403, "forbidden"], [4400, "closed"]]) {
    test(`a server that closes with ${code} before its welcome says why`, async () => {
      const welcome = client.connect();
      const line = await server.line();
      await line.hearsA("hello");
      line.close(code, "not you");
      await assert.rejects(welcome, { code: why, message: "not you" });
    });
  }

  test("a client connects once", async () => {
    client.connect().catch(() => {});
    await assert.rejects(client.connect(), { code: "closed" });
  });
});

/** A server that answers each handshake with a status, as those do that want to know first who it is. */
async function refusingServer(status) {
  const http = createServer();
  http.on("upgrade", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`));
  await new Promise((listening) => http.listen(0, "127.0.0.1", listening));
  return { url: `ws://127.0.0.1:${http.address().port}/chat`, stop: () => http.close() };
}

describe("a request", () => {
  test("fails with the server's reason", async () => {
    const line = await inRoom();
    const said = client.say("a", "");
    const { ref } = await line.hearsA("say");
    line.tells({ type: "error", ref, code: "badRequest", message: "text must not be empty" });
    await assert.rejects(said, { name: "ParleyError", code: "badRequest", message: "text must not be empty", room: "a" });
  });

  test("that exceeds the quota of a day fails with the time to wait, and is not sent again", async () => {
    const line = await inRoom();
    const said = client.say("a", "one");
    const { ref } = await line.hearsA("say");
    line.tells({ type: "error", ref, code: "tooFast", message: "you may make 3 rooms in a day", retryAfter: 7_200_000 });
    await assert.rejects(said, { name: "ParleyError", code: "tooFast", message: "you may make 3 rooms in a day", room: "a", retryAfter: 7_200_000 });
    const again = await back(line);
    await again.joins({ recovered: true });
    client.say("a", "two").catch(() => {});
    assert.equal((await again.hearsA("say")).text, "two");
  });

  test("fails in time, over however many connections, and is not sent any more", async () => {
    replaceClient(server.url, { patience: 100 });
    const line = await inRoom();
    const said = client.say("a", "one");
    await line.hearsA("say");
    const again = await back(line);
    await assert.rejects(said, { code: "timeout" });
    await again.joins({ recovered: true });
    client.say("a", "two").catch(() => {});
    assert.equal((await again.hearsA("say")).text, "two");
  });

  test("that is larger than the server takes is not sent, as that would break every line", async () => {
    const line = await inRoom(0, { text: 200, binary: 200 });
    await assert.rejects(client.say("a", "x".repeat(200)), { code: "tooLarge" });
    await assert.rejects(client.send("a", { media: "x", content: new Uint8Array(201) }), { code: "tooLarge" });
    client.send("a", { media: "x", content: new Uint8Array(200) }).catch(() => {});
    assert.equal((await line.hearsA("say")).content.length, 200);
    client.say("a", "x").catch(() => {});
    assert.equal((await line.hearsA("say")).text, "x");
  });

  test("of a header that is too long fails", async () => {
    await assert.rejects(client.send("a", { media: "x".repeat(5_000), content: new Uint8Array() }), { code: "badRequest" });
  });
});

describe("bytes", () => {
  const bytes = Uint8Array.from([9, 1, 0, 2, 0, 3, 0, 9]);
  const shapes = {
    "a Uint8Array": [bytes.subarray(1, 7), [1, 0, 2, 0, 3, 0]],
    "an array of larger numbers": [Uint16Array.from([1, 258]), [1, 0, 2, 1]],
    "a DataView": [new DataView(bytes.buffer, 1, 2), [1, 0]],
    "an ArrayBuffer": [Uint8Array.from([4, 5]).buffer, [4, 5]],
    "a Blob": [new Blob(["Grü", Uint8Array.from([0])]), [71, 114, 195, 188, 0]],
    "a text": ["abc 12ü", [97, 98, 99, 32, 49, 50, 195, 188]],
    "an empty text": ["", []],
  };
  for (const [shape, [content, expected]] of Object.entries(shapes)) {
    test(`may come as ${shape}`, async () => {
      const line = await inRoom();
      client.send("a", { media: "x/y", content }).catch(() => {});
      const said = await line.hearsA("say");
      assert.deepEqual([...said.content], expected);
      assert.equal(said.media, "x/y");
    });
  }

  test("of any other shape are a TypeError, and nothing of them is sent", async () => {
    const line = await inRoom();
    for (const content of [undefined, null, 7, [1, 2], { length: 1 }, new Date()]) {
      await assert.rejects(client.send("a", { media: "x", content }), TypeError);
    }
    await assert.rejects(client.send("a", { content: "x" }), TypeError);
    client.say("a", "x").catch(() => {});
    assert.equal((await line.hears()).text, "x");
  });

  test("of a Blob have its media type, and keep their place before what is said next", async () => {
    const line = await inRoom();
    const said = [client.send("a", { content: new Blob(["x"], { type: "text/css" }) }), client.say("a", "next")];
    assert.equal((await line.stores(1)).media, "text/css");
    assert.equal((await line.stores(2)).text, "next");
    await Promise.all(said);
  });

  test("of a Blob that can't be read fail, and what is said next goes on", async () => {
    const line = await inRoom();
    const content = new Blob(["x"]);
    content.arrayBuffer = () => Promise.reject(new Error("it is gone"));
    const said = client.send("a", { content });
    client.say("a", "next").catch(() => {});
    await assert.rejects(said, /gone/);
    assert.equal((await line.hears()).text, "next");
  });

  test("may be more than four megabytes, where the server takes them", async () => {
    const line = await inRoom(0, { binary: 8 << 20 });
    client.send("a", { media: "x", content: new Uint8Array(8 << 20) }).catch(() => {});
    assert.equal((await line.hearsA("say")).content.length, 8 << 20);
  });
});

describe("what was asked", () => {
  test("can be taken back until it is sent", async () => {
    const taking = new AbortController();
    const said = client.say("a", "one", "1", { signal: taking.signal });
    client.say("a", "two").catch(() => {});
    taking.abort();
    await assert.rejects(said, { code: "cancelled", room: "a" });
    client.connect().catch(() => {});
    const line = await server.guest();
    assert.equal((await line.hearsA("say")).text, "two");
  });

  test("and sent can't be taken back on this line, and isn't sent on another", async () => {
    const line = await inRoom();
    const takings = [new AbortController(), new AbortController()];
    const [stored, lost] = takings.map(({ signal }, i) => client.say("a", `${i}`, `${i}`, { signal }));
    const { ref, id } = await line.hearsA("say");
    await line.hearsA("say");
    takings.forEach((taking) => taking.abort());
    line.tells({ type: "said", ref, room: "a", seq: 1, id, at: "2026-01-01T00:00:00.000Z" });
    assert.equal((await stored).seq, 1);
    line.cut();
    await assert.rejects(lost, { code: "cancelled" });
  });
});

describe("how far was read", () => {
  test("leaves behind what is said, and once a second", async () => {
    const line = await inRoom(9, { rate: 2 });
    client.read("a", 1);
    client.say("a", "one").catch(() => {});
    client.read("a", 2);
    client.say("a", "two").catch(() => {});
    client.read("a", 3);
    const heard = [];
    while (heard.filter((what) => what !== "one" && what !== "two").length < 1) {
      const { text, seq } = await line.hears();
      heard.push(text ?? seq);
    }
    assert.deepEqual(heard, ["one", "two", 3]);
  });

  test("is told of the newest place alone where many come", async () => {
    const line = await inRoom(100);
    client.read("a", 1);
    assert.equal((await line.hearsA("read")).seq, 1);
    for (let seq = 2; seq <= 100; seq++) client.read("a", seq);
    assert.equal((await line.hearsA("read")).seq, 100);
  });
});

describe("a room", () => {
  test("is joined once, however many ask meanwhile", async () => {
    client.connect();
    const line = await server.guest();
    const both = [client.join("a"), client.join("a")];
    await line.joins({ seq: 5 });
    assert.deepEqual((await Promise.all(both)).map(({ seq }) => seq), [5, 5]);
    client.say("a", "x").catch(() => {});
    assert.equal((await line.hears()).type, "say");
  });

  test("tells nothing after it was left, not even what was on its way, and can be joined anew", async () => {
    const line = await inRoom(1);
    const seqs = told(client);
    const left = client.leave("a");
    const joined = client.join("a");
    const { ref } = await line.hearsA("leave");
    line.tells(entry(2), { type: "presence", room: "a", user: "bob", online: true }, { type: "left", ref, room: "a" });
    await left;
    assert.equal((await line.joins({ seq: 3, entries: entries(3) })).since, undefined);
    await joined;
    assert.deepEqual(seqs, [3]);
  });

  test("that was left before its join was answered is no room of this client", async () => {
    client.connect();
    const line = await server.guest();
    const seqs = told(client);
    const joined = client.join("a");
    const join = await line.hearsA("join");
    const left = client.leave("a");
    await assert.rejects(joined, { code: "notMember" });
    const { ref } = await line.hearsA("leave");
    line.tells(
      { type: "joined", ref: join.ref, room: "a", epoch: "e", seq: 1, members: [], entries: entries(1), recovered: false },
      entry(2),
      { type: "left", ref, room: "a" },
    );
    await left;
    assert.deepEqual(seqs, []);
    const again = await back(line);
    client.history("b").catch(() => {});
    assert.equal((await again.hears()).type, "history");
  });

  test("that the server puts this client out of ends what waits for it", async () => {
    const line = await inRoom(0, { rate: 1 });
    const error = next(client, "error");
    const sent = client.say("a", "sent");
    await line.hearsA("say");
    const unsent = Promise.allSettled([client.say("a", "unsent"), client.history("a")]);
    line.tells({ type: "left", room: "a", reason: "you may not be here" });
    const why = { code: "forbidden", message: "you may not be here", room: "a" };
    assert.deepEqual(await error, why);
    for (const { reason } of await unsent) assert.deepEqual([reason.code, reason.message, reason.room], Object.values(why));
    // Whether it was stored, nobody knows when the line breaks; it is not sent again.
    const [{ reason }, again] = await Promise.all([Promise.allSettled([sent]).then(([one]) => one), back(line)]);
    assert.equal(reason.code, "forbidden");
    client.history("b").catch(() => {});
    assert.equal((await again.hears()).room, "b");
  });

  test("tells what this person may do in it, and when that changes", async () => {
    client.connect();
    const line = await server.guest();
    const joined = client.join("a");
    const { ref } = await line.hearsA("join");
    line.tells({ type: "joined", ref, room: "a", epoch: "e", seq: 0, members: [], entries: [], recovered: false, may: [] });
    assert.deepEqual((await joined).may, []);
    const granted = next(client, "granted");
    line.tells({ type: "granted", room: "b", may: [] }, { type: "granted", room: "a", may: ["say"] });
    assert.deepEqual(await granted, { type: "granted", room: "a", may: ["say"] });
  });

  test("is moderated with one message for each action", async () => {
    client.connect();
    const line = await server.guest();
    const banned = client.moderate("a", { action: "ban", caller: { kind: "user", id: "bob" }, seconds: 60, reason: "spam" });
    const { ref, ...ban } = await line.hearsA("moderate");
    assert.deepEqual(ban, { type: "moderate", room: "a", action: "ban", seconds: 60, reason: "spam", callerId: "bob" });
    line.tells({ type: "moderated", ref, room: "a", action: "ban" });
    assert.equal((await banned).action, "ban");
    await assert.rejects(client.moderate("a", { action: "ban", caller: { kind: "guest", id: "bob" } }), { code: "badRequest" });
    const slowed = client.moderate("a", { action: "slow", seconds: 5 });
    const slow = await line.hearsA("moderate");
    assert.deepEqual(slow, { type: "moderate", ref: slow.ref, room: "a", action: "slow", seconds: 5 });
    line.tells({ type: "error", ref: slow.ref, code: "forbidden", message: "you may not moderate the room a" });
    await assert.rejects(slowed, { code: "forbidden", message: "you may not moderate the room a" });
  });

  test("makes a room and gives a role in it", async () => {
    client.connect();
    const line = await server.guest();
    const made = client.create("a", { closed: true });
    const create = await line.hearsA("create");
    assert.deepEqual(create, { type: "create", ref: create.ref, room: "a", closed: true });
    line.tells({ type: "moderated", ref: create.ref, room: "a", action: "create" });
    assert.equal((await made).action, "create");
    const open = client.create("b");
    const { ref } = await line.hearsA("create");
    line.tells({ type: "error", ref, code: "forbidden", message: "there is a room b already" });
    await assert.rejects(open, { code: "forbidden", message: "there is a room b already" });
    client.moderate("a", { action: "appoint", caller: { kind: "user", id: "bob" }, role: "owner" }).catch(() => {});
    const { ref: _, ...appoint } = await line.hearsA("moderate");
    assert.deepEqual(appoint, { type: "moderate", room: "a", action: "appoint", role: "owner", callerId: "bob" });
  });

  test("tells which entries were erased", async () => {
    client.connect();
    const line = await server.guest();
    const joined = client.join("a");
    await line.joins({ seq: 3, entries: entries(1, 3) });
    await joined;
    const erased = next(client, "erased");
    line.tells({ type: "erased", room: "b", seq: 1 }, { type: "erased", room: "a", seq: 2 });
    assert.deepEqual(await erased, { type: "erased", room: "a", seq: 2 });
  });

  test("that nobody waits for any more is left again", async () => {
    replaceClient(server.url, { patience: 50 });
    client.connect();
    const line = await server.guest();
    const joined = client.join("a");
    const { ref } = await line.hearsA("join");
    await assert.rejects(joined, { code: "timeout" });
    line.tells({ type: "joined", ref, room: "a", epoch: "e", seq: 0, members: ["ann"], entries: [], recovered: false });
    assert.equal((await line.hearsA("leave")).room, "a");
  });

  test("can be left without a line", async () => {
    const line = await inRoom();
    line.close(4000);
    await next(client, "state", ({ to }) => to === "CLOSED");
    await client.leave("a");
    const again = await server.guest();
    client.history("b").catch(() => {});
    assert.equal((await again.hears()).type, "history");
  });
});

describe("the end", () => {
  test("comes at once in the midst of a talk: what has no answer fails, and nobody comes back", async () => {
    const line = await inRoom();
    const pending = [client.say("a", "x"), client.history("a"), client.join("b")];
    const closed = next(client, "closed");
    client.close();
    client.close();
    for (const each of pending) await assert.rejects(each, { code: "closed" });
    assert.equal(await line.closed, 1000);
    assert.equal((await closed).code, 1000);
    assert.ok(server.isAlone);
  });

  test("comes between two tries as well", async () => {
    const line = await inRoom();
    line.tells({ type: "bye", code: 1001, reason: "", retryAfter: 60_000 });
    line.close(1001);
    await next(client, "state", ({ to }) => to === "CLOSED");
    const said = client.say("a", "x");
    const closed = next(client, "closed");
    client.close();
    await assert.rejects(said, { code: "closed" });
    await closed;
    client.reconnect();
    assert.equal(client.state, "CLOSED");
  });

  test("comes while a try is under way", async () => {
    const welcome = client.connect();
    const closed = next(client, "closed");
    client.close();
    await assert.rejects(welcome, { code: "closed" });
    await closed;
    assert.equal(client.state, "CLOSED");
  });

  test("lets a listener hear nothing more, not even what the same frame brought", async () => {
    const line = await inRoom();
    const seqs = told(client);
    client.addEventListener("entry", () => client.close());
    line.tells(...entries(1, 2, 3));
    await next(client, "closed");
    assert.deepEqual(seqs, [1]);
  });

  test("sends how far the person has read before it leaves", async () => {
    const line = await inRoom(3);
    client.read("a", 2);
    assert.equal((await line.hearsA("read")).seq, 2);
    client.read("a", 3);
    client.leave("a").catch(() => {});
    const [first, second] = [await line.hears(), await line.hears()];
    assert.deepEqual([first.type, first.seq, second.type], ["read", 3, "leave"]);
  });

  test("leaves nothing behind that would keep a program running", async () => {
    const { spawn } = await import("node:child_process");
    const parley = new URL("../../main/webapp/parley.js", import.meta.url);
    const script = `
      const { ParleyClient } = await import(${JSON.stringify(parley)});
      const client = new ParleyClient(${JSON.stringify(server.url)});
      client.say("a", "x").catch(() => {});
      await client.connect();
      client.close();`;
    const child = spawn(process.execPath, [...process.execArgv, "--input-type=module", "-e", script], { stdio: "inherit" });
    await server.guest();
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });
});
