// The phone's moments against the cases it shares with the server, and what it knows of its clock.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { drifted, momentOf, offsetAfterDrift, offsetIn } from "./moments.js";

const HOUR = 3600000;
const cases = JSON.parse(readFileSync(new URL("../../../tests/sync/moment_cases.json", import.meta.url), "utf-8"));

for (const { name, captured_at, offset_ms, received_at, moment } of cases) {
  test(name, () => {
    const found = momentOf(Date.parse(captured_at), offset_ms, Date.parse(received_at));
    assert.equal(new Date(found).toISOString(), moment);
  });
}

test("what is heard in a run holds for all of it", () => {
  assert.equal(offsetIn([{ n: 1, offset: 0 }, { n: 2, offset: HOUR }], 2), HOUR);
});

test("a run between two that agree is as they are", () => {
  assert.equal(offsetIn([{ n: 1, offset: 900 }, { n: 2, offset: null }, { n: 3, offset: 1200 }], 2), 1200);
});

test("a run between two that differ is unknown", () => {
  assert.equal(offsetIn([{ n: 1, offset: 0 }, { n: 2, offset: null }, { n: 3, offset: HOUR }], 2), null);
});

test("a change that was seen tells which records are before it and which behind", () => {
  const runs = [
    { n: 1, offset: 0 },
    { n: 2, offset: null },
    { n: 3, offset: null, drift: 24 * HOUR },
    { n: 4, offset: null },
    { n: 5, offset: -24 * HOUR },
  ];
  assert.deepEqual([2, 3, 4].map((n) => offsetIn(runs, n)), [0, -24 * HOUR, -24 * HOUR]);
});

test("a nap and an unseen change tell nothing of the run between", () => {
  const runs = [{ n: 1, offset: 0 }, { n: 2, offset: null, drift: 2 * HOUR }, { n: 3, offset: -HOUR }];
  assert.equal(offsetIn(runs, 2), null);
});

test("the newest run is as the one before until the server is heard", () => {
  assert.equal(offsetIn([{ n: 1, offset: HOUR }, { n: 2, offset: null }], 2), HOUR);
});

test("nothing is known of a run nobody wrote down, nor of one before all that are known", () => {
  assert.equal(offsetIn([{ n: 2, offset: 0 }], 1), null);
  assert.equal(offsetIn([{ n: 1, offset: null }, { n: 2, offset: 0 }], 1), null);
  assert.equal(offsetIn([], undefined), null);
});

test("seconds are no drift, minutes in either direction are", () => {
  assert.equal(drifted(1000000, 1030000), false);
  assert.equal(drifted(1000000, 1000000 + HOUR), true);
  assert.equal(drifted(1000000, 1000000 - HOUR), true);
});

test("a clock put back tells how far it is off now; one put forward may have been a nap", () => {
  assert.equal(offsetAfterDrift(0, 5 * HOUR, 4 * HOUR), HOUR);
  assert.equal(offsetAfterDrift(0, 5 * HOUR, 6 * HOUR), null);
  assert.equal(offsetAfterDrift(null, 5 * HOUR, 4 * HOUR), null);
});
