/** An id of 128 random bits. `crypto.randomUUID` would be missing on plain http. @returns {string} */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}
