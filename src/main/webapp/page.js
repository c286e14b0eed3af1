/** The page: it connects the protocol client with the elements of the page. It keeps no message itself. */
import "./composer.js";
import "./lifecycle.js";
import "./pill.js";
import "./rooms.js";
import { because } from "./because.js";
import { UNAUTHENTICATED } from "./connection.js";
import { DirectRooms, isDirect } from "./direct.js";
import { alert, offerOn, showTitle } from "./desktop.js";
import { listen } from "./listen.js";
import { keep, keepChoice, recall, recallChoice, recallRooms } from "./memory.js";
import { Notice } from "./notice.js";
import { Pages } from "./pages.js";
import { ParleyClient, ParleyError } from "./parley.js";
import { People } from "./people.js";
import { Person } from "./person.js";
import { Room } from "./room.js";
import { sees } from "./sight.js";
import { soon } from "./soon.js";
import { Speech } from "./speech.js";

const PAGE = 50; // entries
const PATIENT = { connectTimeout: Infinity, attachments: /** @type {const} */ ("apart") }; // the page shows each try instead

/** @type {(id: string) => any} */ const $ = (id) => document.getElementById(id);
const pill = $("pill");
const lifecycle = $("lifecycle");
const composer = $("composer");
const people = new People({ count: $("here"), list: $("members"), typing: $("typing") }, (id, name) => direct.write(id, name));
let client = new ParleyClient(undefined, PATIENT); // the current conversation
/** In the order of joining. @type {Map<string, Room>} */ const rooms = new Map();
/** The person of the conversation. */ let person = new Person("");
/** The open room. @type {Room} */ let room = new Room("", person);
const notice = new Notice([$("refused"), $("why")], $("notice"), $("ways"), $("again"));
const speech = new Speech(() => client, notice);
const pages = new Pages(() => client, notice, PAGE);
const direct = new DirectRooms(rooms, (name, title) => join(addRoom(name, undefined, title)), open, leave);
const lookSoon = soon(lookedAt, 50); // called once for many entries
let [inside, arriving] = [false, false]; // arriving: whether a person has just entered, and wants to write next

// --- entering and leaving

/** @param {import("./parley.js").Closed} closed */
async function signIn(closed) {
  const [mine, signin] = [client, await import("./signin.js").catch(console.error)];
  if (mine !== client) return;
  if (signin?.offer({ page: $("login"), box: $("proof"), token: $("token") }, closed)) show(false);
  else if (inside) notice.offerAgain();
}

$("name").value = recallChoice("name");
$("room").value = recallChoice("room") || (recallRooms()[0] ?? "lobby");
$("enter").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  const name = $("name").value.normalize("NFC");
  keepChoice("name", name);
  person = new Person(name, $("token").value.trim() || undefined);
  const first = $("room").value.normalize("NFC");
  const earlier = new Map(rooms);
  rooms.clear();
  for (const each of new Set([...recallRooms(), first])) addRoom(each, earlier.get(each));
  for (const { name, lines } of earlier.values()) {
    if (rooms.has(name)) continue;
    if (lines.unsaid.size && !isDirect(name)) addRoom(name, earlier.get(name));
    else lines.remove();
  }
  open(first);
  enter();
};
$("again").onclick = enter;
pill.addEventListener("hurry", () => client.reconnect());

$("login").onclick = () => (keepChoice("room", room.name), keep("sessionStorage", "inside", "yes")); // after the sign-in, the page continues
window.onbeforeunload = (event) => void ([...rooms.values()].some(({ lines }) => lines.unsaid.size) && event.preventDefault());

/** Begins a conversation. The rooms that are shown continue from their last entries. */
async function enter() {
  client.close();
  notice.end();
  arriving = true;
  const mine = (client = new ParleyClient(undefined, PATIENT));
  listen(mine, listeners, ({ type, room: about }) => mine === client && (!about || rooms.has(about) || type === "invited"));
  lifecycle.follow(mine);
  const self = person;
  for (const each of rooms.values()) join(each);
  try {
    await mine.connect(() => self.hello);
  } catch (error) {
    if (mine !== client) return;
    client.close();
    // The event `closed` has a better sentence.
    if (!(error instanceof ParleyError) || error.code !== "closed") notice.show(/** @type {Error} */ (error).message, "line");
  }
}

