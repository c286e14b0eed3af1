/** The client of Parley: one person's conversation with a server, over any number of connections. */

/** With what {@link ParleyClient.connect} identifies a person; all of it may be left out. */
export interface Who {
  /** The server may add a number to it: the welcome says which name holds. */
  name?: string;
  /** Of an issuer that the server trusts. A function is asked for each connection, and again before the token ends. */
  token?: string | (() => string | Promise<string>);
  /** Of an earlier welcome, to be the same person. */
  session?: string;
  /** Clients of one session with different tabs stay side by side; without it, the newer one replaces the older. */
  tab?: string;
}

export interface Options {
  /** Milliseconds, or Infinity, until a request without an answer fails; 120,000 by default. */
  patience?: number;
  /** `apart`: entries have the `size` of an attachment in place of its `content`, and {@link ParleyClient.fetch} gets the bytes. */
  attachments?: "apart";
  /** Milliseconds, or Infinity, until {@link ParleyClient.connect} fails; 30,000 by default. */
  connectTimeout?: number;
  /** By default the global one. Node.js before version 22 has none: give that of the package `ws`, for one. */
  WebSocket?: WebSocketClass;
}

/** A class like the `WebSocket` of browsers. */
export type WebSocketClass = new (url: URL, protocols: string[]) => Socket;

/** What the client needs of a `WebSocket`. */
export interface Socket {
  /** Set to `arraybuffer`. */
  binaryType: string;
  readonly bufferedAmount: number;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  send(frame: string | Bytes): void;
  close(code?: number, reason?: string): void;
}

/** Bytes that are not shared; written so that TypeScript before 5.7 reads it, which knows no `Uint8Array<ArrayBuffer>`. */
export type Bytes = Uint8Array & { readonly buffer: ArrayBuffer };

/** Who stands behind a name. Absent for a guest, who chose the name freely. */
export interface Caller {
  kind: "user" | "application";
  /** For ever; of a user it is the name that the server's container has, or the subject of the token. */
  id: string;
}

/** A text; or data; or an attachment: its `content` with the media type and perhaps the name of a file. */
export interface Entry {
  room: string;
  /** Its number in the room, from 1 on without a gap. */
  seq: number;
  /** As its sender gave it. */
  id?: string;
  from: string;
  /** Who wrote it; absent if a guest did. */
  caller?: Caller;
  /** ISO 8601, in UTC. */
  at: string;
  text?: string;
  /** What the data is, in a word of the application. Then the text is this word, for applications that know no data. */
  kind?: string;
  /** With `kind`: any value that JSON can have. */
  data?: any;
  media?: string;
  name?: string;
  content?: Uint8Array;
  /** In place of the content, where the option `attachments` says so: its length in bytes. */
  size?: number;
  /** With `size`: the server keeps the bytes no longer. */
  expired?: boolean;
  /** The content was erased; the text says so. */
  erased?: boolean;
}

export interface Welcome {
  session: string;
  /** The name that holds. */
  user: string;
  /** Who the person is; absent for a guest. */
  caller?: Caller;
  /** Milliseconds. */
  heartbeat: number;
  /** In how many milliseconds the token ends. */
  expires?: number;
  /** `text` and `binary` in bytes of one message, `queue` in bytes, `rate` in messages a second. */
  limits: { text: number; binary: number; queue: number; rate: number };
}

/** Where a message is stored. */
export interface Said {
  room: string;
  seq: number;
  id: string;
  at: string;
}

export interface History {
  room: string;
  entries: Entry[];
  more: boolean;
  /** The oldest entry that the server keeps; absent if no entry of the room was deleted. */
  oldest?: number;
}

export interface Joined {
  room: string;
  /** Names the log; positions of another epoch mean nothing. */
  epoch: string;
  /** The number of the room's last entry. */
  seq: number;
  members: string[];
  /** Those of them that are no guests, by their names. */
  callers?: Record<string, Caller>;
  /** Not recovered: the newest page, in place of all that came before. Recovered: entries that follow what came before. */
  entries: Entry[];
  recovered: boolean;
  /** How far members have read, by their names. */
  reads?: Record<string, number>;
  /** What this person may do beside reading, of `say`, `attach`, `signal` (without `say`) and `moderate`; absent: all but `moderate`. */
  may?: string[];
  /** Seconds between two messages of this person; absent for none. */
  slow?: number;
  /** The oldest entry that the server keeps; absent if no entry of the room was deleted. */
  oldest?: number;
}

/** An action of a moderator. Of `user`, `caller` and `seq` exactly one; `slow` has none, and `erase` the `seq` of the entry. */
export interface Moderation {
  action: "remove" | "ban" | "unban" | "mute" | "unmute" | "slow" | "erase" | "invite" | "dismiss" | "appoint" | "close" | "open";
  /** A name in the room; for `unban`, the name at the time of the ban. */
  user?: string;
  /** A user that is signed in. */
  caller?: Caller;
  /** The author of this entry, or the entry that is erased. */
  seq?: number;
  /** Of a ban or a mute, absent for ever; of `slow`, between two messages of one member. */
  seconds?: number;
  /** Whether a ban or a mute is also about the address of the user. */
  address?: boolean;
  /** For `appoint` alone. */
  role?: "member" | "moderator" | "owner";
  /** At most 200 characters. */
  reason?: string;
}

