/** What the start page offers to a person whom the server lets in only under a proven name. */
import { UNAUTHENTICATED } from "./connection.js";

/** @typedef {import("./parley.js").Closed} Closed */

export class SignInOffer {
  #link;
  #box;
  #token;

  /**
   * @param {HTMLAnchorElement} link to the page where people sign in
   * @param {HTMLElement} box around the token @param {HTMLInputElement} token
   */
  constructor(link, box, token) {
    this.#link = link;
    this.#box = box;
    this.#token = token;
  }

  /** A token that a person has entered. This page forgets it with the tab. */
  get token() {
    return this.#token.value.trim() || undefined;
  }

  /** Offers the ways that the server has named. @param {Closed} closed @returns {boolean} whether it has named any now */
  offer({ code, signIn }) {
    if (code !== UNAUTHENTICATED) return false;
    const page = address(signIn?.page);
    const takesToken = signIn?.token === true;
    this.#link.hidden = !page;
    if (page) this.#link.href = page;
    this.#box.hidden = !takesToken;
    // The server has refused this one.
    this.#token.value = "";
    return Boolean(page) || takesToken;
  }
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
