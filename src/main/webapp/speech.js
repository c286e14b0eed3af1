/**
 * What this page's person says, from the key that sends it until it is durable: in each room one after the other, in its
 * order, however long that takes and over a reload. What the server refuses for good steps aside, until someone discards
 * it or tries again: there is as much place for both as for what waits, and then nothing more is taken.
 */
import { newId, ParleyError } from "./parley.js";
import { Progress } from "./progress.js";
import { size } from "./row.js";
import { canBeSmaller, smaller } from "./smaller.js";
import { forgetFile, keepFile, keepUnsent, recallFiles, recallUnsent } from "./unsent.js";

/** @typedef {import("./unsent.js").Message} Message */
/** @typedef {import("./unsent.js").Picked} Picked */
/** @typedef {import("./room.js").Room} Room */
/**
 * recalled: waited before a reload, until their files are read; failed: the server refused them; taking: takes back the first
 * @typedef {{messages: Message[], recalled: Message[], failed: Set<Message>, isGoing: boolean, taking?: AbortController}} Queue
 */

const ABOUT = "speech"; // what its notices are about
const ABOUT_FILES = "files"; // which could not be sent; other messages don't end that
const SENDING_TAKES = 400; // ms before it is worth a word
const PAUSE = 2_000; // ms before what could not be stored now is said again
const PASSING = ["timeout", "tooSlow", "unavailable", "tooFast"]; // what may succeed later
const MOST_BYTES = 64 << 20; // in memory, of messages of a room that are not sent, or one
const MOST = 1_000; // messages of a room that are not sent
const NAMED = 3; // files in a sentence

export class Speech {
  #client;
  #notice;
  /** @type {Map<Room, Queue>} */ #queues = new Map();
  /** Told of a text that someone takes back to write it anew. @type {(text: string) => void} */ onedit = () => {};
  /** Bytes of a file that the server takes. */
  #limit = Infinity;

  /** @param {() => import("./parley.js").ParleyClient} client the present one @param {import("./notice.js").Notice} notice */
  constructor(client, notice) {
    this.#client = client;
    this.#notice = notice;
  }