/** An action of a moderator is durable. */
export interface Moderated {
  room: string;
  action: string;
}

/** Where a join begins. */
export interface From {
  /** How many of the newest entries, when starting anew. */
  limit?: number;
  /** The last `seq` that the caller knows, with its `epoch`. */
  since?: number;
  epoch?: string;
}

export interface Sending {
  /** Takes the message back (`cancelled`) while no socket has it. */
  signal?: AbortSignal;
  /** Called each time that the message is handed to a socket. */
  onsent?: () => void;
}

export interface Saying extends Sending {
  /** By default one that no other message has. */
  id?: string;
  /** Of data: 1 to 64 characters, by default `data`. */
  kind?: string;
}

/** Bytes in any of the shapes that the web has for them; a text becomes UTF-8. */
export type Content = Blob | ArrayBuffer | ArrayBufferView | string;

export interface Attachment {
  /** By default that of a Blob; required for anything else. */
  media?: string;
  name?: string;
  content: Content;
}

export type State = "CONNECTING" | "OPEN" | "MESSAGE_RECEIVED" | "CLOSING" | "CLOSED";

export interface Closed {
  code: number;
  reason: string;
  comesBack: boolean;
  /** Milliseconds. */
  retryAfter?: number;
  /** With the code 4401: how one can sign in. */
  signIn?: SignIn;
}

export interface SignIn {
  /** Whether the server takes tokens. */
  token: boolean;
  /** The address of a page on which people sign in, relative to the address of the application. */
  page?: string;
}

export interface Transition {
  /** Absent for the first state of each connection. */
  from?: State;
  to: State;
  /** Tries since the last welcome, from 1. */
  attempt: number;
  /** Why it is CLOSED. */
  closed?: Closed;
  /** After how many milliseconds the next try comes; absent with `closed`, it is the end. */
  retryIn?: number;
}

/** What the events of a {@link ParleyClient} have as their `detail`. */
export interface Details {
  /** Of the present connection. */
  state: Transition;
  /** Milliseconds that a sign of life took, there and back. */
  roundTrip: number;
  /** On each return; the name may be another one. */
  welcome: Welcome;
  /** On each return, before any later entry of the room. */
  joined: Joined;
  /** What no `joined` brought: each entry once, in order. */
  entry: Entry;
  presence: { room: string; user: string; caller?: Caller; online: boolean };
  /** The person is a guest, and has another name from now on: a user that signed in got the one that it had. */
  renamed: { user: string; reason: string };
  /**
   * A direct room that the client has not joined, `@` and the id of the other user, or the inbox `@`, has a new entry. With the seq 0: the
   * person got a role in a room.
   */
  invited: { room: string; from: string; caller?: Caller; seq: number };
  /** What this person may do in a room changed. */
  granted: { room: string; may: string[]; slow?: number };
  /**
   * The content of an entry was erased: whoever shows the entry drops its content. With `from`, its sender was erased too, and has this
   * name from now on. With `older`, entries below it were erased too, without an event for each: read these again, or drop them.
   */
  erased: { room: string; seq: number; from?: string; older?: boolean };
  typing: { room: string; user: string };
  /** A text, or data of a kind, that a member or the application sent to all who are in the room now; it is not stored. */
  signal: { room: string; from: string; caller?: Caller; text?: string; kind?: string; data?: any };
  read: { room: string; user: string; seq: number };
  /** An error that belongs to no promise; with a room: this client is no longer in it. */
  error: { code: string; message: string; room?: string };
  /** The server is about to close. */
  bye: { code: number; reason: string; retryAfter?: number; signIn?: SignIn };
  /** The last event; a conversation that shall go on needs a new client. */
  closed: Closed;
}

/** What the events of a {@link Wire} have as their `detail`. */
export interface WireDetails {
  /** Each frame with data. */
  frame: Frame;
  /** Of the present connection, while watched. */
  handshake: Handshake;
  /** While watched. */
  control: Control;
}

export interface Frame {
  from: "client" | "server";
  /** JSON as a string, also where it came in a binary frame. */
  data: string | ArrayBuffer;
  /** Empty where it can't be read. */
  messages: any[];
  /** Milliseconds since 1970. */
  at: number;
  dropped: boolean;
}

/** The head of a message of HTTP. */
export interface Head {
  line: string;
  headers: [string, string][];
}

export interface Handshake {
  request: Head;
  response: Head;
}

/** A frame that a script can't see. */
export interface Control {
  frame: "ping" | "pong";
  from: "client" | "server";
  at: string;
  /** Milliseconds from a ping to its pong. */
  rtt?: number;
}

/** An event whose `detail` has a type. */
export interface DetailedEvent<Detail> extends Event {
  readonly detail: Detail;
}

