/**
 * Sends the messages of this page's person until they are durable, also after a reload; those of a room one after the other. If the
 * server rejects a message for good, the person can discard it or try again. The queue is bounded, with such messages.
 */
import { newId, ParleyError } from "./parley.js";
import { Progress } from "./progress.js";
import { size } from "./row.js";
import { forgetFile, keepFile, keepUnsent, recallFiles, recallUnsent } from "./unsent.js";

/** @typedef {import("./unsent.js").Message} Message */
/** @typedef {import("./unsent.js").Picked} Picked */
/** @typedef {import("./room.js").Room} Room */
/**
 * recalled: messages from before a reload whose files are not read yet; failed: rejected messages; taking: cancels the first one
 * @typedef {{messages: Message[], recalled: Message[], failed: Set<Message>, isGoing: boolean, taking?: AbortController}} Queue
 */

const ABOUT = "speech"; // the subject of its notices
const ABOUT_FILES = "files"; // the subject of notices about files; other messages don't end these
const SENDING_TAKES = 400; // ms after which a note says that a message is being sent
const PAUSE = 2_000; // ms between two tries
const PASSING = ["timeout", "tooSlow", "unavailable", "tooFast"]; // errors after which another try may succeed
const MOST_WAIT = 60_000; // ms; a message that must wait longer fails, so that the person learns why
const MOST_BYTES = 64 << 20; // in memory, of the unsent messages of a room; a single message may be larger
const MOST = 1_000; // unsent messages of a room
const NAMED = 3; // files in a sentence
const STILL = ["image/png", "image/jpeg", "image/webp", "image/avif", "image/bmp"]; // without animation: they can be drawn again at a smaller size

export class Speech {
  #client;
  #notice;
  /** @type {Map<Room, Queue>} */ #queues = new Map();
  /** Called with a failed text that the person wants to edit. @type {(text: string) => void} */ onedit = () => {};
  /** The bytes of the largest file that the server accepts. */
  #limit = Infinity;
  /** The rooms whose unsent messages must be stored again. @type {Set<Room>} */ #changed = new Set();

  /** @param {() => import("./parley.js").ParleyClient} client returns the current client @param {import("./notice.js").Notice} notice */
  constructor(client, notice) {
    this.#client = client;
    this.#notice = notice;
    addEventListener("pagehide", () => this.#keepAll());
  }

  /** The client was welcomed: waiting messages can be sent. @param {{binary: number}} limits of the server */
  welcomed({ binary }) {
    this.#limit = binary;
    for (const room of this.#queues.keys()) this.#go(room);
  }

  /** The room was joined. From now on its messages are sent, first those from before a reload. @param {Room} room */
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
    this.#keep(room);
    queue.isGoing = false;
    this.#go(room);
  }

  /** Ends the sending to a room. @param {Room|undefined} room */
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
    // This is a folder, or the file was deleted.
    if (!read) return this.#notice.show(`${file.name} can't be read.`, ABOUT_FILES);
    const content = new Uint8Array(read);
    this.#add(room, { id: newId(), file: { name: file.name, media: file.type || "application/octet-stream", content } });
  }

  /** @param {Room} room @param {File[]} files too large ones */
  #refuse(room, files) {
    const all = files.slice(0, NAMED).map((file) => `${file.name} has ${size(file.size)}`);
    if (files.length > NAMED) all.push(`${files.length - NAMED} more are too large`);
    // The number is rounded down, so a file of the shown size is not too large.
    const limit = this.#limit < 1024 ? this.#limit : this.#limit - (this.#limit % 1024);
    const pictures = files.filter(({ type }) => STILL.includes(type));
    const send = () => {
      this.#notice.end(ABOUT_FILES);
      this.#saySmaller(room, pictures);
    };
    const ways = pictures.length && { "Send smaller": send, "Don't send": () => this.#notice.end(ABOUT_FILES) };
    this.#notice.show(`${all.join("; ")}; the server takes ${size(limit)}.`, ABOUT_FILES, ways || {});
  }

