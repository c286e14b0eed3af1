import { ParleyClient } from "./parley/parley.js";

const client = new ParleyClient(); // the chat of this application, beside the folder of the module
const { user } = document.getElementById("push").dataset;
const everybody = "push.headlines";
const mine = `push.headlines.${user}`;

// A page that comes back after a break has missed what `joined` brings, so it refreshes once.
client.addEventListener("joined", ({ detail }) => detail.room === everybody && detail.entries.length && refresh());
client.addEventListener("entry", ({ detail }) => {
  if (detail.room === everybody) refresh(); // h:commandScript
  else document.getElementById("thanks").textContent = detail.text;
});

await client.connect();
await client.join(everybody, { limit: 1 });
if (user) await client.join(mine, { limit: 1 });
document.getElementById("thanks").ariaBusy = "false"; // from now on nothing is missed
