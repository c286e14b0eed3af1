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

  /** @param {Element} row @param {Element|null} next the line above which it comes, or none at the end */
  insert(row, next) {
    const left = row.parentElement;
    if (next?.previousElementSibling && /** @type {Element} */ (next.parentElement).childElementCount >= 2 * FULL) this.#cut(next);
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
    if (there && there.childElementCount < FULL) return there;
    const made = element("ol", { className: "block", role: "none" });
    this.list.insertBefore(made, next);
    if (there) this.#unsettle(there);
    return made;
  }

  /** From this line on another block begins. @param {Element} row */
  #cut(row) {
    const block = /** @type {Element} */ (row.parentElement);
    const made = element("ol", { className: "block", role: "none" });
    block.after(made);
    for (let at = /** @type {Element|null} */ (row), next; at; at = next) {
      next = at.nextElementSibling;
      made.append(at);
    }
    this.#unsettle(block);
    this.#unsettle(made);
  }

  /** @param {Element} block that has lost a line */
  #left(block) {
    if (block.firstElementChild) return this.#unsettle(block);
    this.#observer.unobserve(block);
    block.remove();
  }

  /** It is laid out, wherever it is, and then measured. @param {Element} block */
  #unsettle(block) {
    if (block === this.list.lastElementChild && !block.classList.contains("settled")) return;
    block.classList.remove("settled");
    this.#observer.unobserve(block);
    this.#observer.observe(block);
  }

  /** @param {Element} block @param {number} height px; 0 while nothing is shown */
  #measured(block, height) {
    if (!height || block === this.list.lastElementChild) return;
    /** @type {HTMLElement} */ (block).style.containIntrinsicBlockSize = `${height}px`;
    block.classList.add("settled");
  }
}
