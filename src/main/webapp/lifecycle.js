/** `<parley-lifecycle>`: the life of a connection, live, as a sequence diagram and as a diagram of its states. */
import { HEADS, seconds, toMermaid, toSvg } from "./diagram.js";
import { button, element, shape } from "./draw.js";
import { Journal, KINDS } from "./journal.js";
import { States, statesMermaid } from "./states.js";
import { onUpward } from "./upward.js";

/** @typedef {import("./journal.js").Step} Step */
/** @typedef {import("./parley.js").ParleyClient} Followed */

const NEAR_END = 48; // px

/** @type {[string, (client: Followed) => unknown][]} */
const TRIES = [
  ["Cut the line", ({ wire }) => wire.end("cut")],
  ["Go silent", ({ wire }) => wire.mute()],
  ["Send a malformed frame", ({ wire }) => wire.malformed()],
  ["Close from here", (client) => client.close()],
  ["Close from the server", ({ wire }) => wire.end("close")],
];

export class Lifecycle extends HTMLElement {
  #journal = new Journal();
  #states = new States();
  /** @type {Followed|undefined} */ #client;
  #heard = new AbortController();
  #shown = false;
  #drawing = 0;
  #atEnd = true;
  #top = 0;
  /** The drawn rows, the oldest first. @type {Map<Step, HTMLElement>} */ #rows = new Map();
  /** @type {Step|undefined} */ #selected;
  /** @type {Set<string>} */ #kinds = new Set(KINDS);

  #pause = button("Pause", () => this.#pausing());
  #tries = TRIES.map(([name, act]) => button(name, () => this.#isOpen && this.#ask(act)));
  #status = element("p", { role: "status" });
  #dropped = element("p", { hidden: true });
  #list = element("ol", { role: "listbox", ariaLabel: "Sequence of steps", tabIndex: 0 });
  #scroller = element("div", { className: "sequence" },
    element("div", { className: "heads", ariaHidden: "true" }, element("b", {}, "Client"), element("b", {}, "Server")), this.#dropped, this.#list);
  #detail = element("pre", { role: "region", ariaLabel: "Details of the selected step", tabIndex: 0, hidden: true });
  #seen = new IntersectionObserver((changes) => this.#show(changes.some(({ isIntersecting }) => isIntersecting)));

  connectedCallback() {
    if (!this.firstChild) this.#build();
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    this.#seen.disconnect();
    this.#show(false);
  }

  /** Lets a button show and hide this element. @param {HTMLElement} button @param {() => void} onshow called after each change */
  shownBy(button, onshow) {
    button.onclick = () => {
      this.hidden = !this.hidden;
      button.setAttribute("aria-expanded", String(!this.hidden));
      onshow();
    };
  }

  /** Shows this client from now on, and no other. @param {Followed} client */
  follow(client) {
    this.#heard.abort();
    this.#heard = new AbortController();
    this.#client = client;
    this.#journal.start();
    this.#states.show(undefined, client.state);
    for (const type of /** @type {const} */ (["state", "frame", "handshake", "control"])) {
      const source = type === "state" ? client : client.wire;
      source.addEventListener(type, (event) => this.#hear(type, /** @type {CustomEvent} */ (event).detail), this.#heard);
    }
    this.#enable();
    if (this.#shown) this.#ask(() => client.wire.watch(true));
  }

  /** @param {"state"|"frame"|"handshake"|"control"} type @param {any} detail */
  #hear(type, detail) {
    this.#journal[type](detail);
    if (type !== "state") return;
    const { from, to } = detail;
    this.#states.show(from, to);
    // A message does not change which buttons can be used.
    if (from !== "MESSAGE_RECEIVED" && to !== "MESSAGE_RECEIVED") this.#enable();
  }

  get #isPaused() {
    return this.#pause.getAttribute("aria-pressed") === "true";
  }

  get #isOpen() {
    return ["OPEN", "MESSAGE_RECEIVED"].includes(this.#client?.state ?? "");
  }

