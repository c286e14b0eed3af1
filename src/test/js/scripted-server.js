/** A WebSocket server on a real socket that does only what a test tells it to. Just enough of RFC 6455 for that. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;

/** What comes, for who asks for it: each thing once, in order. */
class Arrivals {
  #here = [];
  #waiting = [];

  put(thing) {
    const wanted = this.#waiting.shift();
    if (wanted) wanted(thing);
    else this.#here.push(thing);
  }

  next() {
    return this.#here.length ? Promise.resolve(this.#here.shift()) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  get isEmpty() {
    return this.#here.length === 0;
  }
}

export class ScriptedServer {
  #http = createServer((_, response) => response.writeHead(426).end());
  #lines = new Arrivals();
  #sockets = new Set();

  static async start() {
    const server = new ScriptedServer();
    server.#http.on("upgrade", (request, socket) => {
      server.#sockets.add(socket.on("close", () => server.#sockets.delete(socket)));
      server.#lines.put(new ServerLine(request, socket));
    });
    await new Promise((listening) => server.#http.listen(0, "127.0.0.1", listening));
    return server;
  }

  get url() {
    return `ws://127.0.0.1:${this.#http.address().port}/chat`;
  }

  /** The next client that connects. @returns {Promise<ServerLine>} */
  line() {
    return this.#lines.next();
  }

  /** The same, once it was welcomed. @returns {Promise<ServerLine>} */
  async guest(welcome) {
    const line = await this.line();
    await line.welcomes(welcome);
    return line;
  }

  /** Whether nobody came whom no one asked for. */
  get isAlone() {
    return this.#lines.isEmpty;
  }

  stop() {
    this.#http.close();
    this.#sockets.forEach((socket) => socket.destroy());
  }
}

class ServerLine {
  #socket;
  #bytes = Buffer.alloc(0);
  #messages = new Arrivals();
  /** Resolves with the code of the client's close frame; 1006 when the line broke without one. */
  closed;
  /** The sub-protocols that the client offers. */
  offered;
  #setClosed;

  constructor(request, socket) {
    this.#socket = socket;
    this.offered = request.headers["sec-websocket-protocol"];
    this.closed = new Promise((resolve) => (this.#setClosed = resolve));
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${this.offered.split(",")[0]}\r\n\r\n`,
    );
    socket.on("error", () => {}).on("close", () => this.#setClosed(1006));
    socket.on("data", (data) => this.#take(data));
  }

  /** The next message; of a binary frame with its `content`. */
  hears() {
    return this.#messages.next();
  }

  /** The next message, which must be of a type. */
  async hearsA(type) {
    const message = await this.hears();
    if (message.type !== type) throw new Error(`expected ${type}, not ${JSON.stringify(message)}`);
    return message;
  }

  async welcomes({ user = "ann", session = "secret", heartbeat = 20_000, expires, caller, ...limits } = {}) {
    this.hello = await this.hearsA("hello");
    const all = { text: 65_536, binary: 1 << 20, queue: 1 << 20, rate: 1_000, ...limits };
    this.tells({ type: "welcome", ref: this.hello.ref, session, user, caller, heartbeat, limits: all, expires });
  }

  /** Lets the client join the room that it asks for. @returns what it asked */
  async joins({ epoch = "e", seq = 0, entries = [], recovered = false } = {}) {
    const { ref, room, ...rest } = await this.hearsA("join");
    this.tells({ type: "joined", ref, room, epoch, seq, members: ["ann"], entries, recovered });
    return { room, ...rest };
  }

  /** Stores what the client says next. @returns what it said */
  async stores(seq) {
    const said = await this.hearsA("say");
    this.tells({ type: "said", ref: said.ref, room: said.room, seq, id: said.id, at: "2026-01-01T00:00:00.000Z" });
    return said;
  }

  /** Tells messages in one binary frame, as a server of `parley.v2` may do. */
  tellsInBinary(...messages) {
    this.#send(BINARY, Buffer.from(JSON.stringify(messages.length === 1 ? messages[0] : messages)));
  }

  /** Tells messages in one frame. */
  tells(...messages) {
    this.#send(TEXT, Buffer.from(JSON.stringify(messages.length === 1 ? messages[0] : messages)));
  }

  close(code, reason = "") {
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    this.#send(CLOSE, payload);
  }

  /** The line breaks, without a word. */
  cut() {
    this.#socket.destroy();
  }

  #send(opcode, payload) {
    const length = payload.length;
    const head = Buffer.from([0x80 | opcode, length < 126 ? length : length < 65_536 ? 126 : 127]);
    const extended = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
    if (extended.length === 2) extended.writeUInt16BE(length);
    if (extended.length === 8) extended.writeBigUInt64BE(BigInt(length));
    this.#socket.write(Buffer.concat([head, extended, payload]));
  }

  #take(data) {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    for (let frame = this.#frame(); frame; frame = this.#frame()) {
      const { opcode, payload } = frame;
      if (opcode === TEXT) this.#messages.put(JSON.parse(payload.toString()));
      if (opcode === BINARY) {
        const end = 2 + payload.readUInt16BE(0);
        this.#messages.put({ ...JSON.parse(payload.subarray(2, end).toString()), content: new Uint8Array(payload.subarray(end)) });
      }
      if (opcode === CLOSE) {
        this.#setClosed(payload.length ? payload.readUInt16BE(0) : 1005);
        this.#send(CLOSE, payload);
        this.#socket.end();
      }
    }
  }

  /** Takes one whole frame off what has come. */
  #frame() {
    const bytes = this.#bytes;
    if (bytes.length < 2) return undefined;
    const short = bytes[1] & 0x7f;
    const mask = short < 126 ? 2 : short === 126 ? 4 : 10;
    const start = mask + 4;
    if (bytes.length < start) return undefined;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < start + length) return undefined;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    for (let i = 0; i < length; i++) payload[i] ^= bytes[mask + (i % 4)];
    this.#bytes = bytes.subarray(start + length);
    return { opcode: bytes[0] & 0x0f, payload };
  }
}
