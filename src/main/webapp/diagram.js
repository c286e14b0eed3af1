/** Exports steps as a sequence diagram: as Mermaid text, and as a picture. */
import { shape } from "./draw.js";

/** @typedef {import("./journal.js").Step} Step */

/** The tip of an arrow that points to the right, around 0. @type {Partial<Record<import("./journal.js").Shape, string>>} */
export const HEADS = {
  call: "M-9-4 0 0-9 4Z",
  answer: "M-8-4 0 0-8 4",
  push: "M-8-4 0 0-8 4",
  lost: "M-5-5 5 5M-5 5 5-5",
  break: "M-5-5 5 5M-5 5 5-5",
};
const ROW = 26; // px
const CLIENT = 120;
const SERVER = 620;
const WIDTH = 1080; // with the states
const FIT = 80; // characters between the lifelines
const STYLE = `
text{font:12px system-ui,sans-serif;fill:#1c2321;stroke:#fff;stroke-width:4px;paint-order:stroke;text-anchor:middle}
path{fill:none;stroke:#1c2321}rect{fill:#fff;stroke:#858c86}.life,.states path{stroke:#858c86}.call .tip{fill:#1c2321}
.answer .line,.gap .line{stroke-dasharray:5 4}.break .line{stroke-dasharray:2 5}.break path,.lost path{stroke:#a1281b}
.states text{stroke:none}.states .why{font-size:10px}.states .start{text-anchor:start}.states .now rect{fill:#bfe3d8}`;

/** @param {Step} step @param {number} [origin] epoch ms */
export const seconds = ({ at }, origin = at) => ((at - origin) / 1_000).toFixed(2);

/** @param {string} text */
const cut = (text) => (text.length > FIT ? `${text.slice(0, FIT)}…` : text);

/** A character that Mermaid could interpret is written as its number. @param {string} text */
const escaped = (text) => cut(text).replace(/[^\p{L}\p{N} .,·×–…()'/=+?!:_-]/gu, (c) => `#${c.codePointAt(0)};`);

/** @param {Step[]} steps @param {number} [dropped] earlier ones */
export function toMermaid(steps, dropped = 0) {
  const name = { client: "Client", server: "Server" };
  const lines = steps.map(({ shape, from, to, label }) => {
    const text = escaped(label);
    if (shape === "state") return `Note over ${name[from]}: ${text}`;
    if (!HEADS[shape]) return `Note over Client,Server: … ${text} …`;
    const arrow = shape === "answer" ? "-->>" : shape === "lost" || shape === "break" ? "-x" : "->>";
    return `${name[from]}${arrow}${name[to]}: ${text}`;
  });
  if (dropped) lines.unshift(`Note over Client,Server: ${dropped} earlier steps`);
  return ["sequenceDiagram", "participant Client", "participant Server", ...lines].join("\n  ");
}

/** A picture that is a file of its own, readable on a white background. @param {Step[]} steps @param {number|undefined} origin epoch ms @param {Element} states their picture */
export function toSvg(steps, origin, states) {
  const height = Math.max(200, 64 + steps.length * ROW);
  const beside = /** @type {Element} */ (states.cloneNode(true));
  for (const [name, value] of Object.entries({ x: WIDTH - 370, y: 10, width: 360, height: 152 })) beside.setAttribute(name, `${value}`);
  const lifelines = [CLIENT, SERVER].map((x) => shape("path", { class: "life", d: `M${x} 24V${height}` }));
  const heads = [CLIENT, SERVER].map((x) => shape("rect", { x: x - 40, y: 10, width: 80, height: 26 }));
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height },
    shape("style", {}, STYLE), shape("rect", { width: WIDTH, height }), ...lifelines, ...heads,
    text(CLIENT, 27, "Client"), text(SERVER, 27, "Server"),
    ...steps.map((step, i) => row(step, 62 + i * ROW, seconds(step, origin))), beside);
  return new XMLSerializer().serializeToString(svg);
}

/** @param {Step} step @param {number} y @param {string} time */
function row({ shape: kind, from, label }, y, time) {
  const middle = (CLIENT + SERVER) / 2;
  const [start, end] = from === "client" ? [CLIENT, SERVER] : [SERVER, CLIENT];
  const [tip, stop] = kind === "lost" ? [middle, middle] : [kind === "break" ? middle : end, end];
  const line = HEADS[kind] && [
    shape("path", { class: "line", d: `M${start} ${y}H${stop}` }),
    shape("path", { class: "tip", d: HEADS[kind] ?? "", transform: `translate(${tip} ${y}) scale(${start < end ? 1 : -1} 1)` }),
  ];
  const width = 24 + label.length * 8;
  const box = kind === "state" ? [shape("rect", { x: CLIENT - width / 2, y: y - 12, width, height: 18, rx: 9 })] : [];
  const words = kind === "state" ? text(CLIENT, y + 1, label) : text(middle, y - 5, cut(label));
  return shape("g", { class: kind }, text(30, y, time), ...(line ?? box), words);
}

/** @param {number} x @param {number} y @param {string} words */
const text = (x, y, words) => shape("text", { x, y }, words);
