// What stays of a JPEG and what goes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bare } from "./jpeg.js";

const START = [0xff, 0xd8];
const segment = (marker, ...content) => [0xff, marker, 0, content.length + 2, ...content];
const JFIF = segment(0xe0, 0x4a, 0x46, 0x49, 0x46, 0);
const TABLE = segment(0xdb, 1, 2, 3);
const SCAN = [...segment(0xda, 9), 7, 7, 0xff, 0, 7, 0xff, 0xd9];
const jpeg = (...segments) => Uint8Array.from([START, ...segments, SCAN].flat());

test("a colour profile, EXIF, a maker's segment and a comment go; the picture stays", () => {
  const extras = [0xe1, 0xe2, 0xed, 0xef, 0xfe].map((marker) => segment(marker, 5, 5, 5));
  const dirty = jpeg(JFIF, ...extras, TABLE);
  assert.deepEqual(bare(dirty), jpeg(JFIF, TABLE));
});

test("what is bare already stays as it is", () => {
  const clean = jpeg(JFIF, TABLE, segment(0xee, 1));
  assert.deepEqual(bare(clean), clean);
});

test("what is no JPEG is refused", () => {
  assert.throws(() => bare(Uint8Array.from([0x89, 0x50, 0x4e, 0x47])));
  assert.throws(() => bare(Uint8Array.from([...START, 1, 2, 3, 4, 5])));
  assert.throws(() => bare(Uint8Array.from([...START, ...JFIF])));
});
