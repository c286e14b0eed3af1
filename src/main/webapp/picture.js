/**
 * Reads the size of a picture from its first bytes: even for a small file, a decoder may need much memory. Browsers too ignore
 * the media type.
 */

/** @typedef {{width: number, height: number}} Dimensions in pixels */

const LOOKS_AT = 65_536; // bytes, in a format where the size has no fixed place

/** @param {Uint8Array} content @returns {Dimensions|undefined} undefined if the size can't be read */
export function dimensions(content) {
  const bytes = new DataView(content.buffer, content.byteOffset, content.length);
  try {
    const size = png(bytes) ?? gif(bytes) ?? webp(bytes) ?? avif(bytes) ?? jpeg(bytes);
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (endsTooSoon) {
    return undefined;
  }
}

/** @param {DataView} bytes @param {number} at @param {string} text */
const says = (bytes, at, text) => [...text].every((char, i) => bytes.getUint8(at + i) === char.charCodeAt(0));

/** @param {DataView} bytes @returns {Dimensions|undefined} */
function png(bytes) {
  if (!says(bytes, 0, "\x89PNG") || !says(bytes, 12, "IHDR")) return undefined;
  return { width: bytes.getUint32(16), height: bytes.getUint32(20) };
}

/** Its first frame may be larger than its screen. @param {DataView} bytes @returns {Dimensions|undefined} */
function gif(bytes) {
  if (!says(bytes, 0, "GIF8")) return undefined;
  const u16 = (/** @type {number} */ at) => bytes.getUint16(at, true);
  const colors = bytes.getUint8(10);
  let at = 13 + (colors & 0x80 ? 3 << ((colors & 7) + 1) : 0);
  while (bytes.getUint8(at) === 0x21) {
    at += 2;
    while (bytes.getUint8(at)) at += bytes.getUint8(at) + 1;
    at++;
  }
  if (bytes.getUint8(at) !== 0x2c) return undefined;
  return { width: Math.max(u16(6), u16(at + 1) + u16(at + 5)), height: Math.max(u16(8), u16(at + 3) + u16(at + 7)) };
}

/** @param {DataView} bytes @returns {Dimensions|undefined} */
function webp(bytes) {
  if (!says(bytes, 0, "RIFF") || !says(bytes, 8, "WEBP")) return undefined;
  const u24 = (/** @type {number} */ at) => bytes.getUint16(at, true) + (bytes.getUint8(at + 2) << 16);
  if (says(bytes, 12, "VP8X")) return { width: u24(24) + 1, height: u24(27) + 1 };
  if (says(bytes, 12, "VP8L")) {
    const bits = bytes.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: bytes.getUint16(26, true) & 0x3fff, height: bytes.getUint16(28, true) & 0x3fff };
}

/** The largest of all images in it. @param {DataView} bytes @returns {Dimensions|undefined} */
function avif(bytes) {
  if (!says(bytes, 4, "ftyp")) return undefined;
  let width = 0;
  let height = 0;
  for (let at = 8; at < Math.min(LOOKS_AT, bytes.byteLength - 16); at++) {
    if (bytes.getUint8(at) !== 0x69 || !says(bytes, at, "ispe")) continue;
    width = Math.max(width, bytes.getUint32(at + 8));
    height = Math.max(height, bytes.getUint32(at + 12));
  }
  return { width, height };
}

/** @param {DataView} bytes @returns {Dimensions|undefined} */
function jpeg(bytes) {
  if (bytes.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; bytes.getUint8(at) === 0xff; ) {
    const marker = bytes.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: bytes.getUint16(at + 7), height: bytes.getUint16(at + 5) };
    } else at += 2 + bytes.getUint16(at + 2);
  }
  return undefined;
}
