/**
 * Attachments whose bytes are with the server: a picture is fetched when its row is in view, any other file on a click. The page
 * loads this module with the first one.
 */
import { about, attach, calledOf, fit, isPicture } from "./attachment.js";
import { Backoff } from "./backoff.js";
import { button, element } from "./draw.js";
import { named, size } from "./row.js";

/** load: gets the bytes; onchange: called when the row may have another height @typedef {{load: () => Promise<Uint8Array>, onchange: () => void}} Loading */

const AT_ONCE = 3; // pictures
const PASSING = ["timeout", "unavailable", "tooFast"]; // errors after which another try may succeed
/** Shows each picture that is not fetched yet. @type {WeakMap<Element, () => Promise<unknown>>} */
const pictures = new WeakMap();
/** The rows of such pictures in view, in the order in which they came there. @type {Set<Element>} */
const inView = new Set();
let fetching = 0;
/** After an error that passes, no picture is fetched for a while. */
let resting = false;
const backoff = new Backoff();

const sight = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (isIntersecting) inView.add(target);
    else inView.delete(target);
  }
  fetchMore();
});

function fetchMore() {
  for (const row of inView) {
    if (resting || fetching >= AT_ONCE) return;
    inView.delete(row);
    sight.unobserve(row);
    fetching++;
    pictures.get(row)?.().finally(() => {
      fetching--;
      fetchMore();
    });
  }
}

/** Fetches a picture later, if it is in view then. @param {HTMLElement} row */
function fetchLater(row) {
  sight.observe(row);
  if (resting) return;
  resting = true;
  setTimeout(() => {
    resting = false;
    fetchMore();
  }, backoff.next());
}

/** @param {HTMLElement} row @param {{name?: string, media?: string, size?: number}} file @param {Loading} loading */
export function attachApart(row, file, { load, onchange }) {
  const place = row.querySelector(".text");
  const called = named(calledOf(file));
  /** @returns {Promise<boolean>} whether it is there */
  const show = async () => {
    place?.replaceChildren(called, about(" is being loaded."));
    try {
      const content = await load();
      // The row may have been removed meanwhile, and nobody would release the memory.
      if (row.isConnected) attach(row, { ...file, content }, false);
      backoff.reset();
      return true;
    } catch (failure) {
      failed(failure);
      return false;
    } finally {
      onchange();
    }
  };
  const failed = (/** @type {any} */ failure) => {
    const { code } = failure;
    if (isPicture(file) && row.isConnected && PASSING.includes(code)) fetchLater(row);
    else if (code === "notFound" || code === "forbidden") place?.replaceChildren(called, about(" can't be loaded any more."));
    else if (code) place?.replaceChildren(button("Load again", isPicture(file) ? show : save), " ", called, about(" could not be loaded."));
    else {
      console.error(`A file can't be shown: ${failure}`, failure);
      place?.replaceChildren("This message can't be shown.");
    }
  };
  const save = async () => {
    if (await show()) /** @type {HTMLElement|null|undefined} */ (place?.querySelector("a.file"))?.click();
  };
  if (isPicture(file)) {
    pictures.set(row, show);
    sight.observe(row);
    return;
  }
  const way = element("button", { type: "button", className: "file", onclick: save }, called);
  place?.replaceChildren(way, " ", about(`${fit(file.media)}, ${size(file.size ?? 0)}`));
}
