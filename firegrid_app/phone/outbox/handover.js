// The hand-over file: unsent work a phone cannot send, for the secretary's desk. One JSON a line, so
// that neither end holds all of it and a cut file loses only what was cut:
//   {"firegrid":"unsent","version":2,"made_at":…,"records":N}
//   {"item":"<the record's JSON>","clock_offset_ms":…,"signature":"<64 hex, of its maker's key>"}
//   {"photo":"<id>","of":"<the record's id>","base64":…}   each photo after its record
//   {"end":N}
import { sign } from "../person/seal.js";

const VERSION = 2;
const BEGINNING = '{"firegrid":"unsent"';
const LINES = 500;
const PIECE = 1024 * 1024;
const LONGEST_LINE = 24 * 1024 * 1024;

// What the signature is over: the text as it stands, and the offset where there is one.
const signed = (text, offset) => (offset === null ? text : `${text}\n${offset}`);

// `entries`: [{item, offset, photos}], the item as it would be sent, how far the server's clock was ahead
// of the phone's (milliseconds, null where the phone does not know), its photos() [{id, blob}] with bytes.
// Without a key (a phone never online since there are keys) nothing is signed: no desk takes it in,
// but it is a copy. It is made of Blobs, some hundred records or one photo each: browsers keep those out of
// the page's memory.
export async function writeHandover(entries, key, made = new Date()) {
  const pieces = [];
  let lines = [];
  const close = () => {
    if (lines.length > 0) pieces.push(new Blob(lines));
    lines = [];
  };
  const line = (content) => lines.push(`${JSON.stringify(content)}\n`);
  line({ firegrid: "unsent", version: VERSION, made_at: made.toISOString(), records: entries.length });
  for (const { item, offset = null, photos } of entries) {
    const text = JSON.stringify(item);
    const clock_offset_ms = offset === null ? null : Math.round(offset);
    line({ item: text, clock_offset_ms, signature: key ? sign(key, signed(text, clock_offset_ms)) : "" });
    for (const { id, blob } of await photos()) {
      if (!blob) continue;
      line({ photo: id, of: item.id, base64: base64(new Uint8Array(await blob.arrayBuffer())) });
      close();
    }
    if (lines.length < LINES) continue;
    close();
    // Signing takes a while: the page answers in between.
    await new Promise((done) => setTimeout(done));
  }
  line({ end: entries.length });
  close();
  return new Blob(pieces, { type: "application/json" });
}

// The file as a whole is none of ours. `code`: `other` (anything else), `old`, `new` (its version).
export class NotOurs extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// What stands in the file, in order: {records}, then {text, item, offset, signature} and {photo, of, blob},
// {broken: number of a line that cannot be read}, and {cut} when the end is missing; `read` is how
// many bytes were read so far. Throws `NotOurs` before anything of another file is given out.
export async function* readHandover(file) {
  let number = 0;
  let ended = false;
  for await (const { line, read } of linesOf(file)) {
    number += 1;
    if (number === 1) {
      yield { ...header(line), read };
      continue;
    }
    if (line === "") continue;
    const found = understood(line);
    if (found?.end !== undefined) ended = true;
    else yield { ...(found ?? { broken: number }), read };
  }
  if (!ended) yield { cut: true, read: file.size };
}

function header(line) {
  const found = parsed(line);
  if (found?.firegrid !== "unsent") throw new NotOurs("other");
  if (found.version !== VERSION) throw new NotOurs(found.version > VERSION ? "new" : "old");
  return { records: Number(found.records) || 0 };
}

function understood(line) {
  const found = parsed(line);
  if (typeof found?.item === "string") {
    const offset = Number.isInteger(found.clock_offset_ms) ? found.clock_offset_ms : null;
    return { text: found.item, item: parsed(found.item) ?? {}, offset, signature: String(found.signature ?? "") };
  }
  if (typeof found?.photo === "string" && typeof found.base64 === "string") {
    const bytes = unbase64(found.base64);
    return bytes && { photo: found.photo, of: found.of, blob: new Blob([bytes]) };
  }
  return Number.isInteger(found?.end) ? { end: found.end } : null;
}

function parsed(text) {
  try {
    const found = JSON.parse(text);
    return typeof found === "object" ? found : null;
  } catch {
    return null;
  }
}

// Lines one at a time, whatever size the file has. A line too long to be ours comes as "?".
async function* linesOf(file) {
  const decoder = new TextDecoder();
  let pending = "";
  let first = true;
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = await file.slice(at, at + PIECE).arrayBuffer();
    pending += decoder.decode(piece, { stream: at + PIECE < file.size });
    if (at === 0 && !pending.startsWith(BEGINNING)) throw new NotOurs("other");
    const lines = pending.split("\n");
    pending = lines.pop();
    for (const line of lines) {
      first = false;
      yield { line, read: at };
    }
    if (pending.length > LONGEST_LINE) {
      // Version 1 was all on one line.
      if (first) throw new NotOurs("old");
      pending = "?";
    }
  }
  if (file.size === 0) throw new NotOurs("other");
  if (pending) yield { line: pending, read: file.size };
}

const CHUNK = 0x8000;

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

function unbase64(text) {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
