/** What many things ask for in a row is done once for all of them. */

/** @param {() => void} act @param {number} wait ms @returns {() => void} asks for it */
export function soon(act, wait) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      act();
    }, wait);
  };
}
