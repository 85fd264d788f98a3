import assert from "node:assert/strict";
import { test } from "node:test";
import { asks, inForce, isLate, isSeen, leftIn, lowest } from "./warned.js";

const NOW = Date.parse("2026-11-23T02:00:00Z");
const GRIDS = [
  { code: "a", path: "c/a/" },
  { code: "b", path: "c/b/" },
  { code: "c", path: "c/" },
];
const alert = (more) => ({
  id: 7,
  edition: 1,
  ends_at: "2026-11-24T02:00:00Z",
  deadline_at: "2026-11-23T04:00:00Z",
  to_residents: true,
  seen: false,
  grids: ["a", "b", "c"],
  passed: [],
  ...more,
});
const shout = (body, state = "waiting") => ({
  kind: "shout.log",
  state,
  body: { alert: 7, edition: 1, grid: "a", means: "loudhailer", ...body },
});
const seen = { kind: "alert.seen", state: "waiting", body: { alert: 7, edition: 1 } };

test("what is over is not in force, and an old pack knows of nothing", () => {
  assert.equal(inForce([alert()], NOW).length, 1);
  assert.equal(inForce([alert()], NOW + 25 * 3600000).length, 0);
  assert.deepEqual(inForce(undefined, NOW), []);
});

test("opened here counts before it is sent, in this edition and unless it was refused", () => {
  assert.equal(isSeen(alert(), []), false);
  assert.equal(isSeen(alert(), undefined), false);
  assert.equal(isSeen(alert({ seen: true }), []), true);
  assert.equal(isSeen(alert(), [seen]), true);
  assert.equal(isSeen(alert({ edition: 2 }), [seen]), false);
  assert.equal(isSeen(alert(), [{ ...seen, state: "refused" }]), false);
});

test("a voice is heard in its grid, the loudspeaker in all below", () => {
  assert.deepEqual(leftIn(alert(), [], GRIDS), ["a", "b", "c"]);
  assert.deepEqual(leftIn(alert(), [shout({})], GRIDS), ["b", "c"]);
  assert.deepEqual(leftIn(alert(), [shout({ grid: "c" })], GRIDS), ["a", "b"]);
  assert.deepEqual(leftIn(alert(), [shout({ grid: "c", means: "village_loudspeaker" })], GRIDS), []);
  assert.deepEqual(leftIn(alert(), [shout({ grid: "b", means: "group_chat" })], GRIDS), ["a", "c"]);
  assert.deepEqual(leftIn(alert({ passed: ["a"] }), [shout({ grid: "b" })], GRIDS), []);
  assert.deepEqual(leftIn(alert(), [shout({}, "refused")], GRIDS), ["a", "b", "c"]);
  assert.deepEqual(leftIn(alert(), [shout({ alert: 8 })], GRIDS), ["a", "b", "c"]);
  assert.deepEqual(leftIn(alert({ edition: 2 }), [shout({})], GRIDS), ["a", "b", "c"]);
});

test("a community is done with when its grids are, and is not counted beside them", () => {
  const both = ["a", "b"].map((grid) => shout({ grid }));
  assert.deepEqual(leftIn(alert(), both, GRIDS), []);
  assert.deepEqual(leftIn(alert({ passed: ["a"] }), [], GRIDS), ["b", "c"]);
  assert.deepEqual(lowest(["a", "b", "c"], GRIDS), ["a", "b"]);
  assert.deepEqual(lowest(["c"], GRIDS), ["c"]);
  assert.deepEqual(leftIn(alert({ grids: ["c"] }), [], GRIDS), ["c"]);
});

test("a shout in a grid that is on no list any more covers that grid alone", () => {
  assert.deepEqual(leftIn(alert(), [shout({ grid: "gone", means: "group_chat" })], GRIDS), ["a", "b", "c"]);
});

test("it asks until it was opened and called out everywhere", () => {
  const all = ["a", "b", "c"].map((grid) => shout({ grid }));
  assert.equal(asks(alert(), all, GRIDS), true);
  assert.equal(asks(alert(), [seen, ...all], GRIDS), false);
  assert.equal(asks(alert({ to_residents: false }), [seen], GRIDS), false);
  assert.equal(asks(alert({ grids: [] }), [], GRIDS), false);
});

test("late is after the deadline", () => {
  assert.equal(isLate(alert(), NOW), false);
  assert.equal(isLate(alert(), NOW + 3 * 3600000), true);
});
