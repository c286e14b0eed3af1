import { ParleyClient } from "./parley/parley.js";

const client = new ParleyClient(); // the chat of this application, beside the folder of the module
const rooms = new Map(); // the parts of the page, by their rooms
const at = (id) => document.getElementById(id);
const problem = (sentence) => (at("problem").textContent = sentence);

// The data of an entry is a record of shop.News, and its kind the name of that record.
const SENTENCES = {
  Shipped: ({ product }) => `The ${product} is on its way.`,
  Asked: ({ by }) => `We have seen the question of ${by}.`,
};

function show({ room, from, text, kind, data, caller }) {
  const ofShop = caller?.kind === "application"; // a guest or a user can send data too
  if (kind === "Shipped" && ofShop) state(room, true);
  const name = document.createElement("b");
  name.textContent = ofShop ? "Shop" : from;
  const line = document.createElement("li");
  line.append(name, kind && ofShop && SENTENCES[kind] ? SENTENCES[kind](data) : text ?? kind);
  rooms.get(room).querySelector("ol").append(line);
}

function state(room, shipped) {
  const part = rooms.get(room);
  part.querySelector(".state").textContent = shipped ? "On its way" : "Being packed";
  part.classList.toggle("shipped", shipped);
  if (shipped) part.querySelector(".ship").hidden = true;
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
  state(order.room, order.shipped);
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
  if (rooms.has(detail.room)) detail.entries.forEach(show);
});
client.addEventListener("entry", ({ detail }) => rooms.has(detail.room) && show(detail));
client.addEventListener("signal", ({ detail }) => {
  if (detail.kind === "Load") at("load").textContent = `${detail.data.waiting} orders wait.`;
});

try {
  const { user, staff, orders } = await (await fetch("api/orders")).json();
  at("who").textContent = user;
  orders.forEach((order) => add({ ...order, room: `order-${order.id}` }, staff));
  await client.connect(); // as the user whom the container knows
  await Promise.all([...rooms.keys(), ...(staff ? ["depot"] : [])].map((room) => client.join(room)));
} catch (error) {
  problem(error.message);
}
