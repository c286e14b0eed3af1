/** `<parley-composer>`: the field for texts and files. It keeps nothing after its events are fired. */

const TYPING_EVERY = 3_000; // ms between two hints

/** Fires `say` (detail: the text), `files` (detail: File[]), `typing`, and `draft` (detail: the text) on each change. */
export class Composer extends HTMLElement {
  #typedAt = 0;

  connectedCallback() {
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    const text = this.#text;
    const file = /** @type {HTMLInputElement} */ (this.querySelector("input[type=file]"));
    form.onsubmit = (event) => {
      event.preventDefault();
      const said = text.value.trim();
      if (!said) return;
      this.draft = "";
      this.#typedAt = 0;
      this.#fire("draft", "");
      this.#fire("say", said);
    };
    text.onkeydown = (event) => {
      // While an input method is composing, Enter picks a candidate. In Safari composing has ended by then: key code 229.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      form.requestSubmit();
    };
    text.oninput = () => {
      this.#fire("draft", text.value);
      if (!text.value.trim() || Date.now() - this.#typedAt < TYPING_EVERY) return;
      this.#typedAt = Date.now();
      this.#fire("typing");
    };
    text.onpaste = (event) => {
      if (!isText(event.clipboardData)) this.#takeFiles(event, event.clipboardData);
    };
    /** @type {HTMLElement} */ (this.querySelector("button[type=button]")).onclick = () => file.click();
    file.onchange = () => {
      this.#fire("files", [...(file.files ?? [])]);
      file.value = "";
      text.focus();
    };
  }

  /** Accepts files that are dropped on an element. Without this, the browser would open the file and leave the page. @param {HTMLElement} place */
  takeDropsOn(place) {
    const isIn = (/** @type {Event} */ { target }) => target instanceof Node && place.contains(target);
    const over = (/** @type {boolean} */ is) => place.classList.toggle("dropping", is);
    document.ondragover = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      over(isIn(event));
    };
    document.ondragleave = () => over(false);
    document.ondrop = (event) => {
      over(false);
      if (isIn(event)) this.#takeFiles(event, event.dataTransfer);
      else if (event.dataTransfer?.files.length) event.preventDefault();
    };
  }

  /** @param {Event} event @param {DataTransfer|null} data */
  #takeFiles(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    this.#fire("files", [...data.files]);
  }

  /** Puts an unsent text back into the field, before the text there. @param {string} text */
  takeBack(text) {
    this.draft = [text, this.#text.value].filter(Boolean).join("\n");
    this.#fire("draft", this.#text.value);
    this.focus();
  }

  /** @param {string} text */
  set draft(text) {
    this.#text.value = text;
  }

  /** Disables what this person may not send, and shows a sentence about it. @param {string[]} may @param {number} slow seconds between two messages; 0 for none */
  permit(may, slow) {
    const [say, attach] = [may.includes("say"), may.includes("attach")];
    this.#text.disabled = !say;
    for (const [type, allowed] of /** @type {const} */ ([["submit", say], ["button", attach]])) {
      /** @type {HTMLButtonElement} */ (this.querySelector(`button[type=${type}]`)).disabled = !allowed;
    }
    const why = /** @type {HTMLElement} */ (this.querySelector("p"));
    const pace = slow > 0 ? `This room is slow: one message in ${slow} ${slow === 1 ? "second" : "seconds"}.` : "";
    why.textContent = say ? pace : "You may read in this room, but write nothing here.";
    why.hidden = why.textContent === "";
  }

  focus() {
    this.#text.focus();
  }

  /** @returns {HTMLTextAreaElement} */
  get #text() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  /** @param {string} type @param {unknown} [detail] */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * Spreadsheets add a picture to a text. File managers add the names of files to files.
 * @param {DataTransfer|null} data
 */
function isText(data) {
  const lines = (data?.getData("text/plain") ?? "").split(/[\r\n]+/).filter((line) => line.trim());
  const names = [...(data?.files ?? [])].map(({ name }) => name);
  return lines.some((line) => !names.some((name) => line.trim().endsWith(name)));
}

customElements.define("parley-composer", Composer);
