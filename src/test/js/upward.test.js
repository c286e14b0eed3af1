/** What counts as scrolling up. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onUpward } from "../../main/webapp/upward.js";

/** How often that counted. @param {string} type @param {{}} how @param {number} [scrollTop] */
function counted(type, how, scrollTop = 10) {
  const scroller = Object.assign(new EventTarget(), { scrollTop });
  let count = 0;
  onUpward(/** @type {HTMLElement} */ (/** @type {unknown} */ (scroller)), () => count++);
  scroller.dispatchEvent(Object.assign(new Event(type), how));
  return count;
}

/** @param {number} deltaX @param {number} deltaY @param {{}} [keys] */
const wheel = (deltaX, deltaY, keys) => counted("wheel", { deltaX, deltaY, ctrlKey: false, shiftKey: false, ...keys });

/** @param {string} key @param {boolean} [shiftKey] */
const press = (key, shiftKey = false) => counted("keydown", { key, shiftKey });

describe("scrolling up", () => {
  test("is a wheel that turns up more than sideways", () => {
    assert.equal(wheel(0, -3), 1);
    assert.equal(wheel(2, -3), 1);
    assert.equal(wheel(-2, -3), 1);
    assert.deepEqual([wheel(0, 3), wheel(3, -3), wheel(-30, -3), wheel(30, -3)], [0, 0, 0, 0]);
  });

  test("is no wheel that zooms or scrolls sideways", () => {
    assert.equal(wheel(0, -3, { ctrlKey: true }), 0);
    assert.equal(wheel(0, -3, { shiftKey: true }), 0);
  });

  test("is a key that goes up, the space bar with shift too", () => {
    assert.deepEqual(["ArrowUp", "PageUp", "Home"].map((key) => press(key)), [1, 1, 1]);
    assert.equal(press(" ", true), 1);
    assert.deepEqual(["ArrowDown", "PageDown", "End", " ", "a"].map((key) => press(key)), [0, 0, 0, 0, 0]);
  });

  test("can't be done at the top", () => {
    assert.equal(counted("wheel", { deltaX: 0, deltaY: -3 }, 0), 0);
    assert.equal(counted("keydown", { key: "Home" }, 0), 0);
  });
});
