/** What the start page offers to a person whom the server lets in only with credentials. The page loads this module when the server asks for them. */

/** @typedef {import("./parley.js").Closed} Closed */
/** page: a link to where people sign in; box: around the token @typedef {{page: HTMLAnchorElement, box: HTMLElement, token: HTMLInputElement}} Places */

/** Offers the ways that the server has named. @param {Places} places @param {Closed} closed @returns {boolean} whether it has named any */
export function offer({ page, box, token }, { signIn }) {
  const href = address(signIn?.page);
  page.hidden = !href;
  if (href) page.href = href;
  box.hidden = signIn?.token !== true;
  // The server has refused this one.
  token.value = "";
  return !page.hidden || !box.hidden;
}

/** @param {string|undefined} page @returns {string|undefined} nothing for an address that is no page */
function address(page) {
  if (!page) return undefined;
  try {
    const url = new URL(page, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch (invalid) {
    return undefined;
  }
}
