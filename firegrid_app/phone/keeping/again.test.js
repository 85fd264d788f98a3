// The same id twice: the same record, another one, or the refused one mended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mended, saysTheSame } from "./again.js";

const hazard = (more = {}) => ({
  kind: "hazard.report",
  body: { grid: "g", words: "x", patrol: null, photos: [{ id: "p", sha256: "1" }], ...more },
});

test("what was not changed is the same, also in another walk or in none", () => {
  assert.ok(saysTheSame(hazard(), hazard({ patrol: "w" })));
});

test("other words, other photos or another kind are another record", () => {
  assert.ok(!saysTheSame(hazard(), hazard({ words: "y" })));
  assert.ok(!saysTheSame(hazard(), hazard({ photos: [] })));
  assert.ok(!saysTheSame(hazard(), { ...hazard(), kind: "hazard.move" }));
});

test("mended it keeps its place, what it was at first and its clock, and loses why it was refused", () => {
  const known = { id: "a", seq: 4, code: "x", message: "no", fields: {}, captured_at: "t", clock: 3, version: 1, body: { old: 1 } };
  const now = mended(known, { id: "a", captured_at: "t", version: 2, body: { new: 1 }, clock: 9 });
  assert.deepEqual(now, {
    id: "a", seq: 4, captured_at: "t", clock: 3, version: 2, body: { new: 1 }, tries: 0, again_at: 0,
    first: { captured_at: "t", version: 1, body: { old: 1 } },
  });
  const twice = mended({ ...now, code: "y" }, { id: "a", captured_at: "u", version: 2, body: { new: 2 }, clock: 9 });
  assert.deepEqual(twice.first, { captured_at: "t", version: 1, body: { old: 1 } });
  assert.equal(twice.clock, undefined, "a moment set by hand is by no clock of the phone's");
});
