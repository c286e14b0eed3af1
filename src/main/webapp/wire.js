/** Shows the frames of a conversation, and lets a page end its connection in several ways. */

/** @typedef {import("./line.js").Frame} Frame */
/** @typedef {{line: string, headers: [string, string][]}} Head of a message of HTTP */
/** @typedef {{request: Head, response: Head}} Handshake */
/** A frame that a script can't see; rtt: ms from a ping to its pong. @typedef {{frame: "ping"|"pong", from: "client"|"server", at: string, rtt?: number}} Control */
/** @typedef {{frame: Frame, handshake: Handshake, control: Control}} Details of the events */

/**
 * Events, each with its `detail`:
 * - `frame` {@link Frame}: each one with data
 * - `handshake` {@link Handshake} of the current connection, and `control` {@link Control}: sent by the server while watched
 */
export class Wire extends EventTarget {
  #connection;
  #outbox;
  #watched = false;

  /** @param {import("./connection.js").Connection} connection @param {import("./outbox.js").Outbox} outbox */
  constructor(connection, outbox) {
    super();
    this.#connection = connection;
    this.#outbox = outbox;
    connection.onframe = (frame) => this.#fire("frame", frame);
  }

  /** Turns the events of frames that a script can't see on or off, for this connection and later ones. @param {boolean} on */
  watch(on) {
    if (on === this.#watched) return;
    this.#watched = on;
    if (this.#outbox.isOpen) this.#ask();
  }

  /** Asks the server to end this connection. @param {"close"|"cut"} how @returns {Promise<void>} rejects if the server can't */
  async end(how) {
    await this.#request("end", { how });
  }

  /** Sends nothing and drops all received frames, until the heartbeat ends the connection. */
  mute() {
    this.#connection.line?.playDead();
  }

  /** Sends incomplete JSON; the server answers with an error. */
  malformed() {
    this.#connection.line?.send('{"type":"say","text":"broken off');
  }

  /** @internal A connection was welcomed: it is not watched yet. */
  welcomed() {
    if (this.#watched) this.#ask();
  }

  /** @internal @param {any} message of the type `watching` or `wire` */
  told(message) {
    if (message.type === "watching") {
      if (message.on) this.#fire("handshake", { request: head(message.request), response: head(message.response) });
      return;
    }
    const { frame, at, micros } = message;
    this.#fire("control", { frame, from: frame === "ping" ? "server" : "client", at, rtt: micros && micros / 1_000 });
  }

  #ask() {
    // A server without this message type answers with an error; then these events do not come.
    this.#request("watch", { on: this.#watched }).catch(() => {});
  }

  /** @param {string} type @param {object} fields */
  #request(type, fields) {
    const frame = (/** @type {number} */ ref) => JSON.stringify({ type, ref, ...fields });
    return this.#outbox.ask({ kind: type, room: "", frame });
  }

  /** @template {keyof Details} Type @param {Type} type @param {Details[Type]} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {string[]} lines @returns {Head} */
function head([line = "", ...headers]) {
  return { line, headers: headers.map((header) => [header.slice(0, header.indexOf(":")), header.replace(/^[^:]*:\s*/, "")]) };
}
