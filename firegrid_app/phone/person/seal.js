// Sealing: any entry of the store as bytes that only its person's key opens again. Pure: values in,
// bytes out. The browser's own crypto is missing on plain http, so the cipher is a library's.
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

const VERSION = 1;
const NONCE = 24;
const words = new TextEncoder();
const spoken = new TextDecoder("utf-8", { fatal: true });

// It was sealed with another key than the one at hand.
export class OtherKey extends Error {}
// The key fits, the bytes are not those that were sealed.
export class Damaged extends Error {}

const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// One key a purpose, all made of the person's (64 hex digits).
const keyFor = (key, purpose) => hmac(sha256, unhex(key), words.encode(purpose));
const keyMark = (key) => hex(keyFor(key, "firegrid key mark").slice(0, 8));

// HMAC-SHA256 over a text, in hex; access/keys.py checks it.
export const sign = (key, text) => hex(hmac(sha256, keyFor(key, "firegrid hand-over"), words.encode(text)));

// What an entry is bound to: sealed bytes moved to another person or another id do not open.
const bond = (owner, name) => words.encode(`firegrid sealed ${VERSION} ${owner} ${name}`);

// `name` says which entry of the store it is. Bytes in `value` (Blobs, arrays) are sealed with it.
export async function seal(key, owner, name, value) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const cipher = xchacha20poly1305(keyFor(key, "firegrid sealing"), nonce, bond(owner, name));
  return { version: VERSION, mark: keyMark(key), nonce, bytes: cipher.encrypt(await packed(value)) };
}

// The value again. Throws `OtherKey` or `Damaged`; the sealed bytes stay what they are.
export function unseal(key, owner, name, { version, mark, nonce, bytes }) {
  if (mark !== keyMark(key)) throw new OtherKey(name);
  if (version !== VERSION) throw new Damaged(`version ${version}`);
  try {
    const cipher = xchacha20poly1305(keyFor(key, "firegrid sealing"), nonce, bond(owner, name));
    return unpacked(cipher.decrypt(bytes));
  } catch (error) {
    throw new Damaged(String(error));
  }
}

// Layout: length of the JSON (4 bytes), the JSON, then all bytes one after another. In the JSON
// stands {"$bytes": length, "type": …} where a Blob was, without a type where an array was.
async function packed(value) {
  const parts = [];
  const plain = async (one) => {
    if (one instanceof Blob) {
      const bytes = new Uint8Array(await one.arrayBuffer());
      parts.push(bytes);
      return { $bytes: bytes.length, type: one.type };
    }
    if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) {
      const bytes = one instanceof ArrayBuffer ? new Uint8Array(one) : new Uint8Array(one.buffer, one.byteOffset, one.byteLength);
      parts.push(bytes);
      return { $bytes: bytes.length };
    }
    if (one === null || typeof one !== "object") return one;
    const made = Array.isArray(one) ? [] : {};
    // One after another: the bytes lie in the order they are met in.
    for (const [name, inner] of Object.entries(one)) made[name] = await plain(inner);
    return made;
  };
  const json = words.encode(JSON.stringify(await plain(value)));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 4 + json.length));
  new DataView(whole.buffer).setUint32(0, json.length);
  whole.set(json, 4);
  let at = 4 + json.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function unpacked(whole) {
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  let at = 4 + length;
  const full = (one) => {
    if (one === null || typeof one !== "object") return one;
    if (typeof one.$bytes === "number") {
      const bytes = whole.slice(at, at + one.$bytes);
      at += one.$bytes;
      return one.type === undefined ? bytes : new Blob([bytes], { type: one.type });
    }
    for (const name of Object.keys(one)) one[name] = full(one[name]);
    return one;
  };
  return full(JSON.parse(spoken.decode(whole.subarray(4, at))));
}
