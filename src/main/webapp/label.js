/** Texts for the arrows of a diagram and their details: bounded, and without secrets. */

const LABEL = 48; // characters of one value
const DETAIL = 4_000; // characters
const ITEMS = 40; // of one list; there is no space for more
const BYTES = 256; // of a binary frame
const FEW = 4; // messages of a batch that are told one by one
const SECRET = /^(session|nonce|token|cookie|set-cookie|authorization)$/i;
const SECRET_IN_ADDRESS = /([?&](?:session|nonce|token)=)[^&\s]+/gi;
// XML does not allow these characters, or they change the direction of text.
const UNFIT = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu;

/** @param {unknown} value of any kind @param {number} [limit] */
export function clean(value, limit = LABEL) {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return (text.length > limit ? `${text.slice(0, limit)}…` : text).replace(UNFIT, " ");
}

/** @param {number} ms */
export const span = (ms) => (ms < 1_000 ? `${Number(ms.toFixed(1))} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** @param {unknown[]} [entries] */
const count = (entries = []) => `${entries.length} ${entries.length === 1 ? "entry" : "entries"}`;

/** The words for a message of each type, after its type. @type {Record<string, (message: any) => unknown[]>} */
const WORDS = {
  hello: ({ name, session }) => [name, session && "(the same session)"],
  welcome: ({ user }) => ["you are", user],
  join: ({ room, since }) => (since === undefined ? [room] : ["resume", room, `since=${clean(since)}`]),
  joined: ({ recovered, entries }) => [`recovered: ${recovered === true}, ${count(entries)}`],
  leave: ({ room }) => [room],
  left: ({ room, reason }) => [room, reason],
  invited: ({ room, from, seq }) => [room, "by", from, "seq", seq],
  granted: ({ room, may }) => [room, may],
  moderate: ({ room, action, user }) => [room, action, user],
  moderated: ({ room, action }) => [room, action],
  say: ({ text, kind, media }) => [text ?? kind ?? media],
  said: ({ seq }) => ["seq", seq],
  entry: ({ seq, from, text, media }) => ["seq", seq, `· ${clean(from)}:`, text ?? media],
  entries: ({ seq, entries = [] }) => ["seq", seq, "…", seq + entries.length - 1],
  history: ({ entries, before, after }) => (entries ? [count(entries)] : before ? ["before", before] : ["after", after]),
  presence: ({ user, online }) => [user, online ? "came" : "left"],
  typing: ({ user }) => [user],
  signal: ({ from, text, kind }) => [from, text ?? kind],
  read: ({ user, seq }) => [user, "up to", seq],
  bye: ({ code, reason, retryAfter }) => [code, reason, retryAfter >= 0 && `· come back in ${span(retryAfter)}`],
  error: ({ code, message }) => [code, "–", message],
};

/** @param {any} message @param {string|false} [more] */
export function label(message, more) {
  const { type, ref } = message;
  const words = Object.hasOwn(WORDS, type) ? WORDS[type](message) : [];
  const told = words.filter((word) => word !== undefined && word !== false).map((word) => clean(word)).join(" ");
  return [ref === undefined ? clean(type) : `${clean(type)} #${clean(ref)}`, told, more].filter(Boolean).join(" · ");
}

/**
 * The labels of a few messages. Of more, the types with their numbers; for `joined` its label too.
 * @param {{type: string}[]} messages @param {string[]} labels of the messages
 */
export function batchLabel(messages, labels) {
  if (messages.length <= FEW) return `batch of ${messages.length}: ${labels.join(", ")}`;
  /** @type {Map<string, number>} */ const types = new Map();
  messages.forEach(({ type }, i) => {
    const word = type === "joined" ? labels[i] : type;
    types.set(word, (types.get(word) ?? 0) + 1);
  });
  const words = [...types].map(([type, times]) => (times > 1 ? `${clean(type)} ×${times}` : clean(type)));
  return `batch of ${messages.length}: ${words.join(", ")}`;
}

/** @param {unknown} value shown as JSON; long texts and lists are cut */
export function detail(value) {
  const json = JSON.stringify(value, (key, part) => {
    if (SECRET.test(key)) return "…";
    if (part instanceof Uint8Array) return `${part.length} bytes`;
    if (typeof part === "string") return key === "data" ? clean(part) : part.slice(0, DETAIL);
    return Array.isArray(part) ? part.slice(0, ITEMS) : part;
  }, 2);
  return json.length > DETAIL ? `${json.slice(0, DETAIL)}…` : json;
}

/** @param {any[]} messages @param {string|Uint8Array|ArrayBuffer} data */
export function frameDetail(messages, data) {
  const read = messages.length ? detail(messages.length > 1 ? messages : messages[0]) : "This is not a frame of the protocol:";
  if (typeof data === "string") return messages.length ? read : `${read}\n\n${data.slice(0, DETAIL)}`;
  const hex = Array.from(new Uint8Array(data).subarray(0, BYTES), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `${read}\n\n${hex}${data.byteLength > BYTES ? " …" : ""}\n${data.byteLength} bytes`;
}

/** @param {{line: string, headers: [string, string][]}} head of a handshake; its WebSocket headers come first */
export function headers({ line, headers }) {
  const rank = (/** @type {string[]} */ [name]) => (/^sec-websocket-/i.test(name) ? 0 : 1);
  const lines = [...headers].sort((a, b) => rank(a) - rank(b)).map(([name, value]) => `${name}: ${SECRET.test(name) ? "…" : value}`);
  return [line, ...lines].join("\n").replace(SECRET_IN_ADDRESS, "$1…").slice(0, DETAIL);
}
