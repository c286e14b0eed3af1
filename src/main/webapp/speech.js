/** What this page's person says, from the key that sends it until it is durable. */
import { newId } from "./parley.js";
import { size } from "./row.js";

/** @typedef {{text?: string, file?: {name?: string, media: string, content: Uint8Array}}} What is said */
/** @typedef {import("./room.js").Room} Room */

const ABOUT = "speech"; // what its notices are about
const SENDING_TAKES = 400; // ms before it is worth a word
const LOOK_EVERY = 100; // ms, at how much of a file has left

export class Speech {
  #client;
  #notice;
  /** Told of a text that someone takes back to write it anew. @type {(text: string) => void} */ onedit = () => {};
  /** Bytes that the server takes at a time. */
  limit = Infinity;

  /** @param {() => import("./parley.js").ParleyClient} client the present one @param {import("./notice.js").Notice} notice */
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
      if (file.size > this.limit) {
        this.#notice.tell(`${file.name} has ${size(file.size)}; the server takes ${size(this.limit)}.`, ABOUT);
        continue;
      }
      const content = await file.arrayBuffer().catch(() => undefined);
      if (content) this.say(room, { file: { name: file.name, media: file.type || "application/octet-stream", content: new Uint8Array(content) } });
      else this.#notice.tell(`${file.name} can't be read.`, ABOUT); // a folder, or it is gone
    }
  }

  /** Says it, or says it again: the same id is stored once. @param {Room} room @param {string} id @param {What} what */
  async #say(room, id, { text = "", file }) {
    const { lines, name } = room;
    const client = this.#client();
    lines.sending(id);
    // Usually it takes a moment only, of which nobody need read.
    const slow = setTimeout(() => lines.waiting([id]), client.state === "CLOSED" ? 0 : SENDING_TAKES);
    const progress = file && new Progress(client, (sent) => lines.progress(id, sent, file.content.length), file.content.length);
    try {
      const said = await (file ? client.send(name, file, id, { onsent: () => progress?.begin() }) : client.say(name, text, id));
      room.said(id, said);
      this.#notice.end(ABOUT);
    } catch (error) {
      const { code, message } = /** @type {import("./parley.js").ParleyError} */ (error);
      // What is too long stays so.
      const again = code === "tooLarge" ? undefined : () => this.#say(room, id, { text, file });
      lines.failed(id, message, { again, edit: file ? undefined : () => this.onedit(text) });
    } finally {
      clearTimeout(slow);
      progress?.end();
    }
  }
}

/** How much of a file has left; of one that must wait for another connection nothing has. */
class Progress {
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
