import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, fieldsOf } from "./compare.js";

const AT = "2026-11-23T02:00:00.000Z";
const shout = (change = {}, more = {}) => ({
  kind: "shout.log",
  captured_at: AT,
  position: { lat: 29.3512345, lon: 105.9012345, accuracy_m: 8 },
  body: { grid: "g", patrol: null, script: "ebike", means: "own_voice", people_reached: 12, where: "", ...change },
  ...more,
});
const differing = (mine, theirs) => compare(mine, theirs).filter((row) => row.differs).map((row) => row.field);

test("the same record differs in nothing, however the server writes its moment and place", () => {
  const theirs = shout({}, { captured_at: "2026-11-23T02:00:00+00:00", position: { lat: 29.35123, lon: 105.90123, accuracy_m: 8 } });
  assert.deepEqual(differing(shout(), theirs), []);
});

test("each field that differs is marked, and every field is shown", () => {
  const theirs = shout({ people_reached: 99, where: "村口" });
  assert.deepEqual(differing(shout(), theirs), ["people_reached", "where"]);
  const rows = compare(shout(), theirs);
  assert.deepEqual(rows.map((row) => row.field), ["script", "alert", "means", "people_reached", "seconds", "leaflets", "cards", "grid", "place", "where", "photos", "patrol", "captured_at", "position"]);
  assert.deepEqual([rows[3].mine, rows[3].theirs], [12, 99]);
});

test("a field not named is what the server takes it for", () => {
  const arrive = (body) => ({ kind: "patrol.arrive", captured_at: AT, position: null, body: { patrol: "p", check_point: 1, ...body } });
  assert.deepEqual(differing(arrive({}), arrive({ all_fine: true, note: "", where: "" })), []);
  assert.deepEqual(differing(arrive({}), arrive({ all_fine: false })), ["all_fine"]);
});

test("places a few metres apart differ, those lost in rounding do not", () => {
  const near = shout({}, { position: { lat: 29.35124, lon: 105.90124 } });
  const far = shout({}, { position: { lat: 29.3522, lon: 105.9012 } });
  assert.deepEqual(differing(shout(), near), []);
  assert.deepEqual(differing(shout(), far), ["position"]);
  assert.deepEqual(differing(shout(), shout({}, { position: null })), ["position"]);
  assert.deepEqual(differing(shout({}, { position: null }), shout({}, { position: null })), []);
});

test("the place of a walk's end is not compared: the server keeps none", () => {
  const end = (position) => ({ kind: "patrol.end", captured_at: AT, position, body: { patrol: "p", note: "" } });
  assert.deepEqual(differing(end({ lat: 29.3, lon: 105.9 }), end(null)), []);
  assert.equal(compare(end(null), end(null)).some((row) => row.field === "position"), false);
});

test("photos are the same by id and bytes, in any order", () => {
  const hazard = (photos) => ({ kind: "hazard.report", captured_at: AT, position: null, body: { grid: "g", category: "c", severity: "s", photos } });
  const [p, q] = [{ id: "p", sha256: "1" }, { id: "q", sha256: "2" }];
  assert.deepEqual(differing(hazard([p, q]), hazard([q, p])), []);
  assert.deepEqual(differing(hazard([p, q]), hazard([p])), ["photos"]);
  assert.deepEqual(differing(hazard([p]), hazard([{ ...p, sha256: "9" }])), ["photos"]);
  assert.deepEqual(differing(hazard([]), hazard(undefined)), []);
});

test("another kind under the same id shows what either has", () => {
  const visit = { kind: "visit.log", captured_at: AT, position: shout().position, body: { door: 3, outcome: "met" } };
  const rows = compare(shout(), visit);
  assert.deepEqual([rows[0].field, rows[0].differs], ["kind", true]);
  const fields = rows.map((row) => row.field);
  for (const field of ["script", "door", "outcome"]) assert.ok(fields.includes(field), field);
});

test("a kind this app does not know is shown as it is", () => {
  assert.deepEqual(
    fieldsOf({ kind: "drill.held", captured_at: AT, body: { people: 3 } }).map((one) => one.field),
    ["people", "captured_at", "position"],
  );
});

test("two arrivals that differ in what the checklist found are told apart", () => {
  const one = (faults) => ({
    kind: "patrol.arrive",
    captured_at: "2026-11-23T02:00:00Z",
    position: null,
    body: { patrol: "p", check_point: 1, tag: "", faults, not_applicable: [], all_fine: false },
  });
  const fault = [{ item: "stairs_clear", hazard: null }];
  const differing = (mine, theirs) =>
    compare(mine, theirs).filter((row) => row.differs).map((row) => row.field);
  assert.deepEqual(differing(one(fault), one([...fault])), []);
  assert.deepEqual(differing(one(fault), one([])), ["faults"]);
  // A body of an older version has no list: that is none found.
  const { faults, not_applicable, tag, ...older } = one([]).body;
  assert.deepEqual(differing(one([]), { ...one([]), body: older }), []);
});
