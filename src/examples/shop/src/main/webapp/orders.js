import { ParleyClient } from "./parley/parley.js";

const client = new ParleyClient(); // the chat of this application, beside the folder of the module
const rooms = new Map(); // the parts of the page, by their rooms
const at = (id) => document.getElementById(id);
const problem = (sentence) => (at("problem").textContent = sentence);

// The data of an entry is a record of shop.News, and its kind the name of that record.
const STATES = { Shipped: "On its way", Delivered: "Delivered" };
const SENTENCES = {
  Shipped: ({ product }) => `The ${product} is on its way.`,
  Delivered: () => "The order has arrived.",
  Asked: ({ by }) => `We have seen the question of ${by}.`,
};

function show({ room, seq, from, text, kind, data, caller }) {
  const ofShop = caller?.kind === "application"; // a guest or a user can send data too
  if (ofShop && STATES[kind]) state(room, STATES[kind]);
  const name = document.createElement("b");
  name.textContent = ofShop ? "Shop" : from;
  const line = document.createElement("li");
  line.dataset.seq = seq;
  line.append(name, kind && ofShop && SENTENCES[kind] ? SENTENCES[kind](data) : text ?? kind);
  rooms.get(room).querySelector("ol").append(line);
}

function state(room, name) {
  const part = rooms.get(room);
  const shipped = name !== "Being packed";
  part.querySelector(".state").textContent = name;
  part.classList.toggle("shipped", shipped);
  if (shipped) part.querySelector(".ship").hidden = true;
}

/** What this person may do in a room; all if nothing is said. */
function permit(room, may = ["say"]) {
  rooms.get(room).querySelector("form").hidden = !may.includes("say");
}

/**
 * Shows what the shop has sent to this person, also while the page was closed. What was seen is remembered in this browser, so that it does
 * not come again.
 */
async function receive(user) {
  const key = `${location.pathname} ${user}`;
  let seen = 0;
  const { epoch } = await client.inbox(({ seq, kind, data }) => {
    seen = seq;
    if (kind !== "Toast") return;
    const line = document.createElement("li");
    line.textContent = data.text;
    at("toasts").querySelector("ul").append(line);
    at("toasts").hidden = false;
  }, JSON.parse(localStorage.getItem(key)) ?? { limit: 5 });
  at("toasts").querySelector("button").addEventListener("click", () => {
    localStorage.setItem(key, JSON.stringify({ since: seen, epoch }));
    at("toasts").querySelector("ul").replaceChildren();
    at("toasts").hidden = true;
  });
}

function add(order, staff) {
  const part = at("order").content.cloneNode(true).firstElementChild;
  part.id = order.room;
  part.querySelector("h2").textContent = `Order ${order.id}: ${order.product}`;
  part.querySelector("[role=log]").setAttribute("aria-label", `Messages about order ${order.id}`);
  rooms.set(order.room, part);
  part.querySelector(".ship").hidden = !staff || order.shipped;
  part.querySelector(".ship").addEventListener("click", () => ship(order));
  part.querySelector("form").addEventListener("submit", (event) => send(event, order.room));
  at("orders").append(part);
  state(order.room, order.shipped ? "On its way" : "Being packed");
}

async function ship({ id }) {
  const answer = await fetch(`api/orders/${id}/ship`, { method: "POST" });
  problem(answer.ok ? "" : await answer.text());
}

async function send(event, room) {
  event.preventDefault();
  const { text } = event.target.elements;
  try {
    await client.say(room, text.value); // on the disk now
    text.value = "";
    problem("");
  } catch (error) {
    problem(error.message);
  }
}

client.addEventListener("joined", ({ detail }) => {
  if (!detail.recovered) rooms.get(detail.room)?.querySelector("ol").replaceChildren();
  if (!rooms.has(detail.room)) return;
  detail.entries.forEach(show);
  permit(detail.room, detail.may);
});
client.addEventListener("granted", ({ detail }) => rooms.has(detail.room) && permit(detail.room, detail.may));
client.addEventListener("erased", ({ detail: { room, seq } }) => {
  const line = rooms.get(room)?.querySelector(`li[data-seq="${seq}"]`);
  if (line) line.textContent = "This message was erased.";
});
client.addEventListener("closed", ({ detail }) => problem(detail.reason));
client.addEventListener("entry", ({ detail }) => rooms.has(detail.room) && show(detail));
client.addEventListener("signal", ({ detail }) => {
  if (detail.kind === "Load") at("load").textContent = `${detail.data.waiting} orders wait.`;
});

try {
  const { user, staff, orders } = await (await fetch("api/orders")).json();
  at("who").textContent = user;
  at("desk").hidden = !staff;
  orders.forEach((order) => add({ ...order, room: `order-${order.id}` }, staff));
  await client.connect(); // as the user whom the container knows
  await Promise.all([receive(user), ...[...rooms.keys(), ...(staff ? ["depot"] : [])].map((room) => client.join(room))]);
  document.querySelectorAll(".ship").forEach((button) => (button.disabled = false)); // what it sends is seen here now
} catch (error) {
  problem(error.message);
}
