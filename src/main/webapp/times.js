/** Formats times for people. Each text is kept: formatting is slow in browsers. */

const MOST = 200; // remembered texts of a kind
const MINUTE = 60_000; // ms

/** @param {Intl.DateTimeFormatOptions} options @param {(date: Date) => string|number} key the same for times with the same text */
function remembering(options, key) {
  const format = new Intl.DateTimeFormat([], options);
  /** @type {Map<string|number, string>} */ const known = new Map();
  return (/** @type {number} */ time) => {
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) return "";
    const name = key(date);
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= MOST) known.clear();
    const text = format.format(date);
    known.set(name, text);
    return text;
  };
}

/** The time of day; empty for NaN. */
export const clock = remembering({ timeStyle: "short" }, (date) => Math.floor(date.getTime() / MINUTE));
/** Day and time; empty for NaN. */
export const moment = remembering({ dateStyle: "full", timeStyle: "medium" }, (date) => Math.floor(date.getTime() / 1_000));
/** The day; empty for NaN. */
export const day = remembering(
  { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`,
);
