/** How the client is known by tokens, which end. */
import assert from "node:assert/strict";
import { describe } from "node:test";
import { client, next, replaceClient, server, test } from "./client-setting.js";

/** Gives token-1, token-2 and so on. */
function numbered() {
  let count = 0;
  return () => `token-${++count}`;
}

describe("a token", () => {
  test("goes first on each connection, got anew", async () => {
    const tokens = numbered();
    const welcome = client.connect({ token: async () => tokens() });
    let line = await server.guest();
    await welcome;
    assert.equal(line.hello.token, "token-1");
    line.tells({ type: "bye", code: 1012, reason: "", retryAfter: 1 });
    line.close(1012);
    line = await server.guest();
    assert.equal(line.hello.token, "token-2");
    assert.equal(line.hello.session, "secret");
  });

  test("is renewed before it ends, on the open connection", async () => {
    const welcome = client.connect({ token: numbered() });
    const line = await server.guest({ expires: 40 });
    await welcome;
    let welcomes = 0;
    client.addEventListener("welcome", () => welcomes++);
    const hello = await line.hearsA("hello");
    assert.deepEqual(Object.keys(hello).sort(), ["ref", "token", "type"]);
    assert.equal(hello.token, "token-2");
    line.tells({ type: "welcome", ref: hello.ref, session: "newer", user: "ann", heartbeat: 20_000, limits: {}, expires: 40 });
    assert.equal((await line.hearsA("hello")).token, "token-3");
    assert.equal(welcomes, 0);
    line.tells({ type: "bye", code: 1012, reason: "", retryAfter: 1 });
    line.close(1012);
    assert.equal((await server.guest()).hello.session, "newer");
  });

  test("that has ended is followed by another, on another connection", async () => {
    const welcome = client.connect({ token: numbered() });
    const line = await server.guest();
    await welcome;
    line.close(4401, "the token has expired");
    assert.equal((await next(client, "state", ({ to }) => to === "CLOSED")).closed.comesBack, true);
    assert.equal((await server.guest()).hello.token, "token-2");
  });

  test("that is refused is not shown again", async () => {
    const welcome = client.connect({ token: numbered() });
    const closed = next(client, "closed");
    const line = await server.line();
    const { ref } = await line.hearsA("hello");
    const signIn = { token: true, page: "signed-in" };
    line.tells({ type: "error", ref, code: "unauthorized", message: "the token has expired" });
    line.tells({ type: "bye", code: 4401, reason: "the token has expired", signIn });
    line.close(4401);
    await assert.rejects(welcome, { code: "unauthorized", message: "the token has expired" });
    const { comesBack, ...end } = await closed;
    assert.equal(comesBack, false);
    assert.deepEqual([end.code, end.signIn], [4401, signIn]);
    assert.ok(server.isAlone);
  });

  test("that is rejected ends the client, too, where the server does not close", async () => {
    const welcome = client.connect({ token: "t" });
    const closed = next(client, "closed");
    const line = await server.line();
    const { ref } = await line.hearsA("hello");
    line.tells({ type: "error", ref, code: "unauthorized", message: "this server takes no tokens" });
    await assert.rejects(welcome, { code: "unauthorized", message: "this server takes no tokens" });
    line.cut();
    assert.equal((await closed).comesBack, false);
    assert.ok(server.isAlone);
  });

  for (const [how, token, reason] of [
    ["fails", () => Promise.reject(new Error("the issuer is not there")), "the issuer is not there"],
    ["gives none", () => undefined, "the function for tokens gave none"],
  ])
  test(`that a function ${how} is tried for again, and nobody becomes a guest`, async () => {
    const tokens = numbered();
    let fails = true;
    const welcome = client.connect({ token: () => (fails ? token() : tokens()) });
    const { closed } = await next(client, "state", ({ to }) => to === "CLOSED");
    assert.equal(closed.reason, reason);
    fails = false;
    client.reconnect();
    await server.line();
    const line = await server.guest();
    await welcome;
    assert.equal(line.hello.token, "token-1");
  });

  test("that is renewed late is no new greeting", async () => {
    replaceClient(server.url, { patience: 50 });
    const welcome = client.connect({ token: numbered() });
    const line = await server.guest({ expires: 40 });
    await welcome;
    client.addEventListener("welcome", () => assert.fail("it was welcomed again"));
    const hello = await line.hearsA("hello");
    await assert.rejects(client.history("a"), { code: "timeout" });
    line.tells({ type: "welcome", ref: hello.ref, session: "newer", user: "ann", heartbeat: 20_000, limits: {} });
    const said = client.say("a", "still here");
    await line.hearsA("history");
    await line.stores(1);
    await said;
  });

  test("without a way to a new one is the last", async () => {
    const welcome = client.connect({ token: "only" });
    const line = await server.guest({ expires: 40 });
    await welcome;
    assert.equal(line.hello.token, "only");
    const closed = next(client, "closed");
    line.close(4401, "the token has expired");
    assert.equal((await closed).comesBack, false);
  });
});
