import assert from "node:assert/strict";
import { test } from "node:test";
import { fate, freed, isDue, isForgotten, lacksStart, LONGEST_WAIT } from "./fate.js";

const RECORD = { id: "a", state: "waiting", body: {} };
const after = (answer, record = RECORD) => ({ ...record, ...fate(record, answer, 1000) });

test("created and already are the only words that end a record's way", () => {
  for (const status of ["created", "already"]) assert.equal(after({ status }).state, "sent");
  for (const status of ["refused", "rejected", "conflict"]) assert.equal(after({ status, code: "x.y" }).state, "refused");
  for (const status of ["deferred", "merged", "", undefined, null, "CREATED", 7]) {
    assert.equal(after({ status, code: "x.y" }).state, "waiting", String(status));
  }
});

test("what the server takes or refuses anew it has forgotten; a fault or a doubt is no such word", () => {
  assert.ok(isForgotten({ status: "created" }));
  // The start of its walk is gone with it.
  assert.ok(isForgotten({ status: "refused", code: "patrols.unknown" }));
  for (const answer of [
    { status: "already" },
    { status: "conflict", code: "sync.conflict" },
    { status: "rejected", code: "sync.unknown_version" },
    { status: "refused", code: "server_error" },
    { status: "refused", code: "busy" },
    { status: "deferred" },
  ]) {
    assert.equal(isForgotten(answer), false, JSON.stringify(answer));
  }
});

test("a server that is too old, or has a fault, gets the record again later", () => {
  for (const code of ["sync.unknown_kind", "sync.unknown_version", "server_error", "busy", "access.training_first"]) {
    const kept = after({ status: "rejected", code, message: "words" });
    assert.deepEqual([kept.state, kept.code, kept.message], ["waiting", code, "words"]);
    assert.equal(isDue(kept, 1000), false);
    assert.equal(isDue(kept, 61000), true);
  }
});

test("the wait doubles to an hour and begins anew when the record has gone", () => {
  let record = RECORD;
  const waits = [];
  for (let round = 0; round < 9; round += 1) {
    record = after({ status: "rejected", code: "sync.unknown_version" }, record);
    waits.push((record.again_at - 1000) / 60000);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
  record = after({ status: "created" }, record);
  assert.deepEqual([record.tries, record.again_at, record.code], [0, 0, ""]);
});

test("a clock set back does not hold a record for days", () => {
  const kept = { again_at: 10 * LONGEST_WAIT };
  assert.equal(isDue(kept, 0), true);
  assert.equal(isDue({}, 0), true);
});

test("a refusal without a code is named by its status", () => {
  assert.equal(after({ status: "conflict" }).code, "sync.conflict");
});

test("what lacks the start of its walk is freed by that start alone", () => {
  const arrival = { id: "b", state: "refused", code: "patrols.unknown", tries: 2, body: { patrol: "s" } };
  assert.equal(lacksStart(arrival, "s"), true);
  assert.equal(lacksStart(arrival, "t"), false);
  assert.equal(lacksStart({ ...arrival, code: "patrols.other_grid" }, "s"), false);
  assert.equal(lacksStart({ ...arrival, state: "waiting" }, "s"), false);
  const again = freed(arrival);
  assert.deepEqual([again.state, again.code, isDue(again, 0)], ["waiting", "", true]);
  assert.equal(arrival.state, "refused");
});
