/** What this page's person says, from the key that sends it until it is durable. */
import { newId } from "./parley.js";

/** @typedef {{text?: string, file?: {name?: string, media: string, content: Uint8Array}}} What is said */
/** @typedef {import("./room.js").Room} Room */

const SENDING_TAKES = 400; // ms before it is worth a word
const LOOK_EVERY = 100; // ms, at how much of a file has left

export class Speech {
  #client;
  #notice;

  /** @param {() => import("./parley.js").ParleyClient} client the present one @param {(sentence: string) => void} notice empty: all is well */
  constructor(client, notice) {
    this.#client = client;
    this.#notice = notice;
  }

  /** @param {Room} room @param {What} what */
  say(room, what) {
    const id = newId();
    room.lines.send(id, what);
    this.#say(room, id, what);
  }

  /** @param {Room} room @param {File[]} files */
  async sayFiles(room, files) {
    for (const file of files) {
      try {
        const content = new Uint8Array(await file.arrayBuffer());
        this.say(room, { file: { name: file.name, media: file.type || "application/octet-stream", content } });
      } catch (unreadable) {
        this.#notice(`${file.name} can't be read.`); // a folder, or it is gone
      }
    }
  }

  /** Says it, or says it again: the same id is stored once. @param {Room} room @param {string} id @param {What} what */
  async #say(room, id, what) {
    const { lines, name } = room;
    const client = this.#client();
    lines.sending(id);
    // Usually it takes a moment only, of which nobody need read.
    const slow = setTimeout(() => lines.waiting([id]), client.state === "CLOSED" ? 0 : SENDING_TAKES);
    const size = what.file?.content.length ?? 0;
    const look = size && setInterval(() => lines.progress(id, Math.max(0, size - client.buffered), size), LOOK_EVERY);
    try {
      const said = await (what.file ? client.send(name, what.file, id) : client.say(name, what.text ?? "", id));
      lines.said(id, said.seq, said.at);
      this.#notice("");
    } catch (error) {
      lines.failed(id, /** @type {Error} */ (error).message, () => this.#say(room, id, what));
    } finally {
      clearTimeout(slow);
      clearInterval(look);
    }
  }
}
