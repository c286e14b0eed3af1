/** Creates elements and shapes. Texts are never read as markup. */

/**
 * Properties for assistive technology (`role`, `ariaLabel` …) become attributes, because older browsers lack the properties.
 * @param {string} tag @param {Record<string, any>} [properties] @param {...(Node|string)} children @returns {any} an element of that tag
 */
export function element(tag, properties = {}, ...children) {
  const made = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(properties)) {
    if (name === "role" || name.startsWith("aria")) made.setAttribute(name.replace("aria", "aria-").toLowerCase(), value);
    else made[name] = value;
  }
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
