/** Reports how much of a file is sent. While there is no connection it reports nothing. */

const LOOK_EVERY = 100; // ms

export class Progress {
  #client;
  #tell;
  #size;
  /** @type {number|undefined} */ #clock;

  /** @param {import("./parley.js").ParleyClient} client @param {(sent: number) => void} tell @param {number} size bytes */
  constructor(client, tell, size) {
    this.#client = client;
    this.#tell = tell;
    this.#size = size;
  }

  begin() {
    this.end();
    this.#clock = setInterval(() => {
      if (this.#client.state === "CLOSED") this.end();
      else this.#tell(Math.max(0, this.#size - this.#client.buffered));
    }, LOOK_EVERY);
  }

  end() {
    clearInterval(this.#clock);
  }
}
