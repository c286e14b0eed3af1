/**
 * Some people talk in two rooms while their lines are cut and their server is killed; afterwards each must have been told
 * the log exactly. PARLEY_CHAT names the server's WebSocket, SEED repeats the faults. Tells how many messages were said
 * on standard output, talks until a line comes on standard input, and ends with 0 when all is well.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { ParleyClient } from "../../main/webapp/parley.js";
import { CuttingProxy } from "./cutting-proxy.js";
import { readLog } from "./log.js";

const NAMES = ["ann", "bob", "cid"];
const ROOMS = ["garden", "attic"];
const AT_A_TIME = 8; // messages of one person that have no answer yet
const TOLD_EVERY = 50; // messages
const IMPATIENT = 300; // ms
const SETTLES_WITHIN = 90_000; // ms
const RETURNS = 3; // of each person, at least

const chat = new URL(process.env.PARLEY_CHAT ?? "ws://127.0.0.1:8080/chat");
const seed = Number(process.env.SEED ?? Date.now() % 1e9);
console.log(`seed ${seed}`);
const proxy = await new CuttingProxy(chat, generator(seed)).start();

/** Numbers from 0 to 1 (mulberry32). */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What must be the same wherever an entry comes from. */
const gist = ({ seq, id, from, at, text, media, content }) => [seq, id, from, at, text ?? `${media} ${[...content]}`].join(" | ");

let talking = true;
let count = 0;

class Person {
  /** What was told of each room, in the order of telling. */
  told = Object.fromEntries(ROOMS.map((room) => [room, []]));
  /** The seq of each message, by its id. */
  said = Object.fromEntries(ROOMS.map((room) => [room, new Map()]));
  names = new Set();
  rooms = new Set();
  returns = -1;
  troubles = [];

  constructor(name) {
    this.name = name;
    this.client = new ParleyClient(proxy.url);
    this.client.addEventListener("welcome", ({ detail }) => {
      this.returns++;
      this.names.add(detail.user);
    });
    this.client.addEventListener("joined", ({ detail: { room, entries, recovered } }) => {
      if (recovered !== this.rooms.has(room)) this.troubles.push(`${room}: recovered is ${recovered}`);
      this.rooms.add(room);
      this.told[room].push(...entries.map(gist));
    });
    this.client.addEventListener("entry", ({ detail }) => this.told[detail.room].push(gist(detail)));
    this.client.addEventListener("error", ({ detail }) => this.troubles.push(detail));
    // Someone impatient: else most of the time would be spent on pauses.
    this.client.addEventListener("state", ({ detail }) => detail.retryIn > IMPATIENT && setTimeout(() => this.client.reconnect(), IMPATIENT));
    this.client.addEventListener("closed", ({ detail }) => talking && this.troubles.push(detail));
  }

  async comes() {
    this.client.connect({ name: this.name });
    await Promise.all(ROOMS.map((room) => this.client.join(room)));
  }

  /** Says one thing after the other, as one of several threads of talk. */
  async talks(thread) {
    for (let i = 0; talking; i++) {
      const room = ROOMS[i % ROOMS.length];
      await this.says(room, `${this.name}-${thread}-${i}`, i % 10 === 9);
      if (++count % TOLD_EVERY === 0) console.log(`said ${count}`);
    }
  }

  /** What the server can't store now is said again: then, too, it must be there once. */
  async says(room, id, asBytes) {
    for (;;) {
      try {
        const { client } = this;
        const content = () => new TextEncoder().encode(id.repeat(50));
        const said = await (asBytes ? client.send(room, { media: "x/y", content: content() }, id) : client.say(room, `I say ${id}`, id));
        assert.equal(said.id, id);
        this.said[room].set(id, said.seq);
        return;
      } catch (error) {
        if (error.code !== "unavailable") throw error;
      }
    }
  }
}

const people = NAMES.map((name) => new Person(name));
await Promise.all(people.map((person) => person.comes()));
const talks = people.flatMap((person) => Array.from({ length: AT_A_TIME }, (_, thread) => person.talks(thread)));
process.stdin.resume();
await Promise.race([once(process.stdin, "data"), ...talks]);
talking = false;
proxy.beHonest();

const late = setTimeout(() => {
  console.error("it never settled", people.map(({ name, client, told }) => [name, client.state, told.garden.length, told.attic.length]));
  process.exit(1);
}, SETTLES_WITHIN);
await Promise.all(talks);

for (const room of ROOMS) {
  const log = (await readLog(chat, room)).map(gist);
  const seqs = log.map((line) => Number.parseInt(line, 10));
  assert.deepEqual(seqs, seqs.map((_, i) => i + 1), `the log of ${room} has no gap`);
  const said = people.flatMap((person) => [...person.said[room]]);
  assert.equal(log.length, said.length, `as many entries in ${room} as were said`);
  for (const [id, seq] of said) assert.ok(log[seq - 1].startsWith(`${seq} | ${id} | `), `${id} is number ${seq}`);
  for (const { name, client, told } of people) {
    while (told[room].length < log.length) await once(client, "entry");
    assert.deepEqual(told[room], log, `what ${name} was told of ${room}`);
  }
}
for (const { name, names, returns, troubles } of people) {
  assert.deepEqual(troubles, [], `the troubles of ${name}`);
  assert.deepEqual([...names], [name], `the names that ${name} had`);
  assert.ok(returns >= RETURNS, `${name} came back ${returns} times`);
}
clearTimeout(late);
people.forEach(({ client }) => client.close());
proxy.stop();
process.stdin.destroy();
console.log(`${count} said, ${proxy.cuts} lines cut, came back ${people.map(({ returns }) => returns)} times: 0 lost, 0 doubled, 0 reordered`);
