/** Where the chat is for whoever names no address: on Parley's own server, `chat` beside these modules. */
export const defaultAddress = () => new URL("chat", import.meta.url);
