/**
 * A TCP proxy under which no line lasts: it delays, stalls, lets half of something through and cuts, by a seed. Once it
 * is told to be honest, lines last.
 */
import { connect, createServer } from "node:net";

const LIFE = 2_500; // ms, of a line at most
const DELAY = 15; // ms, of what passes at most
const STALL = 400; // ms before a stalled line is cut, at most

export class CuttingProxy {
  #server = createServer((client) => this.#carry(client));
  #sockets = new Set();
  #upstream;
  #random;
  #honest = false;
  cuts = 0;

  /** @param {URL} upstream @param {() => number} random from 0 to 1 */
  constructor(upstream, random) {
    this.#upstream = { host: upstream.hostname, port: Number(upstream.port) };
    this.#random = random;
  }

  async start() {
    await new Promise((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return this;
  }

  get url() {
    return `ws://127.0.0.1:${this.#server.address().port}/chat`;
  }

  beHonest() {
    this.#honest = true;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  stop() {
    this.#honest = true;
    this.#server.close();
    this.#sockets.forEach((socket) => socket.destroy());
  }

  #carry(client) {
    const server = connect(this.#upstream);
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on("error", cut).on("close", () => (cut(), this.#sockets.delete(socket)));
    }
    if (this.#honest) {
      client.pipe(server).pipe(client);
      return;
    }
    const fate = { stalled: false, halving: false };
    this.#forward(client, server, fate, cut);
    this.#forward(server, client, fate, cut);
    setTimeout(() => this.#strike(fate, cut), this.#random() * LIFE);
  }

  #strike(fate, cut) {
    if (this.#honest) return cut();
    this.cuts++;
    const kind = this.#random();
    if (kind < 0.4) cut();
    else if (kind < 0.7) fate.halving = true;
    else fate.stalled = true;
    setTimeout(cut, this.#random() * STALL);
  }

  /** In order, each piece a little late. */
  #forward(from, to, fate, cut) {
    let before = Promise.resolve();
    from.on("data", (bytes) => {
      const pause = this.#random() * DELAY;
      before = before.then(async () => {
        await new Promise((resume) => setTimeout(resume, pause));
        if (fate.stalled) return;
        if (!fate.halving) return to.write(bytes);
        to.write(bytes.subarray(0, bytes.length / 2));
        setTimeout(cut);
        fate.stalled = true;
      });
    });
  }
}
