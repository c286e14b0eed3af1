/** Shows where the connection stands and, while there is none, when the next try comes. */

/** @typedef {import("./parley.js").Transition} Transition */

const SHORT = 1_000; // ms: a wait of which nothing need be told

const WORDS = { CONNECTING: "Connecting…", OPEN: "Open", MESSAGE_RECEIVED: "Open", CLOSING: "Closing…", CLOSED: "Closed" };

export class Pill {
  #pill;
  #word;
  #soon;
  #now;
  /** @type {number|undefined} */ #clock;

  /** @param {HTMLElement} pill @param {HTMLElement} word read out @param {HTMLElement} soon not read out @param {HTMLElement} now a button */
  constructor(pill, word, soon, now) {
    this.#pill = pill;
    this.#word = word;
    this.#soon = soon;
    this.#now = now;
  }

  /** @param {Transition} transition @param {boolean} again whether there was a connection before @param {string} [why] it was closed */
  show({ to, retryIn }, again, why = "") {
    clearInterval(this.#clock);
    const waits = retryIn !== undefined;
    this.#pill.dataset.state = to;
    this.#pill.toggleAttribute("data-returns", waits);
    if (to === "CLOSED" || to === "OPEN") this.#pill.title = why;
    const returns = waits || (again && to === "CONNECTING");
    const word = returns ? "Reconnecting" : WORDS[to];
    // Each change is read out.
    if (this.#word.textContent !== word) this.#word.textContent = word;
    const counts = waits && retryIn > SHORT;
    this.#soon.textContent = returns ? "…" : "";
    this.#now.hidden = !counts;
    if (counts) this.#count(performance.now() + retryIn);
  }

  /** @param {number} end */
  #count(end) {
    const tick = () => {
      const seconds = Math.ceil((end - performance.now()) / 1_000);
      this.#soon.textContent = seconds > 0 ? ` in ${seconds} s…` : "…";
    };
    tick();
    this.#clock = setInterval(tick, 250);
  }
}
