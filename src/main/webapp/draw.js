/** Elements and shapes from script: text is only ever text, and no markup is read. */

/** @param {string} tag @param {object} [properties] @param {...(Node|string)} children @returns {any} an element of that tag */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** @param {string} tag of SVG @param {Record<string, string|number>} [attributes] @param {...(Node|string)} children */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** @param {string} name @param {() => unknown} onclick @returns {HTMLButtonElement} */
export const button = (name, onclick) => element("button", { type: "button", onclick }, name);
