// A photo from the camera: shrunk on the phone, its place and time stamped at the shutter.
import { sha256 } from "./hash.js";
import { newId } from "./ids.js";
import { bare } from "./jpeg.js";

const LONGEST_EDGE = 2048;
const QUALITY = 0.8;

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

// Throws when the file is not a picture this browser can read.
export async function takePhoto(file, position, purpose = "scene") {
  const taken_at = new Date().toISOString();
  const image = await pixels(file);
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
  const blob = new Blob([bytes], { type: "image/jpeg" });
  return { id: newId(), blob, sha256: await sha256(bytes), purpose, taken_at, position };
}
