// SHA-256 of bytes, in hex: the browser's own. Plain http has none of that; there a library comes as soon as
// this file is read, so that a photo taken later needs no network. No other phone carries it.
const own = () => globalThis.crypto?.subtle;

let library;

const bring = () =>
  (library ??= import("@noble/hashes/sha2.js").catch((error) => {
    library = undefined;
    throw error;
  }));

if (!own()) bring().catch(() => {});

export async function sha256(bytes) {
  const digest = own() ? new Uint8Array(await own().digest("SHA-256", bytes)) : (await bring()).sha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
