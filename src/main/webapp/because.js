/** The reason why a connection was closed, as a sentence for people. */

import { UNAUTHENTICATED } from "./connection.js";

const BY_CODE = new Map([
  [1000, "The conversation was ended."],
  [1001, "The server is going away."],
  [1006, "There is no connection to the server."],
  [1012, "The server is restarting."],
  [4000, "This page could not keep up."],
  [4001, "The server did not answer."],
  [UNAUTHENTICATED, "You are not signed in, or no longer."],
  [4409, "Another tab or window took over."],
]);

/** @param {import("./parley.js").Closed} closed */
export function because({ code, reason }) {
  if (code === UNAUTHENTICATED && reason) return `You are not signed in: ${reason}.`;
  return BY_CODE.get(code) ?? (reason || `The connection was closed (${code}).`);
}
