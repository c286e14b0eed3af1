/** The types of a client and of its messages. No page loads this file: it is for people and compilers. */

/**
 * session: of an earlier welcome, to be the same person; tab: clients with one session and different tabs stay connected
 * token: of an issuer that the server trusts; a function is called for each connection, and before the token expires
 * @typedef {{name?: string, token?: import("./tokens.js").Token, session?: string, tab?: string}} Who
 */
/** @typedef {{signal?: AbortSignal, onsent?: () => void}} Sending signal: cancels a message (`cancelled`) that the socket has not got yet; onsent: called each time that the socket has got it */
/** kind: of data, 1 to 64 characters, by default `data`; id: of the message @typedef {Sending & {id?: string, kind?: string}} Saying */
/**
 * @typedef {object} Options
 * @property {number} [patience] ms, or Infinity, until a request without an answer fails (two minutes by default)
 * @property {number} [connectTimeout] ms, or Infinity, until `connect` fails (30 s by default)
 * @property {"apart"} [attachments] entries have the `size` of an attachment in place of its `content`, for `fetch`
 * @property {import("./line.js").WebSocketClass} [WebSocket] by default the global one; Node.js before version 22 has none
 */
/** Who stands behind a name; absent for a guest. @typedef {{kind: "user"|"application", id: string}} Caller */
/**
 * A text; or data of a kind, whose text is its kind; or an attachment's bytes with their media type and perhaps a file's name; or its `size` in place of the bytes. Expired: the bytes are not kept any more. Erased: the content is gone.
 * @typedef {{room: string, seq: number, id?: string, from: string, caller?: Caller, at: string, text?: string, kind?: string, data?: any,
 *   media?: string, name?: string, content?: Uint8Array, size?: number, expired?: boolean, erased?: boolean}} Entry
 */
/**
 * @typedef {{session: string, user: string, caller?: Caller, heartbeat: number,
 *   limits: {text: number, binary: number, queue: number, rate: number}, expires?: number}} Welcome
 */
/** @typedef {{room: string, seq: number, id: string, at: string}} Said */
/** @typedef {{room: string, action: string}} Moderated */
/** @typedef {{room: string, entries: Entry[], more: boolean, oldest?: number}} History oldest: see {@link Joined} */
/**
 * Not recovered: earlier entries are void, and `entries` is the newest page. Recovered: `entries` has only new entries.
 * oldest: the oldest entry that the server keeps; absent if no entry of the room was deleted.
 * @typedef {{room: string, epoch: string, seq: number, members: string[], callers?: Record<string, Caller>,
 *   entries: Entry[], recovered: boolean, reads?: Record<string, number>, may?: string[], oldest?: number, slow?: number}} Joined may: the permissions of this person beside reading, of `say`, `attach`, `signal` (without `say`) and `moderate`; absent: all but `moderate`. slow: seconds between two messages of this person
 */
/**
 * An action of a moderator. Of user, caller and seq, exactly one; `slow`, `close` and `open` have none, and `erase` the seq of the entry.
 * @typedef {{action: "remove"|"ban"|"unban"|"mute"|"unmute"|"slow"|"erase"|"invite"|"dismiss"|"appoint"|"close"|"open", user?: string, caller?: Caller, seq?: number,
 *   seconds?: number, address?: boolean, role?: "member"|"moderator"|"owner", reason?: string}} Moderation role: of `appoint`
 */
/**
 * The `detail` of each event of a client:
 * - `state` {@link import("./connection.js").Transition} of the present connection
 * - `roundTrip` the round-trip time of a heartbeat, in ms
 * - `welcome` {@link Welcome}, on each connection; the name may be another one
 * - `joined` {@link Joined}, on each connection, before any later entry of the room
 * - `entry` {@link Entry}: each entry that was in no `joined`, once and in order
 * - `presence` {room, user, caller?, online} · `typing` {room, user} · `signal` {room, from, caller?, text?, kind?, data?}: not stored · `read` {room, user, seq} · `granted` {room, may, slow?} · `erased` {room, seq, from?, older?}
 * - `invited` {room, from, caller?, seq}: a direct room that the client has not joined, `@` and an id, or the inbox `@` has a new entry; or, with seq 0, the person got a role in a room
 * - `renamed` {user, reason}: the person is a guest, and has another name from now on
 * - `error` {code, message, room?} without a promise; with a room: the client is not in it any more
 * - `bye` {code, reason, retryAfter?, signIn?}: the server is about to close
 * - `closed` {@link import("./line.js").Closed}: the last event; the client can't be used again
 * @typedef {object} Details
 * @property {import("./connection.js").Transition} state
 * @property {number} roundTrip
 * @property {Welcome} welcome
 * @property {Joined} joined
 * @property {Entry} entry
 * @property {{room: string, user: string, caller?: Caller, online: boolean}} presence
 * @property {{user: string, reason: string}} renamed
 * @property {{room: string, may: string[], slow?: number}} granted
 * @property {{room: string, seq: number, from?: string, older?: boolean}} erased whoever shows this entry drops its content; `from`: and its
 *   sender, for this name; `older`: and reads the entries below it again
 * @property {{room: string, from: string, caller?: Caller, seq: number}} invited
 * @property {{room: string, user: string}} typing
 * @property {{room: string, from: string, caller?: Caller, text?: string, kind?: string, data?: any}} signal
 * @property {{room: string, user: string, seq: number}} read
 * @property {{code: string, message: string, room?: string}} error
 * @property {{code: number, reason: string, retryAfter?: number, signIn?: import("./line.js").SignIn}} bye
 * @property {import("./line.js").Closed} closed
 */

export {};
