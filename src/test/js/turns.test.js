/** What waits for its turn, and what has no place there. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
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
});
