// The size of photo parts on quick, slow and breaking lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PartSize } from "./parts.js";

const kB = 1024;

// A photo over a line of `rate` bytes a second: the sizes of its parts.
function sizes(size, bytes, rate) {
  const used = [];
  for (let at = 0; at < bytes; at += used.at(-1)) {
    used.push(Math.min(size.bytes, bytes - at));
    size.went(used.at(-1), (used.at(-1) / rate) * 1000);
  }
  return used;
}

test("a good line soon carries whole photos", () => {
  const size = new PartSize();
  assert.equal(sizes(size, 800 * kB, 1000 * kB).length, 3);
  assert.equal(size.bytes, 512 * kB);
});

test("at 1 kB a second a part takes some seconds, not minutes", () => {
  const size = new PartSize();
  const used = sizes(size, 300 * kB, kB);
  assert.equal(used[0], 64 * kB);
  assert.ok(used.slice(2).every((bytes) => bytes <= 10 * kB));
});

test("every cut halves the part, but never below 8 kB", () => {
  const size = new PartSize();
  const seen = [1, 2, 3, 4, 5].map(() => {
    size.cut();
    return size.bytes / kB;
  });
  assert.deepEqual(seen, [32, 16, 8, 8, 8]);
});

test("the short rest of a photo says nothing about the line", () => {
  const size = new PartSize();
  size.went(100, 2000);
  assert.equal(size.bytes, 64 * kB);
});

test("a line that was bad for a while grows again", () => {
  const size = new PartSize();
  for (let times = 0; times < 5; times += 1) size.cut();
  sizes(size, 2000 * kB, 500 * kB);
  assert.equal(size.bytes, 512 * kB);
});
