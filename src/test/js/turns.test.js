/** What waits for its turn, and what has no place there. */
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { Turns } from "../../main/webapp/turns.js";

// A tab whose frames never come: all waits until it is asked to finish.
Object.assign(globalThis, { requestAnimationFrame: () => 1, cancelAnimationFrame: () => {} });

/** @param {number[]} weights of the items that come */
function turns(weights) {
  /** @type {number[]} */ const done = [];
  /** @type {number[][]} */ const lost = [];
  const limits = { most: 3, heaviest: 10, weigh: (/** @type {number} */ weight) => weight };
  const all = new Turns((item) => done.push(item), limits, (items) => lost.push(items));
  for (const weight of weights) all.push(weight);
  all.finish();
  return { done, lost };
}

/** Runs a test with frames that come, each 1 ms after it was asked for. @param {(clock: {now: number}) => void} run */
function inFrames(run) {
  const plain = { requestAnimationFrame, cancelAnimationFrame };
  const clock = { now: 0 };
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => clock.now);
  Object.assign(globalThis, {
    document: { hidden: false },
    requestAnimationFrame: (/** @type {() => void} */ act) => setTimeout(act, 1),
    cancelAnimationFrame: clearTimeout,
  });
  try {
    run(clock);
  } finally {
    mock.timers.reset();
    mock.restoreAll();
    Object.assign(globalThis, plain);
  }
}

describe("what waits for its turn", () => {
  test("has it in order, and all have a place below twice the limits", () => {
    assert.deepEqual(turns([1, 2, 3, 4, 5]), { done: [1, 2, 3, 4, 5], lost: [] });
  });

  test("loses the oldest where twice as many wait as may stay", () => {
    assert.deepEqual(turns([1, 1, 1, 2, 2, 2]), { done: [2, 2, 2], lost: [[1, 1, 1]] });
  });

  test("loses the oldest where it is twice as heavy as may stay", () => {
    assert.deepEqual(turns([9, 9, 4]), { done: [4], lost: [[9, 9]] });
    assert.deepEqual(turns([9, 6, 4, 2]), { done: [4, 2], lost: [[9, 6]] });
  });

  test("loses nothing for one that is too heavy alone, and all before it", () => {
    assert.deepEqual(turns([50]), { done: [50], lost: [] });
    assert.deepEqual(turns([1, 50]), { done: [50], lost: [[1]] });
  });

  test("is done at once, and then ten times a second, however fast it comes", () => {
    inFrames((clock) => {
      /** @type {number[]} */ const turns = [];
      const limits = { most: 1_000, heaviest: 1_000, weigh: () => 1 };
      const all = new Turns(() => {}, limits, () => {});
      all.ondone = () => turns.push(clock.now);
      for (; clock.now < 1_000; clock.now++) {
        all.push(clock.now);
        mock.timers.tick(1);
      }
      assert.equal(turns[0], 0);
      assert.ok(turns.length >= 9 && turns.length <= 11, `${turns}`);
      for (; clock.now < 1_500; clock.now++) mock.timers.tick(1);
      assert.ok(turns.length <= 12);
      // What comes after a pause waits for nothing.
      const before = turns.length;
      all.push(clock.now);
      mock.timers.tick(1);
      assert.equal(turns.length, before + 1);
    });
  });

  test("goes on in the next frame where one frame has no time for all of it", () => {
    inFrames((clock) => {
      let done = 0;
      const limits = { most: 1_000, heaviest: 1_000, weigh: () => 1 };
      const all = new Turns(() => (done++, (clock.now += 3)), limits, () => {});
      for (let i = 0; i < 20; i++) all.push(i);
      for (let frame = 1; frame <= 10; frame++) {
        mock.timers.tick(1);
        assert.equal(done, 2 * frame);
      }
    });
  });
});