  /** @param {Room} room @param {File[]} pictures */
  async #saySmaller(room, pictures) {
    const { smaller } = await import("./smaller.js").catch(() => ({ smaller: () => undefined }));
    for (const picture of pictures) {
      const file = await smaller(picture, this.#limit);
      if (file) await this.#sayFile(room, file);
      else this.#notice.show(`${picture.name} can't be made smaller.`, ABOUT_FILES);
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
    this.#keep(room);
    this.#go(room);
  }

  /** The queue is full: a text goes back into the field. @param {Room} room @param {Queue} queue @param {Message} message */
  #refuseMore(room, queue, { text }) {
    if (text) this.onedit(text);
    if (!queue.failed.size) return this.#notice.show("Too much waits to be sent already.", ABOUT_FILES);
    const discard = () => {
      this.#notice.end(ABOUT_FILES);
      for (const message of queue.failed) this.#discard(room, queue, message);
    };
    this.#notice.show("Too much is not sent already: what failed must be sent or discarded first.", ABOUT_FILES, { "Discard what failed": discard });
  }

  /** Sends all waiting messages, unless this is running already. @param {Room} room */
  async #go(room) {
    const queue = this.#queues.get(room);
    if (!queue || queue.isGoing) return;
    queue.isGoing = true;
    while (queue.messages[0] && (await this.#say(room, queue, queue.messages[0])));
    queue.isGoing = false;
  }

  /** Sends a message, perhaps again: under one id, it is stored once. @param {Room} room @param {Queue} queue @param {Message} message @returns {Promise<boolean>} whether the next message can be sent */
  async #say(room, queue, message) {
    const { lines, name } = room;
    const { id, text = "", file } = message;
    const client = this.#client();
    const { signal } = (queue.taking = new AbortController());
    let isSent = false;
    // Usually this takes only a moment, and needs no note.
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
      const { code, retryAfter = 0 } = error instanceof ParleyError ? error : { code: "" };
      // The next conversation sends it.
      if (code === "closed") return lines.unsaid.waiting([id]), false;
      if (PASSING.includes(code) && retryAfter <= MOST_WAIT) return (await this.#pause(room, code, id, retryAfter)), true;
      this.#drop(room, message);
      if (code === "cancelled") lines.discard(id);
      else this.#fail(room, queue, message, code, /** @type {Error} */ (error).message);
    } finally {
      clearTimeout(slow);
      progress?.end();
    }
    return true;
  }

  /** The message stays the first one, and is sent again after a pause. @param {Room} room @param {string} code @param {string} id @param {number} least ms */
  async #pause({ lines }, code, id, least) {
    lines.unsaid.waiting([id]);
    if (code !== "timeout") await new Promise((resolve) => setTimeout(resolve, Math.max(PAUSE, least)));
  }

  /** @param {Room} room @param {Queue} queue @param {Message} message @param {string} code @param {string} why */
  #fail(room, queue, message, code, why) {
    const { id, text, file } = message;
    const discard = () => this.#discard(room, queue, message);
    const again = () => (discard(), this.#add(room, message));
    const edit = () => this.onedit(text ?? "");
    queue.failed.add(message);
    // A message that is too long can't succeed later.
    room.lines.unsaid.failed(id, why, { again: code === "tooLarge" ? undefined : again, edit: file ? undefined : edit, discard });
  }

  /** Removes a failed message. @param {Room} room @param {Queue} queue @param {Message} message */
  #discard(room, queue, message) {
    queue.failed.delete(message);
    room.lines.discard(message.id);
  }

  /** @param {Room} room @param {string} id */
  #cancel(room, id) {
    const queue = this.#queues.get(room);
    const message = queue?.messages.find((each) => each.id === id);
    if (!queue || !message) return;
    // The client has the first message.
    if (queue.isGoing && message === queue.messages[0]) return queue.taking?.abort();
    this.#drop(room, message);
    room.lines.discard(id);
  }

  /** Removes a waiting message. @param {Room} room @param {Message} message */
  #drop(room, message) {
    const queue = this.#queues.get(room);
    if (!queue) return;
    queue.messages = queue.messages.filter((each) => each !== message);
    this.#keep(room);
    if (message.file) forgetFile(message.id);
  }

  /** Stores the unsent messages of a room, for a reload: once for many changes, because all are written each time. @param {Room} room */
  #keep(room) {
    if (!this.#changed.size) setTimeout(() => this.#keepAll());
    this.#changed.add(room);
  }

  #keepAll() {
    for (const room of this.#changed) {
      const queue = this.#queues.get(room);
      if (queue) keepUnsent(room.name, [...queue.recalled, ...queue.messages]);
    }
    this.#changed.clear();
  }
}

/** The bytes in memory. @param {Message} message */
const bytesOf = ({ text, file }) => 2 * (text?.length ?? 0) + (file?.content.length ?? 0);
