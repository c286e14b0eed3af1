/** The page: it ties the protocol client to what is seen and typed, and keeps no message itself. */
import { ParleyClient, ParleyError, newId } from "./parley.js";
import { keep, recall } from "./memory.js";
import { Pill } from "./pill.js";
import { Transcript } from "./transcript.js";

/** @typedef {import("./parley.js").Closed} Closed */
/** @typedef {import("./parley.js").Entry} Entry */

const TYPING_EVERY = 3_000; // ms between two hints
const TYPING_LASTS = 5_000; // ms that a hint is shown
const SENDING_TAKES = 400; // ms before it is worth a word
const PAGE = 50; // entries

const CLOSED_BECAUSE = new Map([
  [1001, "The server is going away."],
  [1006, "There is no line to the server."],
  [1012, "The server is restarting."],
  [4000, "This page could not keep up."],
  [4001, "The server gave no sign of life."],
  [4401, "You are not signed in, or no longer."],
  [4409, "Another tab or window took over."],
]);

/** @type {(id: string) => any} */
const $ = (id) => document.getElementById(id);
const transcript = new Transcript($("said"), $("lines"), $("earlier"));
const pill = new Pill($("state"), $("word"), $("soon"), $("now"));
/** One conversation, until it is left or ends for good. */
let client = new ParleyClient();
/** @type {Set<string>} */ let members = new Set();
/** Who types, and when to forget it. @type {Map<string, number>} */ const typists = new Map();
let room = "";
/** The log that is shown, and how far. @type {string|undefined} */ let epoch;
let newest = 0;
let unseen = 0;
let typedAt = 0;

// --- coming and going

$("name").value = recall("localStorage", "name");
$("room").value = recall("localStorage", "room") || "lobby";

$("enter").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  room = $("room").value;
  keep("localStorage", "name", $("name").value);
  keep("localStorage", "room", room);
  enter();
};
$("again").onclick = enter;
$("now").onclick = () => client.reconnect();

$("leave").onclick = () => {
  client.close();
  transcript.reset();
  notice("");
  show(false);
  $("room").focus();
};

window.onbeforeunload = (event) => {
  if (transcript.hasUnsaid) event.preventDefault();
};

/** Begins a conversation; what is shown already goes on where it ended. */
async function enter() {
  client.close();
  notice("");
  const mine = (client = listened(new ParleyClient()));
  const name = $("name").value;
  // A session is a person: under another name it is another one.
  const session = recall("sessionStorage", "name") === name ? recall("sessionStorage", "session") : "";
  keep("sessionStorage", "name", name);
  keep("sessionStorage", "session", session);
  try {
    const joined = mine.join(room, { limit: PAGE, since: epoch === undefined ? undefined : newest, epoch });
    await Promise.all([mine.connect({ name, session: session || undefined }), joined]);
  } catch (error) {
    if (mine !== client) return;
    client.close();
    // Of a line that ended the event tells more.
    if (!(error instanceof ParleyError) || error.code !== "closed") notice(sentence(error));
  }
}

/** Hears of a client as long as it is this page's, of this page's room and of what belongs to none. @param {ParleyClient} mine */
function listened(mine) {
  let connected = false;
  mine.addEventListener("welcome", () => (connected = true));
  for (const [type, listener] of Object.entries(listeners)) {
    mine.addEventListener(type, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (mine === client && (!detail.room || detail.room === room)) listener(detail, connected);
    });
  }
  return mine;
}

