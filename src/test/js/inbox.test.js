/** What an application sends to one user, on the real server whose WebSocket PARLEY_CHAT names. Its application is the postman of the Java tests. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { afterEach, test as plainTest } from "node:test";
import { newId, ParleyClient } from "../../main/webapp/parley.js";
import { next } from "./events.js";

const SECRET = "a secret of more than thirty-two bytes";
const test = (name, body) => plainTest(name, { timeout: 60_000 }, body);
const clients = [];
afterEach(() => clients.splice(0).forEach((client) => client.close()));

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(sub) {
  const text = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded({ sub, exp: Math.floor(Date.now() / 1000) + 300 })}`;
  return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
}

async function signedIn(id) {
  const client = new ParleyClient(process.env.PARLEY_CHAT);
  clients.push(client);
  await client.connect(id ? { token: token(id) } : {});
  return client;
}

/** Sends a text to a user, by the application. */
async function sender() {
  const client = await signedIn(`sender-${newId()}`);
  await client.join("@postman");
  return (id, text) => client.say("@postman", `send ${id} ${text}`);
}

/** Keeps the texts, and waits for one of them. */
function listening() {
  const texts = [];
  let wanted = () => {};
  return {
    texts,
    hear: ({ room, text }) => (assert.equal(room, "@"), texts.push(text), wanted(text)),
    until: (last) => new Promise((resolve) => texts.includes(last) ? resolve() : (wanted = (text) => text === last && resolve())),
  };
}

test("each device gets it once and in order, also what came while its line was cut", async () => {
  const ann = `ann-${newId()}`;
  const [send, desk, phone] = [await sender(), await signedIn(ann), await signedIn(ann)];
  const [onDesk, onPhone] = [listening(), listening()];
  await desk.inbox(onDesk.hear);
  await phone.inbox(onPhone.hear);
  await send(ann, "one");
  await Promise.all([onDesk.until("one"), onPhone.until("one")]);

  const away = next(phone, "state", ({ to }) => to === "CLOSED");
  const joined = next(phone, "joined");
  await phone.wire.end("cut").catch(() => {});
  await away;
  await send(ann, "two");
  await joined;
  await send(ann, "three");
  await Promise.all([onDesk.until("three"), onPhone.until("three")]);
  for (const { texts } of [onDesk, onPhone]) assert.deepEqual(texts, ["one", "two", "three"]);
});

test("a page that is loaded again goes on from its position", async () => {
  const ann = `ann-${newId()}`;
  const [send, before] = [await sender(), await signedIn(ann)];
  const heard = listening();
  const { epoch } = await before.inbox(heard.hear);
  await send(ann, "one");
  await heard.until("one");
  before.close();
  await send(ann, "two");

  const after = listening();
  await (await signedIn(ann)).inbox(after.hear, { since: 1, epoch });
  await after.until("two");
  assert.deepEqual(after.texts, ["two"]);
});

test("a client that has not joined it is told, and others have no part in it", async () => {
  const ann = `ann-${newId()}`;
  const [send, desk, bob, guest] = [await sender(), await signedIn(ann), await signedIn(`bob-${newId()}`), await signedIn()];
  const others = listening();
  await bob.inbox(others.hear);
  await assert.rejects(guest.inbox(others.hear), { code: "forbidden" });
  const invited = next(desk, "invited");
  await send(ann, "one");
  const { room, from, caller, seq } = await invited;
  assert.deepEqual([room, from, caller.kind, seq], ["@", "post", "application", 1]);
  await assert.rejects(bob.join(`@\u001f${ann}`), { code: "badRequest" });
  const heard = listening();
  await desk.inbox(heard.hear);
  await heard.until("one");
  await assert.rejects(desk.say("@", "to myself"), { code: "forbidden" });
  assert.deepEqual(others.texts, []);
});

test("a later listener replaces the one before", async () => {
  const ann = `ann-${newId()}`;
  const [send, desk] = [await sender(), await signedIn(ann)];
  const [first, second] = [listening(), listening()];
  await desk.inbox(first.hear);
  await send(ann, "one");
  await first.until("one");
  await desk.leave("@");
  await desk.inbox(second.hear);
  await send(ann, "two");
  await second.until("two");
  assert.deepEqual([first.texts, second.texts], [["one"], ["one", "two"]]);
});
