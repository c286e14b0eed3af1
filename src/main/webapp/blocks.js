/**
 * Lines in blocks of some dozens: a browser lays out anew only the block that changes, and leaves out those that are not in
 * view. Such a block keeps the height that it had, so that nothing moves while one scrolls.
 */
import { element } from "./draw.js";

const FULL = 40; // lines of a block

export class Blocks {
  /** For assistive technology it is one list. */
  list = /** @type {HTMLElement} */ (element("div", { className: "lines", role: "list" }));
  #observer = new ResizeObserver((changes) => changes.forEach(({ target, contentRect }) => this.#measured(target, contentRect.height)));
  /** Blocks that are observed and not measured yet. @type {Set<Element>} */ #unmeasured = new Set();
  /** In px, of blocks that can be left out from the next frame on. @type {Map<Element, number>} */ #heights = new Map();

  /** The first line, if there is one. */
  get first() {
    return this.list.firstElementChild?.firstElementChild ?? null;
  }

  /** The last line, if there is one. */
  get last() {
    return this.list.lastElementChild?.lastElementChild ?? null;
  }

  /** @param {Element} row @returns {Element|null} the line above */
  before(row) {
    return row.previousElementSibling ?? row.parentElement?.previousElementSibling?.lastElementChild ?? null;
  }

  /** @param {Element} row @returns {Element|null} the line below */
  after(row) {
    return row.nextElementSibling ?? row.parentElement?.nextElementSibling?.firstElementChild ?? null;
  }

  /** Begins a block with it, at the end. @param {Element} row */
  begin(row) {
    this.#blockAt(null).append(row);
  }

  /** @param {Element} row @param {Element|null} next the line above which it comes, or none at the end */
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

  /** It may have another height now. @param {Element|undefined|null} row */
  changed(row) {
    if (row?.parentElement) this.#unsettle(row.parentElement);
  }

  /** All may have another height now. */
  allChanged() {
    for (const block of this.list.children) this.#unsettle(block);
  }

  /** Has a place for one more line at its end. @param {Element|null} next the block that follows @returns {Element} */
  #blockBefore(next) {
    const there = next ? next.previousElementSibling : this.list.lastElementChild;
    return there && there.childElementCount < FULL ? there : this.#blockAt(next);
  }

  /** Begins a block. @param {Element|null} next the block that follows @returns {Element} */
  #blockAt(next) {
    const above = next ? next.previousElementSibling : this.list.lastElementChild;
    const made = element("ol", { className: "block", role: "none" });
    this.list.insertBefore(made, next);
    if (above) this.#unsettle(above);
    return made;
  }

  /** @param {Element} block that has lost a line */
  #left(block) {
    if (block.firstElementChild) return this.#unsettle(block);
    this.#observer.unobserve(block);
    this.#unmeasured.delete(block);
    this.#heights.delete(block);
    block.remove();
  }

  /** It is laid out, wherever it is, and then measured. @param {Element} block */
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
    // In this frame it would be laid out once more.
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