  /** What waits can go. @param {{binary: number}} limits of the server */
  welcomed({ binary }) {
    this.#limit = binary;
    for (const room of this.#queues.keys()) this.#go(room);
  }

  /** From now on what is said there is sent, first what waited when the page was loaded anew. @param {Room} room */
  async serve(room) {
    /** @type {Queue} */ const queue = { messages: [], recalled: recallUnsent(room.name), failed: new Set(), isGoing: true };
    this.#queues.set(room, queue);
    room.lines.addEventListener("cancel", (event) => this.#cancel(room, /** @type {CustomEvent} */ (event).detail));
    const earlier = await recallFiles(queue.recalled);
    // The room was left meanwhile.
    if (this.#queues.get(room) !== queue) return;
    for (const { id, text, file } of earlier) room.lines.send(id, { text, file });
    room.lines.unsaid.waiting(earlier.map(({ id }) => id));
    queue.messages.unshift(...earlier);
    queue.recalled = [];
    keep(room, queue);
    queue.isGoing = false;
    this.#go(room);
  }

  /** Nothing more is sent there. @param {Room|undefined} room */
  forget(room) {
    const queue = room && this.#queues.get(room);
    if (!queue) return;
    this.#queues.delete(room);
    queue.taking?.abort();
    for (const { id, file } of [...queue.recalled, ...queue.messages.splice(0)]) if (file) forgetFile(id);
    keepUnsent(room.name, []);
  }

  /** @param {Room} room @param {{text?: string, file?: Picked}} what */
  say(room, what) {
    this.#notice.end(ABOUT_FILES);
    this.#add(room, { id: newId(), ...what });
  }

  /** @param {Room} room @param {File[]} files */
  async sayFiles(room, files) {
    this.#notice.end(ABOUT_FILES);
    for (const file of files) if (file.size <= this.#limit) await this.#sayFile(room, file);
    const tooLarge = files.filter((file) => file.size > this.#limit);
    if (tooLarge.length) this.#refuse(room, tooLarge);
  }

  /** @param {Room} room @param {File} file */
  async #sayFile(room, file) {
    const read = await file.arrayBuffer().catch(() => undefined);
    // A folder, or it is gone.
    if (!read) return this.#notice.tell(`${file.name} can't be read.`, ABOUT_FILES);
    const content = new Uint8Array(read);
    this.#add(room, { id: newId(), file: { name: file.name, media: file.type || "application/octet-stream", content } });
  }

  /** @param {Room} room @param {File[]} files too large ones */
  #refuse(room, files) {
    const all = files.slice(0, NAMED).map((file) => `${file.name} has ${size(file.size)}`);
    if (files.length > NAMED) all.push(`${files.length - NAMED} more are too large`);
    // Rounded down: a file of the size that is named must pass.
    const limit = this.#limit < 1024 ? this.#limit : this.#limit - (this.#limit % 1024);
    const pictures = files.filter(canBeSmaller);
    const send = () => {
      this.#notice.end(ABOUT_FILES);
      this.#saySmaller(room, pictures);
    };
    const ways = pictures.length && { "Send smaller": send, "Don't send": () => this.#notice.end(ABOUT_FILES) };
    this.#notice.tell(`${all.join("; ")}; the server takes ${size(limit)}.`, ABOUT_FILES, ways || {});
  }

  /** @param {Room} room @param {File[]} pictures */
  async #saySmaller(room, pictures) {
    for (const picture of pictures) {
      const file = await smaller(picture, this.#limit);
      if (file) await this.#sayFile(room, file);
      else this.#notice.tell(`${picture.name} can't be made smaller.`, ABOUT_FILES);
    }
  }

  /** @param {Room} room @param {Message} message */
  #add(room, message) {
    const { lines } = room;
    const queue = this.#queues.get(room);
    if (!queue) return;
    const unsent = [...queue.messages, ...queue.failed];
    const bytes = unsent.reduce((sum, each) => sum + bytesOf(each), 0);
    if (unsent.length >= MOST || (bytes > 0 && bytes + bytesOf(message) > MOST_BYTES)) return this.#refuseMore(room, queue, message);
    lines.send(message.id, message);
    if (queue.messages.length) lines.unsaid.waiting([message.id]);
    queue.messages.push(message);
    if (message.file) keepFile(message.id, message.file);
    keep(room, queue);
    this.#go(room);
  }

  /** A text goes back to where it was written. @param {Room} room @param {Queue} queue @param {Message} message */
  #refuseMore(room, queue, { text }) {
    if (text) this.onedit(text);
    if (!queue.failed.size) return this.#notice.tell("Too much waits to be sent already.", ABOUT_FILES);
    const discard = () => {
      this.#notice.end(ABOUT_FILES);
      for (const message of queue.failed) this.#discard(room, queue, message);
    };
    this.#notice.tell("Too much is not sent already: what failed must be sent or discarded first.", ABOUT_FILES, { "Discard what failed": discard });
  }

  /** Sends all that waits, unless that is going on. @param {Room} room */
  async #go(room) {
    const queue = this.#queues.get(room);
    if (!queue || queue.isGoing) return;
    queue.isGoing = true;
    while (queue.messages[0] && (await this.#say(room, queue, queue.messages[0])));
    queue.isGoing = false;
  }

  /** Says it, or says it again: the same id is stored once. @param {Room} room @param {Queue} queue @param {Message} message @returns {Promise<boolean>} whether to go on */
  async #say(room, queue, message) {
    const { lines, name } = room;
    const { id, text = "", file } = message;
    const client = this.#client();
    const { signal } = (queue.taking = new AbortController());
    let isSent = false;
    // Usually it takes a moment only, of which nobody need read.
    const slow = setTimeout(() => isSent || lines.unsaid.waiting([id]), client.state === "CLOSED" ? 0 : SENDING_TAKES);
    const progress = file && new Progress(client, (sent) => lines.unsaid.progress(id, sent, file.content.length), file.content.length);
    const onsent = () => {
      isSent = true;
      lines.unsaid.sending(id);
      progress?.begin();
    };
    try {
      const said = await (file ? client.send(name, file, id, { signal, onsent }) : client.say(name, text, id, { signal, onsent }));
      this.#drop(room, message);
      room.said(id, said);
      this.#notice.end(ABOUT);
    } catch (error) {
      const code = error instanceof ParleyError ? error.code : "";
      // The next conversation goes on with it.
      if (code === "closed") return lines.unsaid.waiting([id]), false;
      if (PASSING.includes(code)) return (await this.#pause(room, code, id)), true;
      this.#drop(room, message);
      if (code === "cancelled") lines.discard(id);
      else this.#fail(room, queue, message, code, /** @type {Error} */ (error).message);
    } finally {
      clearTimeout(slow);
      progress?.end();
    }
    return true;
  }

  /** What could not be stored stays the first. @param {Room} room @param {string} code @param {string} id */
  async #pause({ lines }, code, id) {
    lines.unsaid.waiting([id]);
    if (code !== "timeout") await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }

  /** @param {Room} room @param {Queue} queue @param {Message} message @param {string} code @param {string} why */
  #fail(room, queue, message, code, why) {
    const { id, text, file } = message;
    const discard = () => this.#discard(room, queue, message);
    const again = () => (discard(), this.#add(room, message));
    const edit = () => this.onedit(text ?? "");
    queue.failed.add(message);
    // What is too long stays so.
    room.lines.unsaid.failed(id, why, { again: code === "tooLarge" ? undefined : again, edit: file ? undefined : edit, discard });
  }

  /** One that failed. @param {Room} room @param {Queue} queue @param {Message} message */
  #discard(room, queue, message) {
    queue.failed.delete(message);
    room.lines.discard(message.id);
  }

  /** @param {Room} room @param {string} id */
  #cancel(room, id) {
    const queue = this.#queues.get(room);
    const message = queue?.messages.find((each) => each.id === id);
    if (!queue || !message) return;
    // The first one is with the client.
    if (queue.isGoing && message === queue.messages[0]) return queue.taking?.abort();
    this.#drop(room, message);
    room.lines.discard(id);
  }

  /** It waits no more. @param {Room} room @param {Message} message */
  #drop(room, message) {
    const queue = this.#queues.get(room);
    if (!queue) return;
    queue.messages = queue.messages.filter((each) => each !== message);
    keep(room, queue);
    if (message.file) forgetFile(message.id);
  }
}

/** In memory. @param {Message} message */
const bytesOf = ({ text, file }) => 2 * (text?.length ?? 0) + (file?.content.length ?? 0);
/** Keeps over a reload what waits, also what is still recalled. @param {Room} room @param {Queue} queue */
const keep = (room, { recalled, messages }) => keepUnsent(room.name, [...recalled, ...messages]);
