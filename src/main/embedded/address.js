/** Where the chat is for whoever names no address: in an application, `chat` beside the folder `parley` of these modules. */
export const defaultAddress = () => new URL("../chat", import.meta.url);
