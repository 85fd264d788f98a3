// Which pictures no browser here reads are kept for the server to read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isHeic, takePhoto } from "./photo.js";

const begun = (words, rest = 40) => new Uint8Array([0, 0, 0, 24, ...new TextEncoder().encode(words), ...Array(rest).fill(7)]);
const file = (bytes) => ({ arrayBuffer: async () => bytes.buffer });
const PLACE = { lat: 29.35, lon: 105.9, accuracy_m: 8 };

// No picture is read here at all, as in a browser without its decoder.
globalThis.createImageBitmap = async () => {
  throw new Error("cannot decode");
};
globalThis.URL.createObjectURL = () => "blob:x";
globalThis.URL.revokeObjectURL = () => {};
globalThis.Image = class {
  decode = async () => {
    throw new Error("cannot decode");
  };
};

test("a HEIC this browser cannot read goes as it came, with place and time of the shutter", async () => {
  const bytes = begun("ftypheic");
  const photo = await takePhoto(file(bytes), PLACE, "after");
  assert.deepEqual(new Uint8Array(await photo.blob.arrayBuffer()), bytes);
  assert.deepEqual([photo.blob.type, photo.purpose, photo.position], ["image/heic", "after", PLACE]);
  assert.match(photo.sha256, /^[0-9a-f]{64}$/);
  assert.ok(Math.abs(new Date(photo.taken_at) - Date.now()) < 5000);
});

test("what is no picture is none, whatever it is called", async () => {
  for (const words of ["ftypmp42", "not a photo at all", "ftypavif"]) {
    assert.equal(isHeic(begun(words)), false);
    await assert.rejects(takePhoto(file(begun(words)), PLACE));
  }
});

test("one larger than the server takes is not kept", async () => {
  await assert.rejects(takePhoto(file(begun("ftypmif1", 15 * 1024 * 1024)), null));
});