/** Shows the start page, where the person can enter under another name. */
function rename() {
  show(false);
  client.close();
  $("name").focus();
  $("name").select();
}

/** The person keeps this name, also in other tabs, even if the wanted name is free again. */
function called() {
  keepChoice("name", person.name);
  $("name").value = person.name;
  for (const each of rooms.values()) each.called(person);
}

/** @param {Room} of */
async function join(of) {
  const mine = client;
  const why = await of.join(mine, PAGE, () => mine === client && rooms.get(of.name) === of);
  if (why) refused(why, of.name);
}

/** The person could not join a room, or is not in it any more. @param {{message: string}} why @param {string} name */
function refused(why, name) {
  const title = rooms.get(name)?.title ?? name;
  // Unsent messages are kept.
  if (!rooms.get(name)?.lines.unsaid.size) removeRoom(name);
  notice.show(rooms.size ? `${title}: ${why.message}` : why.message, "refusal");
}

/** @param {{room: string}} message @returns {Room} */
const roomOf = (message) => /** @type {Room} */ (rooms.get(message.room));

/** The listeners of the client's events. @type {Record<string, (detail: any, connected: boolean) => void>} */
const listeners = {
  welcome(welcome) {
    const wanted = person.name;
    person.welcomed(welcome);
    called();
    direct.welcomed(person);
    speech.welcomed(welcome.limits);
    notice.end("line");
    if (person.name !== wanted) notice.named(wanted, person.name, rename);
  },

  renamed({ user, reason }) {
    person.renamed(user);
    called();
    show(inside);
    notice.renamed(user, reason);
  },

  joined(now) {
    show(true);
    roomOf(now).joined(now);
    direct.remember(room.name);
    lookedAt();
    if (now.room !== room.name) return;
    pages.fill(room);
    if (arriving) composer.focus();
    arriving = false;
  },

  state(transition, connected) {
    const { from, to, closed, retryIn } = transition;
    // The state of each received message is not shown.
    if (from === "MESSAGE_RECEIVED" || to === "MESSAGE_RECEIVED") return;
    pill.show(transition, connected, closed && because(closed));
    if (to !== "CLOSED") return;
    if (!inside && closed && retryIn !== undefined) $("refused").textContent = `${because(closed)} Trying again…`;
    for (const each of rooms.values()) each.alone();
  },

  closed(closed, connected) {
    pill.show({ to: "CLOSED", attempt: 0 }, connected, because(closed));
    // This page has shown the reason, or the server closed normally.
    if (closed.code !== 1000 || (inside && !notice.about)) notice.show(because(closed), "line");
    if (closed.code === UNAUTHENTICATED) signIn(closed);
    else if (inside) notice.offerAgain();
  },

  roundTrip: (ms) => pill.roundTrip(ms),

  entry(entry) {
    const of = roomOf(entry);
    const isNews = of.entry(entry, isSeen(of));
    lookSoon();
    if (isNews) alert(entry, person.id);
  },
  invited(message) {
    if (message.seq) return direct.invited(message) && alert({ ...message, text: "wrote to you alone" }, person.id);
    const decline = () => client.moderate(message.room, { action: "dismiss", caller: person.caller }).catch(() => {});
    // To join by itself would show others that this person is here.
    if (!rooms.has(message.room)) notice.invited(message, () => add(message.room), decline);
  },
  presence: (message) => roomOf(message).presence(message),
  typing: (message) => roomOf(message).typing(message.user),
  erased: (message) => roomOf(message).lines.erase(message),
  granted: (message) => roomOf(message).granted(message.may, message.slow),

  read: (message) => (roomOf(message).read(message.user, message.seq), message.user === person.name && lookedAt()),

  // An error with a room: the client is not in it any more.
  error: (error) => (error.room ? refused(error, error.room) : notice.show(error.message, "speech")),
};

// --- rooms

