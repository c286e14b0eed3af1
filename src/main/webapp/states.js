/** The states of a connection: as a picture that highlights the current one, and as Mermaid text. */
import { shape } from "./draw.js";

/** @typedef {import("./line.js").State} State */

const LINGERS = 400; // ms for which a received message stays visible
const RIGHT = "m-5-3.5 5 3.5-5 3.5";
const LEFT = "m5-3.5-5 3.5 5 3.5";
const DOWN = "m-3.5-5 3.5 5 3.5-5";

/** The place of each state: x, y and width. @type {[State, number, number, number][]} */
const BOXES = [
  ["CONNECTING", 2, 32, 86],
  ["OPEN", 138, 32, 52],
  ["MESSAGE_RECEIVED", 226, 32, 132],
  ["CLOSING", 131, 118, 66],
  ["CLOSED", 16, 118, 60],
];

/** From, to, the reason, the arrow, and the place of its words. @type {[State, State, string, string, number, number, string?][]} */
const TRANSITIONS = [
  ["CONNECTING", "OPEN", "on open", `M88 46H138${RIGHT}`, 113, 41],
  ["OPEN", "MESSAGE_RECEIVED", "on message", "M174 32C180 4 268 4 274 32m-4.5-4.2 4.5 4.2 2.5-5.6", 224, 25],
  ["MESSAGE_RECEIVED", "OPEN", "handled", "M274 60C268 88 180 88 174 60m4.5 4.2-4.5-4.2-2.5 5.6", 224, 75],
  ["OPEN", "CLOSING", "close asked", `M164 60V118${DOWN}`, 170, 105, "start"],
  ["CLOSING", "CLOSED", "on close", `M131 132H76${LEFT}`, 104, 147],
  ["CONNECTING", "CLOSED", "on error", `M34 60V118${DOWN}`, 40, 86, "start"],
  ["OPEN", "CLOSED", "on error", "M148 60 70 118m6.5-.6-6.5.6 2.2-6", 116, 97, "start"],
];

/** @param {State} present @param {Iterable<State>} visited */
export function statesMermaid(present, visited) {
  const seen = [...visited].filter((state) => state !== present);
  return [
    "stateDiagram-v2",
    ...TRANSITIONS.map(([from, to, why]) => `${from} --> ${to}: ${why}`),
    "classDef now fill:#0b6b57,color:#fff",
    `class ${present} now`,
    ...(seen.length ? ["classDef seen stroke-width:3px", `class ${seen.join(",")} seen`] : []),
  ].join("\n  ");
}

export class States {
  /** How often each state was entered. @type {Map<State, number>} */ visits = new Map();
  /** @type {State} */ present = "CLOSED";
  #isShown = false;
  /** @type {number|undefined} */ #lingering;
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #count = shape("text", { x: 292, y: 75, class: "why start" });
  #edges = TRANSITIONS.map(([, , why, d, x, y, anchor = ""]) =>
    shape("g", {}, shape("path", { d }), shape("text", { x, y, class: `why ${anchor}` }, why)));
  #boxes = BOXES.map(([state, x, y, width]) =>
    shape("g", {}, shape("rect", { x, y, width, height: 28, rx: 9 }), shape("text", { x: x + width / 2, y: y + 18 }, state)));
  /** The picture. */
  svg = shape("svg", { viewBox: "0 0 360 152", role: "img", class: "states" }, ...this.#edges, ...this.#boxes, this.#count);

  /** @param {State|undefined} from @param {State} to */
  show(from, to) {
    const messages = to === "MESSAGE_RECEIVED";
    this.present = to;
    this.visits.set(to, (this.visits.get(to) ?? 0) + 1);
    if (!this.#isShown) return;
    if (messages) this.#count.textContent = `×${this.visits.get(to)}`;
    // The state ends at once, so it would flash, and some people don't want to see flashes.
    if (messages && this.#still.matches) return;
    if (from === "MESSAGE_RECEIVED" && this.#lingering) return;
    clearTimeout(this.#lingering);
    this.#lingering = messages ? setTimeout(() => this.#rest(), LINGERS) : undefined;
    this.#light(from, to);
  }

  /** Whether the picture is visible; if not, nothing is drawn. @param {boolean} shown */
  set shown(shown) {
    this.#isShown = shown;
    const messages = this.visits.get("MESSAGE_RECEIVED");
    if (shown && messages) this.#count.textContent = `×${messages}`;
    if (shown) this.#light(undefined, this.present);
  }

  #rest() {
    this.#lingering = undefined;
    this.#light("MESSAGE_RECEIVED", this.present);
  }

  /** @param {State|undefined} from @param {State} to */
  #light(from, to) {
    TRANSITIONS.forEach(([a, b], i) => this.#edges[i].classList.toggle("taken", a === from && b === to));
    BOXES.forEach(([state], i) => this.#boxes[i].classList.toggle("now", state === to));
    this.svg.setAttribute("aria-label", `States of the connection: ${to}, ${this.visits.get("MESSAGE_RECEIVED") ?? 0} frames received`);
  }
}
