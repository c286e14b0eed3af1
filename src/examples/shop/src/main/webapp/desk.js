import { ParleyClient } from "./parley/parley.js";

const client = new ParleyClient();
const at = (id) => document.getElementById(id);
const problem = (sentence) => (at("problem").textContent = sentence);

async function ask(path, options) {
  const answer = await fetch(`api/desk/${path}`, options);
  if (!answer.ok) throw new Error((await answer.text()) || `The shop answers ${answer.status}.`);
  return answer.status === 204 ? undefined : answer.json();
}

/** Runs a step of the clerk, and shows why it failed. */
async function attempt(step) {
  try {
    await step();
    problem("");
  } catch (error) {
    problem(error.message);
  }
}

/** The orders of the database, and then each change since: what comes twice has no effect. */
async function follow() {
  const { waiting, since } = await ask("depot");
  for (const { id, product } of waiting) {
    const line = document.createElement("li");
    line.id = `waiting-${id}`;
    line.textContent = `Order ${id}: ${product}`;
    at("waiting").append(line);
  }
  const left = ({ room, kind, data }) => room === "depot" && kind === "Shipped" && at(`waiting-${data.order}`)?.remove();
  client.addEventListener("joined", ({ detail }) => detail.entries.forEach(left));
  client.addEventListener("entry", ({ detail }) => left(detail));
  await client.connect();
  await client.join("depot", { since });
}

async function look() {
  const connected = Object.entries(await ask("connections"));
  at("connected").replaceChildren(...connected.map(([user, count]) => {
    const line = document.createElement("li");
    const end = document.createElement("button");
    end.textContent = `Disconnect ${user}`;
    end.addEventListener("click", () => attempt(async () => {
      await ask(`people/${encodeURIComponent(user)}/disconnect`, { method: "POST" });
      await look();
    }));
    line.append(`${user}: ${count}`, end);
    return line;
  }));
}

at("look").addEventListener("click", () => attempt(look));
at("deliver").addEventListener("submit", (event) => {
  event.preventDefault();
  const { order, note } = event.target.elements;
  attempt(async () => {
    await ask(`orders/${order.value}/deliver`, {
      method: "POST",
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: note.value,
    });
    event.target.reset();
  });
});

await attempt(follow);
await attempt(look);