$("rooms").addEventListener("open", (/** @type {CustomEvent} */ { detail }) => open(detail, true));
$("rooms").addEventListener("leave", (/** @type {CustomEvent} */ { detail: name }) => {
  if (!roomOf({ room: name }).mayBeLeft) return;
  if (isDirect(name)) client.read(name, roomOf({ room: name }).newest); // or it would be invited again
  keep("sessionStorage", direct.draftOf(name), "");
  leave(name);
  if (inside) composer.focus();
});
$("rooms").addEventListener("add", (/** @type {CustomEvent} */ { detail }) => add(detail));

/** Joins a room and shows it. @param {string} name */
function add(name) {
  if (!rooms.has(name)) join(addRoom(name));
  open(name, true);
}

/** @param {string} name @param {Room} [earlier] of another conversation @param {string} [title] @returns {Room} */
function addRoom(name, earlier, title) {
  const there = rooms.get(name);
  if (there) return there;
  if (earlier) {
    earlier.passTo(person);
    rooms.set(name, earlier);
    return earlier;
  }
  const added = new Room(name, person, title);
  rooms.set(name, added);
  added.called(person);
  added.lines.hidden = true;
  pages.serve(added);
  speech.serve(added);
  added.lines.addEventListener("looked", lookSoon);
  added.onpeople = () => added === room && (people.show(room), composer.permit(room.may, room.slow));
  $("lines").append(added.lines);
  return added;
}

/** @param {string} name */
function leave(name) {
  client.leave(name).catch(() => {});
  removeRoom(name);
}

/** @param {string} name */
function removeRoom(name) {
  direct.forget(name);
  speech.forget(rooms.get(name));
  rooms.get(name)?.lines.remove();
  rooms.delete(name);
  direct.remember(room.name);
  const [next] = rooms.keys();
  if (room.name !== name) return lookedAt();
  if (next !== undefined) return open(next);
  show(false);
  client.close();
  $("room").focus();
}

/** @param {string} name @param {boolean} [focus] */
function open(name, focus = false) {
  room.lines.hidden = true;
  room = /** @type {Room} */ (rooms.get(name));
  room.lines.hidden = false;
  if (room.lines.atEnd) room.lines.toEnd();
  composer.draft = recall("sessionStorage", direct.draftOf(name));
  if (inside) direct.remember(room.name);
  room.onpeople();
  lookedAt();
  pages.fill(room);
  if (focus) composer.focus();
}

// --- sending

speech.onedit = (/** @type {string} */ text) => composer.takeBack(text);
composer.takeDropsOn($("chat"));
composer.addEventListener("draft", (/** @type {CustomEvent} */ { detail }) => keep("sessionStorage", direct.draftOf(room.name), detail));
composer.addEventListener("typing", () => client.typing(room.name));
composer.addEventListener("say", (/** @type {CustomEvent} */ { detail }) => speech.say(room, { text: detail }));
composer.addEventListener("files", (/** @type {CustomEvent} */ { detail }) => speech.sayFiles(room, detail));

// --- reading

$("news").onclick = () => (room.lines.toEnd(), composer.focus());
document.onvisibilitychange = window.onresize = () => (lookedAt(), pages.fill(room));

lifecycle.shownBy($("wire"), lookedAt);

offerOn($("notify"));

/** Whether the newest line is visible to the person. @param {Room} of */
const isSeen = (of) => of === room && !document.hidden && of.lines.atEnd && of.lines.isShown;

/** Sends how far the person has read the open room. */
function lookedAt() {
  if (isSeen(room)) {
    room.unseen = 0;
    client.read(room.name, room.newest);
  }
  $("news").hidden = room.lines.atEnd;
  if (!room.lines.atEnd) $("news").textContent = room.unseen ? `${room.unseen} new ↓` : "Newest ↓";
  $("rooms").show(rooms, room.name);
  showTitle([...rooms.values()].reduce((sum, { unseen }) => sum + unseen, 0), inside ? room.title : "");
  sees(person.id, document.hidden || !inside ? [] : rooms.keys());
}

/** @param {boolean} now */
function show(now) {
  inside = now;
  keep("sessionStorage", "inside", now ? "yes" : "");
  $("chat").hidden = !now;
  $("door").hidden = now;
  $("where").textContent = now ? `as ${person.name}` : "";
  if (now) $("refused").textContent = "";
  lookedAt();
}

// After a reload, the page continues the conversation.
if (recall("sessionStorage", "inside")) $("enter").requestSubmit();
