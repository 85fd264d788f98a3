// A JPEG without anything but its picture: what a browser's encoder adds (a colour profile, on some
// phones EXIF) is taken out here, so that the server can keep the bytes as they are (photos/jpeg.py).

const SCAN = 0xda;
const COMMENT = 0xfe;
const JFIF = 0xe0;
const ADOBE = 0xee;

const isExtra = (marker) =>
  marker === COMMENT || (marker > JFIF && marker <= 0xef && marker !== ADOBE);

// bytes: Uint8Array of a JPEG. Throws when it is none.
export function bare(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Error("no JPEG");
  const parts = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) throw new Error("no JPEG");
    if (marker === SCAN) {
      parts.push(bytes.subarray(at));
      return joined(parts);
    }
    const next = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    if (!isExtra(marker)) parts.push(bytes.subarray(at, next));
    at = next;
  }
  throw new Error("no JPEG");
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
