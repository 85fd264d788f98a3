import assert from "node:assert/strict";
import test from "node:test";
import { FILTERS, known, narrowed, recordedAs, stepsFor } from "./seeing.js";

const hazard = (more) => ({ id: "h", owner_id: 7, status: "open", due_on: "2026-11-23", urges_open: 0, ...more });

test("mine are the open ones I have; late is past the last day, not on it", () => {
  const some = [hazard(), hazard({ owner_id: 8, due_on: "2026-11-22" }), hazard({ status: "corrected" }), hazard({ owner_id: null })];
  const groups = narrowed(some, 7, "2026-11-23");
  assert.deepEqual(FILTERS.map((one) => groups[one].length), [1, 1, 4]);
});

test("nobody urges themselves, and only who has it answers an urge", () => {
  assert.deepEqual(stepsFor(hazard(), 7), ["corrected", "dissuaded", "commented", "stepped_up", "skipped"]);
  assert.deepEqual(stepsFor(hazard({ urges_open: 2 }), 7), ["corrected", "dissuaded", "commented", "answered", "stepped_up", "skipped"]);
  assert.deepEqual(stepsFor(hazard({ urges_open: 2 }), 8), ["corrected", "dissuaded", "commented", "urged", "skipped"]);
  assert.deepEqual(stepsFor(hazard({ owner_id: null }), 8), ["corrected", "dissuaded", "commented", "urged", "skipped"]);
});

test("what is said to be put right is not put right again", () => {
  assert.deepEqual(stepsFor(hazard({ status: "corrected" }), 8), ["pictured", "commented", "urged", "skipped"]);
});

test("a photo from after goes as a word to the trail, every other step as itself", () => {
  assert.deepEqual(["pictured", "corrected", "skipped"].map(recordedAs), ["commented", "corrected", "skipped"]);
});

test("what is still to be put right comes first, mine before the others', each by its day", () => {
  const list = [
    hazard({ id: "looked", status: "corrected", due_on: "2026-11-01" }),
    hazard({ id: "later", owner_id: 8, due_on: "2026-11-25" }),
    hazard({ id: "late", owner_id: 8, due_on: "2026-11-20" }),
    hazard({ id: "mine", due_on: "2026-12-01" }),
  ];
  assert.deepEqual(narrowed(list, 7, "2026-11-22").all.map(({ id }) => id), ["mine", "late", "later", "looked"]);
});

const FETCHED = 1_800_000_000_000;
const move = (more) => ({ kind: "hazard.move", state: "waiting", body: { hazard: "h", step: "corrected" }, ...more });
const status = (...records) => known([hazard()], records, FETCHED)[0].status;

test("a step counts before it is sent, and until a later pack tells of it", () => {
  assert.equal(status(move()), "corrected");
  assert.equal(status(move({ state: "sent", sent: FETCHED + 1 })), "corrected");
  assert.equal(status(move({ state: "sent", sent: FETCHED - 1 })), "open", "sent back since");
  assert.equal(status(move({ body: { hazard: "another", step: "corrected" } })), "open");
  assert.equal(status(move({ body: { hazard: "h", step: "commented" } })), "open");
});

test("what the server refused, and what was put aside, is not said to be done", () => {
  for (const state of ["refused", "aside"]) {
    const [one] = known([hazard()], [move({ state })], FETCHED);
    assert.deepEqual([one.status, one.said], ["open", []], state);
  }
});