/** A target of events whose names and details are known. */
export interface Target<Known> extends Omit<EventTarget, "addEventListener" | "removeEventListener"> {
  addEventListener<Name extends keyof Known & string>(
    type: Name,
    listener: Listener<Known[Name]> | null,
    options?: boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal },
  ): void;
  removeEventListener<Name extends keyof Known & string>(
    type: Name,
    listener: Listener<Known[Name]> | null,
    options?: boolean | { capture?: boolean },
  ): void;
}

export type Listener<Detail> =
  | ((event: DetailedEvent<Detail>) => void)
  | { handleEvent(event: DetailedEvent<Detail>): void };

/** What is under a conversation. */
export interface Wire extends Target<WireDetails> {
  /** Asks the server for `handshake` and `control`, on this connection and on those to come; or no longer. */
  watch(on: boolean): void;
  /** Asks the server to end this connection. Rejects where it can't. */
  end(how: "close" | "cut"): Promise<void>;
  /** Plays dead: sends nothing and drops what comes, until the heartbeat ends the connection. */
  mute(): void;
  /** Sends what is no JSON to its end; the server says so. */
  malformed(): void;
}

export interface ParleyClient extends Target<Details> {}

/**
 * One person's conversation with the server: it begins with {@link connect}, comes back by itself whenever its connection
 * breaks, and ends once.
 */
export class ParleyClient {
  /**
   * @param url by default `chat` beside the page; `http` and `https` stand for `ws` and `wss`
   * @throws TypeError where it is no address, or is left out outside of a page
   */
  constructor(url?: string | URL, options?: Options);

  readonly wire: Wire;
  /** Of the present connection, or of the last one. */
  readonly state: State;
  /** How many bytes wait in the socket. */
  readonly buffered: number;

  /**
   * Begins, once, and tries until it succeeds. It rejects, which is the end, with the server's code (`unauthorized`,
   * `forbidden`), with `unavailable` after the option `connectTimeout`, and with `closed` by {@link close}.
   *
   * @param who a function is asked again for each connection
   * @returns the first welcome
   */
  connect(who?: Who | (() => Who)): Promise<Welcome>;
  /** Tries again now, where there is no connection. */
  reconnect(): void;
  /** Ends the conversation: what has no answer yet is rejected with `closed`. */
  close(): void;

  /** Joins a room, until it is left: a broken connection doesn't end that. */
  join(room: string, from?: From): Promise<Joined>;
  /**
   * Joins the inbox of this user, the room `@`: what the application sends to this user alone, on all its devices. Rejects with `forbidden`
   * for a guest, who has none.
   * @param listener gets each entry once and in order, over any number of connections
   * @param from the position from an earlier conversation
   */
  inbox(listener: (entry: Entry) => void, from?: From): Promise<Joined>;
  /** From now on nothing of the room is heard. */
  leave(room: string): Promise<void>;
  /**
   * Resolves when the message is durable, however many connections that takes; rejects with the server's code or with
   * `timeout`, `tooSlow`, `closed` or `cancelled`. After all but `tooSlow` it may have been stored all the same: the same id
   * again is safe within the same session.
   * @param content a text; or data: any other value that JSON can have, or a text that has a `kind`
   * @param how the id of the message; or an object that has it, or the kind
   * @throws TypeError if JSON can't have it
   */
  say(room: string, content: unknown, how?: string | Saying, sending?: Sending): Promise<Said>;
  /** Says bytes, with what {@link say} promises. Rejects with a TypeError where `content` or `media` is none. */
  send(room: string, attachment: Attachment, id?: string, sending?: Sending): Promise<Said>;
  /** A page of earlier entries. */
  history(room: string, span?: { before?: number; after?: number; limit?: number }): Promise<History>;
  /** Makes a room, of which this person is the owner then, where the server lets users do that. */
  create(room: string, how?: { closed?: boolean }): Promise<Moderated>;
  /** Moderates the room, with the permission `moderate`. Resolves when it is durable and in effect. */
  moderate(room: string, moderation: Moderation): Promise<Moderated>;

  /**
   * The bytes of an attachment whose entry has a `size`; rejects with `notFound` if it is gone.
   * @param part the part that is wanted; the server may give less
   */
  fetch(room: string, seq: number, part?: { offset?: number; length?: number }): Promise<Uint8Array>;
  /** A hint, dropped where it can't be sent at once. */
  typing(room: string): void;
  /**
   * Sends a text or data, as {@link say} does, to the members who are in the room now. It is not stored, and dropped where it can't be sent at once.
   * @throws ParleyError `tooLarge` if it is larger than a text frame may be
   */
  signal(room: string, content: unknown, how?: { kind?: string }): void;
  /** Tells how far this person has read, once a second at most. */
  read(room: string, seq: number): void;
}

/** Why a request failed. */
export class ParleyError extends Error {
  constructor(code: string, message: string, room?: string, retryAfter?: number);
  /** A code of the protocol, or `timeout`, `tooSlow`, `cancelled` or `closed`. */
  code: string;
  /** That it is about. */
  room: string | undefined;
  /** The milliseconds before which the same request fails again; undefined if they are not known. */
  retryAfter: number | undefined;
}

/** An id for a message that no other has. */
export function newId(): string;
