/** The default address of the chat: `chat` beside these modules, as on Parley's own server. */
export const defaultAddress = () => new URL("chat", import.meta.url);
