import { ParleyClient } from "./parley/parley.js";

const client = new ParleyClient(); // the chat of this application, beside the folder of the module
const at = (id) => document.getElementById(id);
const problem = (sentence) => (at("problem").textContent = sentence);

// Called for each connection, and before a token expires.
async function token() {
  const answer = await fetch("token");
  if (!answer.ok) throw new Error(`no token: ${answer.status}`); // the client tries again
  return answer.text();
}

function show({ from, text }) {
  const name = document.createElement("b");
  name.textContent = from;
  const line = document.createElement("li");
  line.append(name, text);
  at("messages").append(line);
}

client.addEventListener("joined", ({ detail }) => {
  if (!detail.recovered) at("messages").replaceChildren();
  detail.entries.forEach(show);
});
client.addEventListener("entry", ({ detail }) => show(detail));
client.addEventListener("closed", ({ detail }) => problem(detail.reason || "The conversation has ended. Load the page again."));

async function enter() {
  at("sign-in").hidden = true;
  const { user } = await client.connect({ token });
  await client.join("team");
  at("who").textContent = user;
  at("team").hidden = false;
}

at("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  problem("");
  const answer = await fetch("session", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  if (answer.ok) enter().catch((error) => problem(error.message));
  else problem("This user and password are not known here.");
});

at("say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  try {
    await client.say("team", text.value); // on the disk now
    text.value = "";
  } catch (error) {
    problem(error.message);
  }
});