  #enable() {
    // Not `disabled`: a button that disables itself would lose the focus.
    for (const each of this.#tries) each.setAttribute("aria-disabled", String(!this.#isOpen));
  }

  /** @param {boolean} shown */
  #show(shown) {
    if (this.#shown === shown) return;
    this.#shown = this.#states.shown = shown;
    this.#draw();
    if (this.#client) this.#ask(({ wire }) => wire.watch(shown));
  }

  /** Runs an action, and shows its error if the client rejects it. @param {(client: Followed) => unknown} act */
  async #ask(act) {
    try {
      await act(/** @type {Followed} */ (this.#client));
      this.#status.textContent = "";
    } catch (error) {
      this.#status.textContent = /** @type {Error} */ (error).message;
    }
  }

  #build() {
    const filters = KINDS.map((kind) => {
      const box = element("input", { type: "checkbox", checked: true, onchange: () => this.#filter(kind, box.checked) });
      return element("label", {}, box, element("span", {}, kind));
    });
    const tools = element("div", { className: "tools", role: "toolbar", ariaLabel: "Diagram" },
      this.#pause, element("fieldset", {}, element("legend", {}, "Show"), ...filters), button("Clear", () => this.#clear()),
      button("Copy as Mermaid", () => this.#copy()), button("Save as SVG", () => this.#save()));
    const tries = element("div", { className: "tools", role: "group", ariaLabel: "Try it" },
      element("span", { ariaHidden: "true" }, "Try it"), ...this.#tries);
    this.#pause.setAttribute("aria-pressed", "false");
    rove(tools, [...tools.querySelectorAll("button, input")]);
    this.#journal.onadd = () => {
      if (this.#shown) this.#drawing ||= requestAnimationFrame(() => this.#draw());
    };
    this.#journal.onchange = (step) => {
      const row = this.#rows.get(step);
      if (row) fill(row, step, this.#journal.origin);
      if (step === this.#selected) this.#select(step);
    };
    this.#list.onclick = (/** @type {MouseEvent} */ { target }) =>
      this.#select([...this.#rows].find(([, row]) => row.contains(/** @type {Node} */ (target)))?.[0]);
    this.#list.onkeydown = (/** @type {KeyboardEvent} */ event) => this.#key(event);
    this.#scroller.onscroll = () => this.#scrolled();
    // Called before the list scrolls: following the end would undo the first step up.
    onUpward(this.#scroller, () => (this.#atEnd = false));
    this.#enable();
    this.append(tools, tries, this.#status, this.#scroller, element("div", { className: "side" }, this.#states.svg, this.#detail));
    this.#draw();
  }

  // --- the tools

  /** Pauses or continues the drawing; the journal continues meanwhile. */
  #pausing() {
    this.#pause.setAttribute("aria-pressed", String(!this.#isPaused));
    this.#draw();
  }

  /** @param {string} kind @param {boolean} on */
  #filter(kind, on) {
    if (on) this.#kinds.add(kind);
    else this.#kinds.delete(kind);
    for (const [step, row] of this.#rows) row.hidden = !this.#kinds.has(step.kind);
    this.#toEnd();
  }

  #clear() {
    this.#journal.clear();
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#select();
    this.#draw();
  }

  get #steps() {
    return this.#journal.steps.filter(({ kind }) => this.#kinds.has(kind));
  }

  async #copy() {
    const diagrams = [toMermaid(this.#steps, this.#journal.dropped), statesMermaid(this.#states.present, this.#states.visits.keys())];
    const value = diagrams.map((diagram) => `\`\`\`mermaid\n${diagram}\n\`\`\`\n`).join("\n");
    try {
      await navigator.clipboard.writeText(value);
      this.#status.textContent = "Copied.";
    } catch {
      // Pages on plain http have no clipboard.
      const area = element("textarea", { value, readOnly: true, ariaLabel: "Both diagrams, to be copied" });
      const dialog = element("dialog", { onclose: () => dialog.remove() }, area, button("Done", () => dialog.close()));
      this.append(dialog);
      dialog.showModal();
      area.select();
    }
  }

  #save() {
    const picture = new Blob([toSvg(this.#steps, this.#journal.origin, this.#states.svg)], { type: "image/svg+xml" });
    const href = URL.createObjectURL(picture);
    element("a", { href, download: "lifecycle.svg" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }

  // --- the rows

  /** Draws the journal's new steps, at most once a frame. */
  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    if (this.#isPaused || !this.#shown) return;
    const { steps, dropped, origin } = this.#journal;
    for (const [step, row] of this.#rows) {
      if (step.number >= steps[0]?.number) break;
      row.remove();
      this.#rows.delete(step);
    }
    const news = steps.filter((step) => !this.#rows.has(step));
    for (const step of news) {
      const row = element("li", { role: "option", id: `step-${step.number}`, className: `${step.shape} ${step.from}`, ariaSelected: "false" });
      row.dataset.kind = step.kind;
      row.hidden = !this.#kinds.has(step.kind);
      fill(row, step, origin);
      this.#rows.set(step, row);
    }
    this.#list.append(...news.map((step) => /** @type {Node} */ (this.#rows.get(step))));
    this.#dropped.hidden = !dropped;
    this.#dropped.textContent = `${dropped} earlier steps made room`;
    this.#toEnd();
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    // Steps may have come since the scrolling of this event, so only scrolling up means leaving the end.
    const below = scrollHeight - scrollTop - clientHeight;
    const [isUp, isDown] = [scrollTop < this.#top, scrollTop > this.#top];
    if ((isUp && below <= 1) || (isDown && below < NEAR_END)) this.#atEnd = true;
    else if (isUp) this.#atEnd = false;
    this.#top = scrollTop;
  }

  #toEnd() {
    if (!this.#atEnd) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
  }

  /** @param {Step} [step] */
  #select(step) {
    const row = step && this.#rows.get(step);
    this.#list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    this.#list.setAttribute("aria-activedescendant", row?.id ?? "");
    this.#selected = step;
    this.#detail.hidden = !step;
    this.#detail.textContent = step ? `${step.label}\n\n${step.detail}` : "";
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const steps = [...this.#rows.keys()].filter(({ kind }) => this.#kinds.has(kind));
    const at = this.#selected ? steps.indexOf(this.#selected) : steps.length;
    /** @type {Record<string, number>} */
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: steps.length - 1 };
    if (event.key === "Enter" && this.#selected) this.#detail.focus();
    if (event.key === "Escape") this.#select();
    if (!(event.key in to)) return;
    event.preventDefault();
    this.#select(steps[Math.max(0, Math.min(to[event.key], steps.length - 1))]);
  }
}

/** @param {HTMLElement} row @param {Step} step @param {number} [origin] epoch ms */
function fill(row, step, origin) {
  const head = HEADS[step.shape];
  const time = seconds(step, origin);
  const lost = step.shape === "lost" ? ", lost" : "";
  row.setAttribute("aria-label", `${time} s, ${head ? `${step.from} to ${step.to}: ` : ""}${step.label}${lost}`);
  row.replaceChildren(element("time", {}, time), element("span", {}, step.label));
  if (head) row.append(element("i", {}, shape("svg", { viewBox: "-10 -7 20 14" }, shape("path", { d: head }))));
}

/** Makes a toolbar one stop of the Tab key, with the arrow keys inside. @param {HTMLElement} tools @param {HTMLElement[]} items */
function rove(tools, items) {
  const stop = (/** @type {EventTarget|null} */ here) => items.forEach((item) => (item.tabIndex = item === here ? 0 : -1));
  stop(items[0]);
  tools.addEventListener("focusin", ({ target }) => stop(target));
  tools.addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) items.at((items.indexOf(/** @type {HTMLElement} */ (target)) + step) % items.length)?.focus();
  });
}

customElements.define("parley-lifecycle", Lifecycle);
