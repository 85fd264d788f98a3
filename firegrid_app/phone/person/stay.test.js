// Who is asked to put the app on the home screen, and how often.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askLater, wantsInstalling } from "./stay.js";

const DAY = 24 * 3600 * 1000;
const NOW = 100 * DAY;
const SAFARI = { standalone: false, userAgent: "iPhone Safari" };
const drawer = () => {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
};

test("an ordinary tab of Safari on an iPhone is asked", () => {
  assert.equal(wantsInstalling(SAFARI, drawer(), NOW), true);
});

test("who has it on the home screen, or another browser, is not", () => {
  assert.equal(wantsInstalling({ ...SAFARI, standalone: true }, drawer(), NOW), false);
  assert.equal(wantsInstalling({ userAgent: "Android Chrome" }, drawer(), NOW), false);
});

test("in WeChat the way out of it comes first", () => {
  assert.equal(wantsInstalling({ standalone: false, userAgent: "iPhone MicroMessenger" }, drawer(), NOW), false);
});

test("put off, it comes back before the seven days are over", () => {
  const kept = drawer();
  askLater(kept, NOW);
  assert.equal(wantsInstalling(SAFARI, kept, NOW + 4 * DAY), false);
  assert.equal(wantsInstalling(SAFARI, kept, NOW + 6 * DAY), true);
});

test("a browser that keeps nothing is asked each time, and nothing breaks", () => {
  const full = { getItem: () => { throw new Error(); }, setItem: () => { throw new Error(); } };
  askLater(full, NOW);
  assert.equal(wantsInstalling(SAFARI, full, NOW), true);
});
