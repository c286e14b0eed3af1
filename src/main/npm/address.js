/** Where the chat is for whoever names no address: `chat` beside the page, as a bundler leaves no modules to stand beside. */
export function defaultAddress() {
  const page = globalThis.document?.baseURI;
  if (page === undefined) throw new TypeError("Outside of a page, a client needs the address of its server.");
  return new URL("chat", page);
}
