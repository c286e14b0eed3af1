/** The parts of the client that need no line. */
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { Backoff } from "../../main/webapp/backoff.js";
import { whole } from "../../main/webapp/content.js";
import { decode, encode } from "../../main/webapp/frame.js";
import { Outbox } from "../../main/webapp/outbox.js";
import { Pace } from "../../main/webapp/pace.js";
import { Told } from "../../main/webapp/told.js";

describe("the pause before a try", () => {
  const ceilings = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000];

  test("is below a ceiling that doubles up to twenty seconds", () => {
    const longest = new Backoff(() => 1);
    assert.deepEqual(ceilings.map(() => longest.next()), ceilings);
    const shortest = new Backoff(() => 0);
    assert.deepEqual(ceilings.map(() => shortest.next()), ceilings.map(() => 0));
  });

  test("is random in its whole range", () => {
    const pauses = Array.from({ length: 1_000 }, () => new Backoff().next());
    assert.ok(pauses.every((pause) => pause >= 0 && pause < 500));
    assert.ok(Math.min(...pauses) < 100 && Math.max(...pauses) > 400);
  });

  test("stays bounded after very many tries", () => {
    const backoff = new Backoff(() => 1);
    for (let i = 0; i < 5_000; i++) backoff.next();
    assert.equal(backoff.next(), 20_000);
  });

  test("is short again after a connection that lived longer than it had cost, and only then", () => {
    const backoff = new Backoff(() => 1);
    backoff.next();
    backoff.next();
    backoff.lived(1_000);
    assert.equal(backoff.next(), 2_000);
    backoff.lived(2_001);
    assert.equal(backoff.next(), 500);
  });
});

describe("the pace", () => {
  test("lets as many go at once as in a second, the hello being the first", () => {
    const pace = new Pace(5, 0);
    assert.deepEqual([1, 2, 3, 4].map(() => pace.take(0)), [0, 0, 0, 0]);
    assert.equal(pace.take(0), 200);
    assert.equal(pace.take(150), 50);
    assert.equal(pace.take(200), 0);
  });

  test("saves no more than a second up", () => {
    const pace = new Pace(5, 0);
    for (let i = 0; i < 5; i++) assert.equal(pace.take(60_000), 0);
    assert.equal(pace.take(60_000), 200);
  });
});

describe("a frame", () => {
  test("of bytes is read as it was written", () => {
    const content = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    const { buffer } = encode({ room: "a", seq: 7, media: "image/png", name: "Gänseblümchen 🌼.png" }, content);
    const [entry] = decode(buffer);
    assert.deepEqual(entry, { type: "entry", room: "a", seq: 7, media: "image/png", name: "Gänseblümchen 🌼.png", content });
  });

  test("of no bytes at all too", () => {
    assert.equal(decode(encode({ media: "x" }, new Uint8Array()).buffer)[0].content.length, 0);
  });

  test("with a header that the server would not read is not written", () => {
    assert.throws(() => encode({ name: "x".repeat(4_096) }, new Uint8Array()), { code: "badRequest" });
  });

  test("with an attachment that is no base64 has its other messages", () => {
    const [broken, next] = decode('[{"type":"entry","seq":1,"media":"a/b","data":"*"},{"type":"entry","seq":2,"text":"x"}]');
    assert.deepEqual([broken.content, next.text], [undefined, "x"]);
  });

  test("that is no frame is refused", () => {
    assert.throws(() => decode("[{"));
    assert.throws(() => decode(new Uint8Array([0]).buffer));
    assert.throws(() => decode(new Uint8Array([0, 9, 123]).buffer));
  });

  test("of text gives its messages, and attachments in pages their bytes", () => {
    const page = { type: "history", entries: [{ seq: 1, media: "x", data: "AAH/" }] };
    const [beat, history] = decode(JSON.stringify([{ type: "beat" }, page]));
    assert.equal(beat.type, "beat");
    assert.deepEqual([...history.entries[0].content], [0, 1, 255]);
  });
});

describe("what was told of a room", () => {
  const joined = (fields) => ({ room: "a", epoch: "e", seq: 0, members: [], entries: [], recovered: false, ...fields });
  const entries = (...seqs) => seqs.map((seq) => ({ room: "a", seq }));

  test("is where the page and the entries after it ended", () => {
    const told = new Told();
    told.joined(joined({ seq: 3, entries: entries(2, 3) }), { limit: 2 });
    assert.equal(told.entry({ room: "a", seq: 4 }), "next");
    assert.deepEqual(told.from("a"), { limit: 2, since: 4, epoch: "e" });
  });

  test("is nothing of a room that was left, or never joined", () => {
    const told = new Told();
    told.joined(joined({ seq: 3 }));
    told.forget("a");
    assert.equal(told.entry({ room: "a", seq: 4 }), "old");
    assert.deepEqual(told.from("a", { limit: 7 }), { limit: 7 });
  });

  test("is told once: neither a page nor an entry tells it again", () => {
    const told = new Told();
    told.joined(joined({ seq: 2, entries: entries(1, 2) }));
    assert.equal(told.entry({ room: "a", seq: 3 }), "next");
    const again = joined({ seq: 4, entries: entries(3, 4), recovered: true });
    told.joined(again);
    assert.deepEqual(again.entries, entries(4));
    assert.equal(told.entry({ room: "a", seq: 4 }), "old");
    assert.equal(told.entry({ room: "a", seq: 6 }), "gap");
    assert.equal(told.entry({ room: "a", seq: 5 }), "next");
  });

  test("doesn't go back where a page ends before it", () => {
    const told = new Told();
    told.joined(joined({ seq: 5, entries: entries(5) }));
    told.joined(joined({ seq: 5, entries: entries(3, 4), recovered: true }));
    assert.equal(told.from("a").since, 5);
  });

  test("counts up to where a first page ends, not to where the log does", () => {
    const told = new Told();
    told.joined(joined({ seq: 1 }));
    told.joined(joined({ seq: 900, entries: entries(2, 3), recovered: true }));
    assert.equal(told.entry({ room: "a", seq: 4 }), "next");
  });

  test("is void in another log", () => {
    const told = new Told();
    told.joined(joined({ seq: 900 }));
    told.joined(joined({ epoch: "f", seq: 2, entries: entries(1, 2) }));
    assert.deepEqual(told.from("a"), { limit: undefined, since: 2, epoch: "f" });
  });

  test("may be known from an earlier conversation", () => {
    const told = new Told();
    told.joined(joined({ seq: 9, recovered: true }), { since: 9, epoch: "e" });
    assert.equal(told.entry({ room: "a", seq: 10 }), "next");
  });
});

