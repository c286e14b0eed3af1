/**
 * Puts rows into blocks of some dozens. A browser lays out only the block that changes, and skips blocks that are out of view.
 * A skipped block keeps its height, so that nothing moves while a person scrolls.
 */
import { element } from "./draw.js";

const FULL = 40; // rows of a block

export class Blocks {
  /** Assistive technology reads all blocks as one list. */
  list = /** @type {HTMLElement} */ (element("div", { className: "lines", role: "list" }));
  #observer = new ResizeObserver((changes) => changes.forEach(({ target, contentRect }) => this.#measured(target, contentRect.height)));
  /** Blocks that are observed and not measured yet. @type {Set<Element>} */ #unmeasured = new Set();
  /** The heights in px of blocks that can be skipped from the next frame on. @type {Map<Element, number>} */ #heights = new Map();

  /** The first row, if there is one. */
  get first() {
    return this.list.firstElementChild?.firstElementChild ?? null;
  }

  /** The last row, if there is one. */
  get last() {
    return this.list.lastElementChild?.lastElementChild ?? null;
  }

  /** @param {Element} row @returns {Element|null} the row above */
  before(row) {
    return row.previousElementSibling ?? row.parentElement?.previousElementSibling?.lastElementChild ?? null;
  }

  /** @param {Element} row @returns {Element|null} the row below */
  after(row) {
    return row.nextElementSibling ?? row.parentElement?.nextElementSibling?.firstElementChild ?? null;
  }

  /** Adds a row at the end, in a new block. @param {Element} row */
  begin(row) {
    this.#blockAt(null).append(row);
  }

  /** @param {Element} row @param {Element|null} next the row below it; null to add it at the end */
  insert(row, next) {
    const left = row.parentElement;
    if (next?.previousElementSibling) next.before(row);
    else this.#blockBefore(next?.parentElement ?? null).append(row);
    if (left) this.#left(left);
    this.changed(row);
  }

  /** @param {Element} row */
  remove(row) {
    const block = row.parentElement;
    row.remove();
    if (block) this.#left(block);
  }

  /** The height of a row may have changed. @param {Element|undefined|null} row */
  changed(row) {
    if (row?.parentElement) this.#unsettle(row.parentElement);
  }

  /** The heights of all rows may have changed. */
  allChanged() {
    for (const block of this.list.children) this.#unsettle(block);
  }

  /** @param {Element|null} next a block @returns {Element} the block before it, with space for one more row at its end */
  #blockBefore(next) {
    const there = next ? next.previousElementSibling : this.list.lastElementChild;
    return there && there.childElementCount < FULL ? there : this.#blockAt(next);
  }

  /** Adds an empty block. @param {Element|null} next the block that follows @returns {Element} */
  #blockAt(next) {
    const above = next ? next.previousElementSibling : this.list.lastElementChild;
    const made = element("ol", { className: "block", role: "none" });
    this.list.insertBefore(made, next);
    if (above) this.#unsettle(above);
    return made;
  }

  /** @param {Element} block that has lost a row */
  #left(block) {
    if (block.firstElementChild) return this.#unsettle(block);
    this.#observer.unobserve(block);
    this.#unmeasured.delete(block);
    this.#heights.delete(block);
    block.remove();
  }

  /** Makes the browser lay out a block even out of view, and then measures it. @param {Element} block */
  #unsettle(block) {
    if (block === this.list.lastElementChild && !block.classList.contains("settled")) return;
    if (this.#unmeasured.has(block)) return;
    this.#heights.delete(block);
    block.classList.remove("settled");
    this.#unmeasured.add(block);
    this.#observer.unobserve(block);
    this.#observer.observe(block);
  }

  /** @param {Element} block @param {number} height px; 0 while nothing is shown */
  #measured(block, height) {
    if (!height) return;
    this.#unmeasured.delete(block);
    // In this frame, the browser would lay it out once more.
    if (!this.#heights.size) requestAnimationFrame(() => this.#settle());
    this.#heights.set(block, height);
  }

  #settle() {
    for (const [block, height] of this.#heights) {
      if (block === this.list.lastElementChild) continue;
      /** @type {HTMLElement} */ (block).style.containIntrinsicBlockSize = `${height}px`;
      block.classList.add("settled");
    }
    this.#heights.clear();
  }
}
