/** Runs an action once for several calls in a row. */

/** @param {() => void} act @param {number} wait ms @returns {() => void} asks for the action */
export function soon(act, wait) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      act();
    }, wait);
  };
}
