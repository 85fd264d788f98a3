// How many records a request takes, on lines that carry little.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BatchSize } from "./batches.js";

test("what is too much is halved down to one record, never to none", () => {
  const batch = new BatchSize();
  const seen = Array.from({ length: 8 }, () => {
    batch.less();
    return batch.records;
  });
  assert.deepEqual(seen, [25, 13, 7, 4, 2, 1, 1, 1]);
});

test("a line that carries again soon carries fifty, and never more", () => {
  const batch = new BatchSize();
  for (let n = 0; n < 8; n++) batch.less();
  const seen = Array.from({ length: 7 }, () => {
    batch.more();
    return batch.records;
  });
  assert.deepEqual(seen, [2, 4, 8, 16, 32, 50, 50]);
});
