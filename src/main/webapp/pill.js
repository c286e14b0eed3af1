/** `<parley-pill>`: the state of the connection, its round-trip time and, without a connection, the time until the next try. */
import { element } from "./row.js";

/** @typedef {import("./parley.js").Transition} Transition */

const SHORT = 1_000; // ms; a shorter pause is not shown

const WORDS = { CONNECTING: "Connecting…", OPEN: "Open", MESSAGE_RECEIVED: "Open", CLOSING: "Closing…", CLOSED: "Closed" };

/** Fires `hurry` when the person wants the next try now. */
export class Pill extends HTMLElement {
  /** Screen readers announce this text. */
  #word = element("span", "", "Not connected");
  /** Screen readers do not announce this text. */
  #soon = element("span");
  #now = /** @type {HTMLButtonElement} */ (element("button", "", "Now"));
  /** @type {number|undefined} */ #clock;
  /** The last state shown. @type {{to: import("./line.js").State, returns: boolean}|undefined} */ #shown;
  /** Whether the browser reported no network, and nothing came from the server since. */
  #isOffline = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.dataset.state = "CLOSED";
    this.#word.setAttribute("role", "status");
    this.#soon.setAttribute("aria-hidden", "true");
    this.#now.setAttribute("aria-label", "Reconnect now");
    Object.assign(this.#now, { type: "button", hidden: true });
    this.#now.onclick = () => this.dispatchEvent(new Event("hurry"));
    this.append(this.#word, this.#soon, this.#now);
    addEventListener("offline", () => this.#offline(true));
    addEventListener("online", () => this.#offline(false));
    this.#isOffline = !navigator.onLine;
  }

  /** @param {Transition} transition @param {boolean} again whether there was a connection before @param {string} [why] it was closed */
  show({ to, retryIn }, again, why = "") {
    clearInterval(this.#clock);
    const waits = retryIn !== undefined;
    this.dataset.state = to;
    this.toggleAttribute("data-returns", waits);
    if (to === "CLOSED" || to === "OPEN") this.title = why;
    if (to === "OPEN" && this.#shown?.to === "CONNECTING") this.#isOffline = false;
    const returns = waits || (again && to === "CONNECTING");
    this.#shown = { to, returns };
    this.#write();
    const counts = waits && retryIn > SHORT;
    if (returns) this.#soon.textContent = "…";
    else if (to !== "OPEN" && to !== "MESSAGE_RECEIVED") this.#soon.textContent = "";
    this.#now.hidden = !counts;
    if (counts) this.#count(performance.now() + retryIn);
  }

  /** @param {number} ms */
  roundTrip(ms) {
    this.#isOffline = false;
    this.#write();
    this.#soon.textContent = ` · ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  }

  /** @param {boolean} now */
  #offline(now) {
    this.#isOffline = now;
    if (now && !this.#shown?.returns) this.#soon.textContent = "";
    this.#write();
  }

  #write() {
    if (!this.#shown) return;
    const { to, returns } = this.#shown;
    const isMeant = returns || (to !== "CLOSED" && to !== "CLOSING");
    const word = this.#isOffline && isMeant ? "Offline" : returns ? "Reconnecting" : WORDS[to];
    this.toggleAttribute("data-offline", word === "Offline");
    // Screen readers announce each change, so the same word is not set again.
    if (this.#word.textContent !== word) this.#word.textContent = word;
  }

  /** @param {number} end */
  #count(end) {
    const tick = () => {
      const seconds = Math.ceil((end - performance.now()) / 1_000);
      this.#soon.textContent = seconds > 0 ? `${this.#isOffline ? " · next try" : ""} in ${seconds} s…` : "…";
    };
    tick();
    this.#clock = setInterval(tick, 250);
  }
}

customElements.define("parley-pill", Pill);
