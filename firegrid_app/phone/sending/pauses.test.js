// Pauses between rounds that fail: 2^n seconds with jitter, five minutes at most.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseAfter } from "./pauses.js";

test("each failure doubles the pause", () => {
  assert.deepEqual([1, 2, 3, 4].map((failures) => pauseAfter(failures, 0.5)), [2000, 4000, 8000, 16000]);
});

test("no pause is longer than five minutes, however many failures and whatever the chance", () => {
  for (const failures of [8, 9, 20, 2000]) {
    for (const chance of [0, 0.5, 0.999999]) {
      const pause = pauseAfter(failures, chance);
      assert.ok(pause <= 5 * 60 * 1000 && pause >= 3 * 60 * 1000, `${failures} ${chance}: ${pause}`);
    }
  }
});

test("phones do not all come back at the same second", () => {
  for (const failures of [3, 12]) assert.ok(pauseAfter(failures, 0.9) - pauseAfter(failures, 0.1) > 1000);
});
