/** Finds links to http(s) in a text of any length, in one pass, because regular expressions backtrack. */

/** @typedef {{start: number, end: number}} Span */

const MOST = 50; // links of one text; more of them stay text
const LONGEST = 2_048; // characters; a longer address stays text
const CLOSERS = new Map(["()", "[]", "{}", "“”", "‘’", "„“", "«»", "‹›", "（）", "【】", "「」", "『』", "《》", "〈〉"].map(pair));
const CLOSING = new Set(CLOSERS.values());
const QUOTES = "\"'";
/** At the end of a link, these characters belong to the sentence around it. */
const PUNCTUATION = ".,;:!?…*";
/** A link ends before these; some of them are marks that change the direction of text. */
const STOPS = new Set("<>`\\、。，！？；：\u007f\u00a0\u1680\u200e\u200f\u3000\ufeff");

/** @param {string} both @returns {[string, string]} */
function pair(both) {
  return [both[0], both[1]];
}

/** @param {string} text @returns {Span[]} at most 50, in order, that do not overlap */
export function linksIn(text) {
  /** @type {Span[]} */ const links = [];
  let from = 0;
  while (links.length < MOST) {
    const colon = text.indexOf("://", from);
    if (colon < 0) break;
    const start = schemeBefore(text, colon);
    if (start < from) {
      from = colon + 3;
      continue;
    }
    const { end, stop } = addressAt(text, start, colon + 3);
    if (parses(text.slice(start, end))) links.push({ start, end });
    from = stop;
  }
  return links;
}

/** @param {string} text @param {number} colon @returns {number} where `http` or `https` begins as a word of its own, or -1 */
function schemeBefore(text, colon) {
  for (const scheme of ["http", "https"]) {
    const start = colon - scheme.length;
    if (start >= 0 && text.slice(start, colon).toLowerCase() === scheme && !isWord(text.charCodeAt(start - 1))) return start;
  }
  return -1;
}

/** @param {number} code of a character, or NaN */
const isWord = (code) => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/**
 * A closing bracket or quote ends the address if its partner is before the address. A double quote without a partner ends
 * it too.
 * @param {string} text @param {number} start @param {number} begin behind the scheme
 * @returns {{end: number, stop: number}} the end of the address, and the end of the searched text
 */
function addressAt(text, start, begin) {
  const before = text[start - 1];
  const around = QUOTES.includes(before ?? " ") ? before : undefined;
  /** Open brackets and quotes: the closer of each, and where the address would end without it. @type {{closer: string, end: number}[]} */
  const open = [];
  let end = begin;
  let at = begin;
  for (; at < text.length; at++) {
    const char = text[at];
    if (isStop(char)) break;
    // A text that is too long is no link; the search continues after it.
    if (at - start >= LONGEST) return { end: start, stop: at };
    const opened = lastIndex(open, char);
    if (opened >= 0) {
      open.length = opened;
      end = at + 1;
    } else if (char === around || (CLOSING.has(char) && !CLOSERS.has(char))) break;
    else if (QUOTES.includes(char)) open.push({ closer: char, end });
    else if (CLOSERS.has(char)) open.push({ closer: /** @type {string} */ (CLOSERS.get(char)), end });
    else if (!PUNCTUATION.includes(char)) end = at + 1;
  }
  const unclosed = open.find(({ closer }) => closer === '"');
  return { end: unclosed?.end ?? end, stop: Math.max(at, begin) };
}

/** @param {string} char */
function isStop(char) {
  const code = char.charCodeAt(0);
  return code <= 32 || (code > 127 && code < 160) || (code >= 0x2000 && code <= 0x200a) || (code >= 0x2028 && code <= 0x202f)
    || (code >= 0x205f && code <= 0x206f) || STOPS.has(char);
}

/** @param {{closer: string}[]} open @param {string} char @returns {number} */
function lastIndex(open, char) {
  // Only the last 8 open brackets count: no real address nests deeper.
  for (let i = open.length - 1; i >= Math.max(0, open.length - 8); i--) if (open[i].closer === char) return i;
  return -1;
}

/** @param {string} address */
function parses(address) {
  try {
    return new URL(address).hostname !== "";
  } catch (noAddress) {
    return false;
  }
}
