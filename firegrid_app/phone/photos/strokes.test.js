// What counts as a signature, and that it comes out as it was written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, isWritten, scaled } from "./strokes.js";

const line = (...points) => points.map(([x, y]) => ({ x, y }));

test("a tap or a touch in passing is no signature", () => {
  assert.equal(isWritten([]), false);
  assert.equal(isWritten([line([10, 10])]), false);
  assert.equal(isWritten([line([10, 10], [20, 10]), line([50, 50])]), false);
  assert.equal(isWritten([line([10, 10], [50, 10]), line([50, 50], [50, 80])]), true);
});

test("it comes out larger as it was written", () => {
  assert.deepEqual(scaled([line([10, 20])], 320, 960), [line([30, 60])]);
});

test("words that are too long are cut where they no longer fit", () => {
  const widthOf = (words) => [...words].length * 10;
  assert.equal(fitting("责任书", 30, widthOf), "责任书");
  assert.equal(fitting("责任书很长", 40, widthOf), "责任书…");
  assert.equal(fitting("责任书", 5, widthOf), "责…");
});
