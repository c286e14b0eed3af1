/**
 * The protocol `parley.v1` in a browser, without any DOM: who the person is and what was told of each room, kept over
 * any number of connections. Nothing here waits for ever: a request ends with its reply, an error, or its connection.
 */
import { Line, ParleyError } from "./line.js";

/** @typedef {import("./line.js").State} State */
/**
 * A text, or an attachment's bytes with their media type and perhaps a file's name.
 * @typedef {{room: string, seq: number, id?: string, from: string, at: string, text?: string, media?: string,
 *   name?: string, content?: Uint8Array}} Entry
 */
/** @typedef {{session: string, user: string, heartbeat: number, limits: {text: number, binary: number}}} Welcome */
/** @typedef {{room: string, seq: number, id: string, at: string}} Said */
/** @typedef {{room: string, entries: Entry[], more: boolean}} History */
/**
 * Not recovered: forget what was shown, `entries` is the newest page. Recovered: they were not told before.
 * @typedef {{room: string, epoch: string, seq: number, members: string[], entries: Entry[], recovered: boolean,
 *   reads?: Record<string, number>}} Joined
 */

export { ParleyError };

/** An id of 128 random bits. `crypto.randomUUID` would be missing on plain http. @returns {string} */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/**
 * One person's conversation with the server. Events, each with its `detail`:
 * `state` {from?, to, closed?: Closed}, CONNECTING being the first of a connection · `joined` Joined (before any later entry, even one of the same frame) · `entry`
 * Entry (in order, each once) · `presence` {room, user, online} · `typing` {room, user} · `read` {room, user, seq} ·
 * `error` {code, message} that answers no request · `bye` {code, reason, retryAfter?}
 */
export class ParleyClient extends EventTarget {
  #url;
  /** @type {Line|undefined} */ #line;
  /** @type {string|undefined} */ #session;
  /** What was told of each room, to go on from. @type {Map<string, {epoch: string, seq: number, asked?: boolean}>} */
  #told = new Map();

  /** @param {string|URL} [url] by default `chat` beside this module, by ws or wss as the module came by http or https */
  constructor(url = new URL("chat", import.meta.url)) {
    super();
    this.#url = new URL(url);
    this.#url.protocol = this.#url.protocol.replace("http", "ws");
  }

  /** @returns {State} */
  get state() {
    return this.#line?.state ?? "CLOSED";
  }

  /**
   * Opens a connection and says hello. Rooms are joined anew by {@link join}, which goes on where they were left.
   * @param {{name?: string, token?: string, session?: string}} [who] session: of an earlier welcome
   * @returns {Promise<Welcome>}
   */
  async connect({ name, token, session = this.#session } = {}) {
    if (this.state !== "CLOSED") throw new ParleyError("badRequest", "There is a connection already.");
    const line = new Line(this.#url, { type: "hello", name, token, session });
    this.#line = line;
    this.#tell("state", { to: line.state });
    line.onstate = (from, to, closed) => this.#tell("state", { from, to, closed });
    line.onmessage = (message) => this.#hear(message);
    try {
      const welcome = await line.welcomed;
      this.#session = welcome.session;
      return welcome;
    } catch (error) {
      line.close();
      throw error;
    }
  }

  /** Asks for the end of the connection; CLOSED follows within three seconds. */
  close() {
    this.#line?.close();
  }

  /** @param {string} room @param {number} [limit] how many of the newest entries, when starting anew @returns {Promise<Joined>} */
  join(room, limit) {
    const told = this.#told.get(room);
    return this.#request({ type: "join", room, limit, since: told?.seq, epoch: told?.epoch });
  }

  /** @param {string} room @returns {Promise<void>} */
  leave(room) {
    this.#told.delete(room);
    return this.#request({ type: "leave", room });
  }

  /**
   * Resolves when the message is durable. When it fails it may have been stored all the same: the same id again is
   * safe within the same session.
   * @param {string} room @param {string} text @param {string} [id] @returns {Promise<Said>}
   */
  say(room, text, id = newId()) {
    return this.#request({ type: "say", room, id, text });
  }

  /** @param {string} room @param {{before?: number, after?: number, limit?: number}} [span] @returns {Promise<History>} */
  history(room, span = {}) {
    return this.#request({ type: "history", room, ...span });
  }

  /** A hint, dropped where there is no connection. @param {string} room */
  typing(room) {
    this.#line?.hint({ type: "typing", room });
  }

  /** A hint, dropped where there is no connection. @param {string} room @param {number} seq */
  read(room, seq) {
    this.#line?.hint({ type: "read", room, seq });
  }

  /** @param {object} message @returns {Promise<any>} */
  #request(message) {
    return this.#line?.request(message) ?? Promise.reject(new ParleyError("closed", "There is no connection."));
  }

  /** @param {any} message */
  #hear(message) {
    switch (message.type) {
      case "joined": return this.#joined(message);
      case "entry": return this.#entry(message);
      case "presence": case "typing": case "read": case "error": case "bye": return this.#tell(message.type, message);
    }
  }

  /** @param {Joined} joined */
  #joined(joined) {
    const { room, epoch, recovered, entries } = joined;
    const before = recovered ? this.#told.get(room)?.seq ?? 0 : 0;
    joined.entries = entries.filter((entry) => entry.seq > before);
    // Recovered, what is missing from `entries` still follows: only what came counts as told.
    this.#told.set(room, { epoch, seq: entries.at(-1)?.seq ?? (recovered ? before : joined.seq) });
    this.#tell("joined", joined);
  }

  /** @param {Entry} entry */
  #entry(entry) {
    const told = this.#told.get(entry.room);
    if (!told || entry.seq <= told.seq) return;
    if (entry.seq === told.seq + 1) {
      told.seq = entry.seq;
      this.#tell("entry", entry);
    } else if (!told.asked) {
      // A gap: joining again from the last one told brings what is missing, this entry included.
      told.asked = true;
      this.join(entry.room).catch((error) => {
        told.asked = false;
        this.#tell("error", error);
      });
    }
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
