/** Makes a picture smaller, to fit the server's limit. The page loads this module when a person wants it. */

const MOST_PIXELS = 12_000_000;
const STEP = 0.75; // of width and height, from one try to the next
const QUALITY = 0.85;
const LEAST = 64; // pixels

/** @param {File} file @param {number} limit bytes @returns {Promise<File|undefined>} undefined if this is not possible */
export async function smaller(file, limit) {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const { width, height } = picture;
  // JPEG has no transparency.
  const type = file.type === "image/jpeg" ? file.type : "image/webp";
  try {
    for (let scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height))); scale * Math.max(width, height) > LEAST; scale *= STEP) {
      const blob = await drawn(picture, Math.ceil(width * scale), Math.ceil(height * scale), type);
      if (blob && blob.size <= limit) return named(blob, file.name);
    }
  } finally {
    picture.close();
  }
  return undefined;
}

/** @param {ImageBitmap} picture @param {number} width @param {number} height @param {string} type @returns {Promise<Blob|null>} */
function drawn(picture, width, height, type) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}

/** The name ends like the real type: a browser that can't write a type writes PNG. @param {Blob} blob @param {string} name */
function named(blob, name) {
  const ending = blob.type.replace("image/", "").replace("jpeg", "jpg");
  return new File([blob], `${name.replace(/\.[^.]*$/, "")}.${ending}`, { type: blob.type });
}
