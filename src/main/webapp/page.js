/** The page: it ties the protocol client to what is seen and typed, and keeps no message itself. */
import "./composer.js";
import "./lifecycle.js";
import "./pill.js";
import "./rooms.js";
import { because } from "./because.js";
import { alert, canAsk, ask } from "./notice.js";
import { claim, keep, recall, recallNames } from "./memory.js";
import { ParleyClient, ParleyError } from "./parley.js";
import { showPeople } from "./people.js";
import { Room } from "./room.js";
import { Speech } from "./speech.js";


const PAGE = 50; // entries

/** @type {(id: string) => any} */
const $ = (id) => document.getElementById(id);
const pill = $("pill");
const lifecycle = $("lifecycle");
const composer = $("composer");
const people = { count: $("here"), list: $("members"), typing: $("typing") };
/** One conversation, until it is left or ends for good. */
let client = new ParleyClient();
/** In the order of joining. @type {Map<string, Room>} */ const rooms = new Map();
/** The one that is open. @type {Room} */ let room = new Room("");
const speech = new Speech(() => client, notice);
let me = "";
let inside = false;

// --- coming and going

$("name").value = recall("localStorage", "name");
$("room").value = recallNames("rooms")[0] ?? "lobby";
$("enter").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  keep("localStorage", "name", $("name").value);
  const name = $("room").value;
  for (const each of new Set([name, ...recallNames("rooms")])) addRoom(each);
  open(name);
  enter();
};
$("again").onclick = enter;
pill.addEventListener("hurry", () => client.reconnect());

window.onbeforeunload = (event) => {
  if ([...rooms.values()].some(({ lines }) => lines.hasUnsaid)) event.preventDefault();
};

/** Begins a conversation; what is shown already goes on where it ended. */
async function enter() {
  client.close();
  notice("");
  const mine = (client = listened(new ParleyClient()));
  lifecycle.follow(mine);
  const name = $("name").value;
  // A session is a person: under another name it is another one.
  let session = recall("sessionStorage", "name") === name ? recall("sessionStorage", "session") : "";
  if (session && !(await claim(session))) session = "";
  keep("sessionStorage", "name", name);
  keep("sessionStorage", "session", session);
  try {
    const joins = [...rooms.values()].map(join);
    await Promise.all([mine.connect({ name, session: session || undefined }), joins[0]]);
  } catch (error) {
    if (mine !== client) return;
    client.close();
    if (!inside) forgetRooms();
    // Of a line that ended the event tells more.
    if (!(error instanceof ParleyError) || error.code !== "closed") notice(sentence(error));
  }
}

/** Hears of a client as long as it is this page's. @param {ParleyClient} mine */
function listened(mine) {
  let connected = false;
  mine.addEventListener("welcome", () => (connected = true));
  for (const [type, listener] of Object.entries(listeners)) {
    mine.addEventListener(type, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (mine === client && (!detail.room || rooms.has(detail.room))) listener(detail, connected);
    });
  }
  return mine;
}

/** @param {{room: string}} message @returns {Room} */
const roomOf = (message) => /** @type {Room} */ (rooms.get(message.room));

/** What to do on each event of the client. @type {Record<string, (detail: any, connected: boolean) => void>} */
const listeners = {
  welcome({ user, session }) {
    claim(session);
    keep("sessionStorage", "session", session);
    me = user;
    for (const { lines } of rooms.values()) lines.me = me;
  },

  joined(now) {
    const arriving = !inside || [document.body, $("again")].includes(document.activeElement);
    notice("");
    show(true);
    roomOf(now).joined(now);
    lookedAt();
    if (arriving) composer.focus();
  },

  state(transition, connected) {
    const { to, closed, retryIn } = transition;
    pill.show(transition, connected, closed && because(closed));
    if (to !== "CLOSED") return;
    if (!inside && closed && retryIn !== undefined) $("refused").textContent = `${because(closed)} Trying again…`;
    for (const each of rooms.values()) each.alone();
  },

  closed(closed, connected) {
    pill.show({ to: "CLOSED", attempt: 0 }, connected, because(closed));
    if (inside) $("again").hidden = false;
    // Closed as asked: by this page, which has told why, or by the server.
    if (closed.code !== 1000 || (inside && !$("why").textContent)) notice(because(closed));
  },

  roundTrip: (ms) => pill.roundTrip(ms),

  entry(entry) {
    const of = roomOf(entry);
    of.entry(entry, of === room && !document.hidden && of.lines.atEnd);
    if (entry.from !== me) alert(entry);
    lookedAt();
  },

  presence: (message) => roomOf(message).presence(message.user, message.online),
  typing: (message) => roomOf(message).typing(message.user),
  read: (message) => roomOf(message).read(message.user, message.seq),

  error(error) {
    notice(sentence(error));
    // Of a room: this client is in it no more.
    if (error.room && rooms.size > 1) removeRoom(error.room);
    else if (error.room) client.close();
  },
};

// --- rooms