describe("what is on its way", () => {
  const say = (id) => ({ kind: "say", room: "a", frame: () => id });

  function line() {
    const sent = [];
    return { sent, isFull: false, send: (frame) => sent.push(frame) };
  }

  test("has no more requests without an answer than the server takes at once, however long that lasts", (t) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    let now = 0;
    mock.method(performance, "now", () => now);
    t.after(() => mock.reset());
    const pass = (ms) => {
      for (let i = 0; i < ms; i++) {
        now++;
        mock.timers.tick(1);
      }
    };
    const outbox = new Outbox();
    const to = line();
    outbox.begin(to, { rate: 5 }, []);
    for (let i = 1; i <= 20; i++) outbox.ask(say(String(i))).catch(() => {});
    assert.equal(to.sent.length, 4);
    pass(10_000);
    assert.deepEqual(to.sent, ["1", "2", "3", "4", "5"]);
    outbox.answer(1, {});
    assert.deepEqual(to.sent.slice(5), ["6"]);
    for (let ref = 2; ref <= 20; ref++) outbox.answer(ref, {});
    assert.ok(to.sent.length <= 10, "and no more than that in a second");
    outbox.end(new Error("over"));
  });

  test("waits while the socket has enough to do", (t) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    t.after(() => mock.reset());
    const outbox = new Outbox();
    const to = Object.assign(line(), { isFull: true });
    outbox.begin(to, {}, []);
    outbox.ask(say("1")).catch(() => {});
    assert.deepEqual(to.sent, []);
    to.isFull = false;
    mock.timers.tick(50);
    assert.deepEqual(to.sent, ["1"]);
    outbox.end(new Error("over"));
  });

  test("is bounded in its number and in its bytes, and takes more once there is room again", async () => {
    const outbox = new Outbox();
    const asked = Array.from({ length: 1_000 }, (_, i) => outbox.ask(say(String(i))));
    await assert.rejects(outbox.ask(say("1001")), { code: "tooSlow", room: "a" });
    outbox.answer(1, "said");
    assert.equal(await asked[0], "said");
    const big = outbox.ask({ ...say("big"), bytes: 3 << 20 });
    outbox.answer(2, "said");
    await assert.rejects(outbox.ask({ ...say("bigger"), bytes: 2 << 20 }), { code: "tooSlow" });
    outbox.end(new Error("over"));
    const ends = await Promise.allSettled([...asked, big]);
    assert.equal(ends.filter(({ status }) => status === "rejected").length, 999);
    await assert.rejects(outbox.ask(say("late")), /over/);
  });

  test("may be one request of more bytes than many may have together", async () => {
    const outbox = new Outbox();
    const big = outbox.ask({ ...say("big"), bytes: 5 << 20 });
    await assert.rejects(outbox.ask({ ...say("small"), bytes: 1 }), { code: "tooSlow" });
    outbox.answer(1, "said");
    assert.equal(await big, "said");
  });
});

describe("a whole attachment", () => {
  const content = Uint8Array.from({ length: 600_000 }, (_, i) => i % 251);
  const part = (offset, length) => ({ size: content.length, content: content.subarray(offset, offset + length) });

  test("is fetched in parts of 256 KiB and put together", async () => {
    const asked = [];
    const fetch = async (offset, length) => (asked.push([offset, length]), part(offset, length));
    assert.deepEqual(await whole(fetch), content);
    assert.deepEqual(asked, [[0, 262_144], [262_144, 262_144], [524_288, 262_144]]);
  });

  test("has larger parts if it is large, but none above 1 MiB, and may come in smaller ones", async () => {
    for (const [size, length] of [[8 << 20, 512 << 10], [40 << 20, 1 << 20]]) {
      const asked = [];
      const fetch = async (offset, most) => (asked.push(most), { size, content: new Uint8Array(Math.min(most, size - offset)) });
      assert.equal((await whole(fetch)).length, size);
      assert.deepEqual(new Set(asked), new Set([262_144, length]));
    }
    assert.deepEqual(await whole(async (offset) => part(offset, 100_000)), content);
    assert.deepEqual(await whole(async () => ({ size: 0, content: new Uint8Array() })), new Uint8Array());
  });

  test("is rejected if its size changes between two parts, or a part has too much or nothing", async () => {
    const others = [{ size: 600_001, content: content.subarray(0, 10) }, { size: 600_000, content }, { size: 600_000, content: content.subarray(0, 0) }];
    for (const other of others) {
      await assert.rejects(whole(async (offset, length) => (offset ? other : part(offset, length))), { name: "ParleyError", code: "unavailable" });
    }
  });
});
