/** How the client takes what a browser tells of its network and of the page's sleep. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe } from "node:test";
import { ParleyClient } from "../../main/webapp/parley.js";
import { client, inRoom, next, replaceClient, server, test } from "./client-setting.js";
import { ScriptedServer } from "./scripted-server.js";

/** What a browser would tell its page. */
function inBrowser(t) {
  const browser = new EventTarget();
  globalThis.addEventListener = browser.addEventListener.bind(browser);
  globalThis.removeEventListener = browser.removeEventListener.bind(browser);
  t.after(() => {
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  });
  return (type) => browser.dispatchEvent(new Event(type));
}

describe("the next try", () => {
  test("is now, when someone asks, the browser is online again or its page is seen again", async (t) => {
    const tells = inBrowser(t);
    let line = await inRoom();
    for (const now of [() => client.reconnect(), () => tells("online"), () => tells("visibilitychange"), () => tells("pageshow")]) {
      line.tells({ type: "bye", code: 1001, reason: "", retryAfter: 1e12 });
      line.close(1001);
      await next(client, "state", ({ retryIn }) => retryIn > 1e6);
      now();
      line = await server.guest();
      await line.joins({ recovered: true });
    }
  });

  test("is now, too, when someone asks while a try gets no answer", async (t) => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    t.after(() => silent.close());
    const tells = inBrowser(t);
    replaceClient(`ws://127.0.0.1:${silent.address().port}/chat`);
    const sockets = [];
    silent.on("connection", (socket) => sockets.push(socket.on("error", () => {})));
    client.connect().catch(() => {});
    await once(silent, "connection");
    for (const now of [() => client.reconnect(), () => tells("online")]) {
      const another = once(silent, "connection");
      now();
      await another;
    }
    assert.equal(client.state, "CONNECTING");
    client.close();
    sockets.forEach((socket) => socket.destroy());
  });

  test("is soon when a line gives no sign of life after whatever the browser tells", async (t) => {
    const doubts = [];
    for (const type of ["offline", "online", "visibilitychange", "pageshow", "resume"]) {
      const tells = inBrowser(t);
      const server = await ScriptedServer.start();
      const client = new ParleyClient(server.url);
      t.after(() => (client.close(), server.stop()));
      const welcome = client.connect({ name: "ann" });
      const line = await server.guest();
      await welcome;
      doubts.push(async () => {
        tells(type);
        assert.equal((await line.hears()).type, "beat", type);
        assert.equal(await line.closed, 4001, type);
        await server.guest();
      });
    }
    // Each takes seconds, and none of the others hears what this browser tells.
    await Promise.all(doubts.map((doubt) => doubt()));
  });

  test("is not when a line that was doubted gives a sign of life", async (t) => {
    const tells = inBrowser(t);
    const line = await inRoom();
    const roundTrip = next(client, "roundTrip");
    tells("offline");
    await line.hearsA("beat");
    line.tells({ type: "beat" });
    await roundTrip;
    tells("online");
    assert.equal((await line.hears()).type, "beat");
    assert.equal(client.state, "OPEN");
  });

  test("is not for the sleep of this page, which measures nothing", async () => {
    const line = await inRoom(0, { heartbeat: 1_000 });
    const measured = [];
    client.addEventListener("roundTrip", ({ detail }) => measured.push(detail));
    await line.hearsA("beat");
    line.tells({ type: "beat" });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
    await line.hearsA("beat");
    line.tells({ type: "beat" });
    await next(client, "roundTrip");
    assert.ok(Math.max(...measured) < 2_000, String(measured));
  });

  test("is not while the server's heartbeat is longer than a timer can be", async () => {
    const line = await inRoom(0, { heartbeat: 2 ** 31 });
    client.say("a", "no beat before").catch(() => {});
    assert.equal((await line.hears()).type, "say");
    assert.equal(client.state, "OPEN");
  });
});
