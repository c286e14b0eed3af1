/** The detail of the next event of a type that fits. */
export function next(client, type, fits = () => true) {
  return new Promise((resolve) => {
    const listener = ({ detail }) => {
      if (!fits(detail)) return;
      client.removeEventListener(type, listener);
      resolve(detail);
    };
    client.addEventListener(type, listener);
  });
}
