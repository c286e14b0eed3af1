/** Reports how much of a file is sent. While there is no connection it reports nothing. */

const LOOK_EVERY = 100; // ms

export class Progress {
  #client;
  #report;
  #size;
  /** @type {number|undefined} */ #clock;

  /** @param {import("./parley.js").ParleyClient} client @param {(sent: number) => void} report @param {number} size bytes */
  constructor(client, report, size) {
    this.#client = client;
    this.#report = report;
    this.#size = size;
  }

  begin() {
    this.end();
    this.#clock = setInterval(() => {
      if (this.#client.state === "CLOSED") this.end();
      else this.#report(Math.max(0, this.#size - this.#client.buffered));
    }, LOOK_EVERY);
  }

  end() {
    clearInterval(this.#clock);
  }
}