$("rooms").addEventListener("open", (/** @type {CustomEvent} */ { detail }) => open(detail, true));
$("rooms").addEventListener("leave", (/** @type {CustomEvent} */ { detail }) => {
  client.leave(detail).catch(() => {});
  keep("sessionStorage", `draft.${detail}`, "");
  removeRoom(detail);
});
$("rooms").addEventListener("add", async (/** @type {CustomEvent} */ { detail: name }) => {
  if (!rooms.has(name)) {
    addRoom(name);
    join(/** @type {Room} */ (rooms.get(name))).catch((error) => {
      // Of a conversation that ended the room is a part, as the others are.
      if (error.code === "closed") return;
      removeRoom(name);
      notice(sentence(error));
    });
  }
  open(name, true);
});

/** @param {string} name */
function addRoom(name) {
  if (rooms.has(name)) return;
  const added = new Room(name);
  rooms.set(name, added);
  added.lines.me = me;
  added.lines.hidden = true;
  added.lines.addEventListener("earlier", () => loadEarlier(added));
  added.lines.addEventListener("scroll", lookedAt);
  added.onpeople = () => added === room && showPeople(room, people);
  $("lines").append(added.lines);
}

/** @param {Room} of */
const join = (of) => client.join(of.name, { limit: PAGE, ...of.from });

/** @param {string} name */
function removeRoom(name) {
  rooms.get(name)?.lines.remove();
  rooms.delete(name);
  keep("localStorage", "rooms", [...rooms.keys()].join(" "));
  const [next] = rooms.keys();
  if (room.name !== name) return lookedAt();
  if (next !== undefined) return open(next, true);
  client.close();
  show(false);
  $("room").focus();
}

function forgetRooms() {
  for (const { lines } of rooms.values()) lines.remove();
  rooms.clear();
}

/** @param {string} name @param {boolean} [focus] */
function open(name, focus = false) {
  room.lines.hidden = true;
  room = /** @type {Room} */ (rooms.get(name));
  room.lines.hidden = false;
  if (room.lines.atEnd) room.lines.toEnd();
  composer.draft = recall("sessionStorage", `draft.${name}`);
  keep("localStorage", "rooms", [name, ...[...rooms.keys()].filter((each) => each !== name)].join(" "));
  showPeople(room, people);
  lookedAt();
  if (focus) composer.focus();
}

/** @param {Room} of */
async function loadEarlier(of) {
  try {
    const { entries, more } = await client.history(of.name, { before: of.lines.oldest, limit: PAGE });
    of.lines.addPage(entries, more);
  } catch (error) {
    notice(sentence(error));
  } finally {
    of.lines.earlierDone();
  }
}

// --- what is said

composer.takeDropsOn($("chat"));
composer.addEventListener("draft", (/** @type {CustomEvent} */ { detail }) => keep("sessionStorage", `draft.${room.name}`, detail));
composer.addEventListener("typing", () => client.typing(room.name));
composer.addEventListener("say", (/** @type {CustomEvent} */ { detail }) => speech.say(room, { text: detail }));
composer.addEventListener("files", (/** @type {CustomEvent} */ { detail }) => speech.sayFiles(room, detail));

// --- what is seen

$("news").onclick = () => {
  room.lines.toEnd();
  composer.focus();
};
document.onvisibilitychange = lookedAt;

$("wire").onclick = () => {
  lifecycle.hidden = !lifecycle.hidden;
  $("chat").classList.toggle("wired", !lifecycle.hidden);
  $("wire").ariaExpanded = String(!lifecycle.hidden);
};

$("notify").hidden = !canAsk();
$("notify").onclick = async () => {
  await ask();
  $("notify").hidden = true;
};

/** Tells the others how far this one has read, once the newest line is before someone's eyes. */
function lookedAt() {
  if (!document.hidden && room.lines.atEnd && inside) {
    room.unseen = 0;
    client.read(room.name, room.newest);
  }
  const all = [...rooms.values()].reduce((sum, { unseen }) => sum + unseen, 0);
  $("news").hidden = room.lines.atEnd;
  $("news").textContent = room.unseen ? `${room.unseen} new ↓` : "Newest ↓";
  $("rooms").show(rooms.values(), room.name);
  document.title = `${all ? `(${all}) ` : ""}${inside ? `${room.name} – ` : ""}Parley`;
}

/** @param {boolean} now */
function show(now) {
  inside = now;
  keep("sessionStorage", "inside", now ? "yes" : "");
  $("chat").hidden = !now;
  $("door").hidden = now;
  $("where").textContent = now ? `as ${me}` : "";
  lookedAt();
}

/** @param {string} text */
function notice(text) {
  $("refused").textContent = $("why").textContent = text;
  $("notice").hidden = !text;
  if (!text) $("again").hidden = true;
}

/** @param {any} error */
const sentence = (error) => String(error.message);

// A page that is loaded again goes on where it was.
if (recall("sessionStorage", "inside")) $("enter").requestSubmit();
