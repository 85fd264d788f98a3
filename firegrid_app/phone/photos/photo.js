// A photo from the camera: shrunk on the phone, its place and time stamped at the shutter.
import { sha256 } from "../keeping/hash.js";
import { newId } from "../keeping/ids.js";
import { bare } from "./jpeg.js";

const LONGEST_EDGE = 2048;
const QUALITY = 0.8;
const MOST_BYTES = 15 * 1024 * 1024; // what the server takes (photos/processing.py)
const HEIC = ["heic", "heix", "heim", "heis", "mif1", "msf1"];

async function pixels(file) {
  if (typeof createImageBitmap === "function") {
    try {
      return await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      // Some browsers read HEIC only through an image element.
    }
  }
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

// Does a file begin as HEIC does? Chromium reads none of them; the server does.
export function isHeic(bytes) {
  const letters = String.fromCharCode(...bytes.subarray(4, 12));
  return letters.startsWith("ftyp") && HEIC.includes(letters.slice(4));
}

// A HEIC no browser here reads goes as it came: the server turns, strips and shrinks it.
async function unread(file, taken) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isHeic(bytes) || bytes.length > MOST_BYTES) throw new Error("not a picture");
  return kept(bytes, "image/heic", taken);
}

const kept = async (bytes, type, taken) => ({ id: newId(), blob: new Blob([bytes], { type }), sha256: await sha256(bytes), ...taken });

// A recording is announced, kept and sent as a photo is (shouts/voice.jsx makes it).
export const isSound = ({ kind }) => kind === "sound";

// Throws when the file is not a picture this browser, or the server, can read.
export async function takePhoto(file, position, purpose = "scene") {
  const taken_at = new Date().toISOString();
  const taken = { purpose, taken_at, position };
  let image;
  try {
    image = await pixels(file);
  } catch {
    return unread(file, taken);
  }
  const scale = Math.min(1, LONGEST_EDGE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close?.();
  return pictureOf(canvas, position, purpose, taken_at);
}

// What stands on a canvas, as a photo of the record.
export async function pictureOf(canvas, position, purpose = "scene", taken_at = new Date().toISOString()) {
  const encoded = await new Promise((done, failed) =>
    canvas.toBlob((made) => (made ? done(made) : failed(new Error("no room"))), "image/jpeg", QUALITY),
  );
  const bytes = bare(new Uint8Array(await encoded.arrayBuffer()));
  return kept(bytes, "image/jpeg", { purpose, taken_at, position });
}