/** What to do on each event of the client. @type {Record<string, (detail: any, connected: boolean) => void>} */
const listeners = {
  welcome({ user, session }) {
    keep("sessionStorage", "session", session);
    transcript.me = user;
  },

  joined(now) {
    const arriving = $("chat").hidden || [document.body, $("again")].includes(document.activeElement);
    if (!now.recovered) {
      transcript.clear();
      newest = 0;
    }
    if (now.recovered) unseen += now.entries.filter((/** @type {Entry} */ { from }) => from !== transcript.me).length;
    epoch = now.epoch;
    members = new Set(now.members);
    notice("");
    show(true);
    transcript.addPage(now.entries, now.recovered ? undefined : now.entries[0]?.seq > 1);
    newest = now.entries.at(-1)?.seq ?? newest;
    showMembers();
    lookedAt();
    if (arriving) $("text").focus();
  },

  state(transition, connected) {
    const { to, closed, retryIn } = transition;
    pill.show(transition, connected, closed && because(closed));
    if (to !== "CLOSED") return;
    if ($("chat").hidden && closed && retryIn !== undefined) $("refused").textContent = `${because(closed)} Trying again…`;
    members.clear();
    typists.clear();
    showMembers();
    showTypists();
    transcript.waiting();
  },

  closed(closed, connected) {
    pill.show({ to: "CLOSED", attempt: 0 }, connected, because(closed));
    $("again").hidden = false;
    // Closed as asked: by this page, which has told why, or by the server.
    if (closed.code !== 1000 || !($("chat").hidden || $("why").textContent)) notice(because(closed));
  },

  entry(entry) {
    newest = entry.seq;
    typists.delete(entry.from);
    showTypists();
    transcript.add(entry);
    if (entry.from !== transcript.me) unseen++;
    lookedAt();
  },

  presence({ user, online }) {
    if (online) members.add(user);
    else members.delete(user);
    showMembers();
  },

  typing({ user }) {
    if (user === transcript.me) return;
    clearTimeout(typists.get(user));
    typists.set(user, setTimeout(() => typists.delete(user) && showTypists(), TYPING_LASTS));
    showTypists();
  },

  error(error) {
    notice(sentence(error));
    // Of a room: this client is in it no more.
    if (error.room) client.close();
  },
};

/** @param {Closed} closed */
const because = ({ code, reason }) => CLOSED_BECAUSE.get(code) ?? (reason || `The connection was closed (${code}).`);

// --- what is said

$("say").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  const id = newId();
  transcript.send(id, text);
  $("text").value = "";
  typedAt = 0;
  say(id, text);
};

/** Says it, or says it again: the same id is stored once. @param {string} id @param {string} text */
async function say(id, text) {
  transcript.sending(id);
  // Usually it takes a moment only, of which nobody need read.
  const slow = setTimeout(() => transcript.waiting([id]), client.state === "CLOSED" ? 0 : SENDING_TAKES);
  try {
    const { seq, at } = await client.say(room, text, id);
    transcript.said(id, seq, at);
    notice("");
  } catch (error) {
    transcript.failed(id, sentence(error), () => say(id, text));
  } finally {
    clearTimeout(slow);
  }
}

$("text").onkeydown = (/** @type {KeyboardEvent} */ event) => {
  // While an input method composes, Enter picks a candidate.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("say").requestSubmit();
};

$("text").oninput = () => {
  if (!$("text").value.trim() || Date.now() - typedAt < TYPING_EVERY) return;
  typedAt = Date.now();
  client.typing(room);
};

$("earlier").onclick = async () => {
  $("earlier").disabled = true;
  try {
    const { entries, more } = await client.history(room, { before: transcript.oldest, limit: PAGE });
    transcript.addPage(entries, more);
    if (!more) $("said").focus();
  } catch (error) {
    notice(sentence(error));
  } finally {
    $("earlier").disabled = false;
  }
};

$("news").onclick = () => {
  transcript.toEnd();
  $("text").focus();
};
$("said").addEventListener("scroll", lookedAt);
document.onvisibilitychange = lookedAt;

/** Tells the others how far this one has read, once the newest line is before someone's eyes. */
function lookedAt() {
  if (!document.hidden && transcript.atEnd) {
    unseen = 0;
    client.read(room, newest);
  }
  $("news").hidden = unseen === 0 || transcript.atEnd;
  $("news").textContent = `${unseen} new ↓`;
  document.title = `${unseen ? `(${unseen}) ` : ""}${$("chat").hidden ? "" : `${room} – `}Parley`;
}

// --- who is here

function showMembers() {
  const rows = [...members].sort((a, b) => a.localeCompare(b)).map((name) => {
    const row = document.createElement("li");
    row.textContent = name === transcript.me ? `${name} (you)` : name;
    return row;
  });
  $("members").replaceChildren(...rows);
  $("here").textContent = members.size ? `${members.size} here` : "Offline";
}

function showTypists() {
  const names = [...typists.keys()];
  $("typing").textContent = names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing…` : "";
}

// --- small things

/** @param {boolean} inside */
function show(inside) {
  $("chat").hidden = $("leave").hidden = !inside;
  $("door").hidden = inside;
  $("where").textContent = inside ? `${room} as ${transcript.me}` : "";
  if (!inside) {
    newest = unseen = 0;
    epoch = undefined;
    document.title = "Parley";
  }
}

/** @param {string} text */
function notice(text) {
  $("refused").textContent = $("why").textContent = text;
  $("notice").hidden = !text;
  if (!text) $("again").hidden = true;
}

/** @param {any} error */
const sentence = (error) => String(error.message);
