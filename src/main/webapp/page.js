/** The page: it ties the protocol client to what is seen and typed, and keeps no message itself. */
import { ParleyClient, ParleyError, newId } from "./parley.js";
import { Transcript } from "./transcript.js";

const TYPING_EVERY = 3_000; // ms between two hints
const TYPING_LASTS = 5_000; // ms that a hint is shown
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
const client = new ParleyClient();
const transcript = new Transcript($("said"), $("lines"), $("earlier"));
/** @type {Set<string>} */ let members = new Set();
/** Who types, and when to forget it. @type {Map<string, number>} */ const typists = new Map();
let room = "";
let newest = 0;
let readUpTo = 0;
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

$("leave").onclick = () => {
  client.leave(room).catch(() => {});
  client.close();
  transcript.reset();
  notice("");
  show(false);
  $("room").focus();
};

/** Opens the line and joins; what is shown already goes on where it broke. */
async function enter() {
  if (client.state !== "CLOSED") return;
  notice("");
  const name = $("name").value;
  // A session is a person: under another name it is another one.
  const session = recall("sessionStorage", "name") === name ? recall("sessionStorage", "session") : "";
  try {
    const welcome = await client.connect({ name, session: session || undefined });
    keep("sessionStorage", "name", name);
    keep("sessionStorage", "session", welcome.session);
    transcript.me = welcome.user;
    await client.join(room, PAGE);
  } catch (error) {
    client.close();
    // Of a lost line the event has told more.
    if (!(error instanceof ParleyError) || error.code !== "closed") notice(sentence(error));
  }
}

on("joined", (now) => {
  const arriving = $("chat").hidden || [document.body, $("again")].includes(document.activeElement);
  if (!now.recovered) {
    transcript.clear();
    newest = 0;
  }
  readUpTo = 0;
  members = new Set(now.members);
  notice("");
  $("send").disabled = false;
  show(true);
  transcript.addPage(now.entries, now.recovered ? undefined : now.entries[0]?.seq > 1);
  newest = now.entries.at(-1)?.seq ?? newest;
  showMembers();
  lookedAt();
  if (arriving) $("text").focus();
});

// The place for coming back by itself: `closed` tells whether to, and after how long.
on("state", ({ to, closed }) => {
  $("state").dataset.state = to;
  const word = to === "MESSAGE_RECEIVED" ? "Open" : to[0] + to.slice(1).toLowerCase();
  if ($("state").textContent !== word) $("state").textContent = word;
  $("join").disabled = $("again").disabled = to !== "CLOSED";
  $("again").hidden = word === "Open";
  if (closed) {
    $("send").disabled = true;
    members.clear();
    typists.clear();
    showMembers();
    showTypists();
    const why = CLOSED_BECAUSE.get(closed.code) ?? (closed.reason || `The connection was closed (${closed.code}).`);
    // Closed as asked: by this page, which has told why, or by the server.
    if (closed.code !== 1000 || !($("chat").hidden || $("why").textContent)) notice(why);
  }
});

on("bye", ({ code, reason }) => notice(CLOSED_BECAUSE.get(code) ?? reason));
on("error", (error) => notice(sentence(error)));

// --- what is said

on("entry", (entry) => {
  newest = entry.seq;
  typists.delete(entry.from);
  showTypists();
  transcript.add(entry);
  if (entry.from !== transcript.me) unseen++;
  lookedAt();
});

$("say").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text || $("send").disabled) return;
  const id = newId();
  transcript.send(id, text);
  $("text").value = "";
  typedAt = 0;
  say(id, text);
};

/** Says it, or says it again: the same id is stored once. @param {string} id @param {string} text */
async function say(id, text) {
  transcript.sending(id);
  try {
    const { seq, at } = await client.say(room, text, id);
    transcript.said(id, seq, at);
    notice("");
  } catch (error) {
    transcript.failed(id, sentence(error), () => say(id, text));
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
    if (newest > readUpTo) client.read(room, (readUpTo = newest));
  }
  $("news").hidden = unseen === 0 || transcript.atEnd;
  $("news").textContent = `${unseen} new ↓`;
  document.title = `${unseen ? `(${unseen}) ` : ""}${$("chat").hidden ? "" : `${room} – `}Parley`;
}

// --- who is here

on("presence", ({ user, online }) => {
  if (online) members.add(user);
  else members.delete(user);
  showMembers();
});

on("typing", ({ user }) => {
  if (user === transcript.me) return;
  clearTimeout(typists.get(user));
  typists.set(user, setTimeout(() => typists.delete(user) && showTypists(), TYPING_LASTS));
  showTypists();
});

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
    newest = readUpTo = unseen = 0;
    document.title = "Parley";
  }
}

/** @param {string} text */
function notice(text) {
  $("refused").textContent = $("why").textContent = text;
  $("notice").hidden = !text;
}

/** @param {any} error */
const sentence = (error) => String(error.message);

/** Hears of this page's room, and of what belongs to none. @param {string} type @param {(detail: any) => void} listener */
function on(type, listener) {
  client.addEventListener(type, (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (!detail.room || detail.room === room) listener(detail);
  });
}

/** @param {"localStorage"|"sessionStorage"} storage @param {string} key */
function recall(storage, key) {
  try {
    return window[storage].getItem(`parley.${key}`) ?? "";
  } catch (forbidden) {
    return ""; // a browser may be told to remember nothing
  }
}

/** @param {"localStorage"|"sessionStorage"} storage @param {string} key @param {string} value */
function keep(storage, key, value) {
  try {
    window[storage].setItem(`parley.${key}`, value);
  } catch (forbidden) {
    // Remembering is a comfort, not a need.
  }
}
