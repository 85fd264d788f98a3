// Full storage: known by its error, said in its words, and what leaves early for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isFull, mayLeaveEarly, warningOf, whyNotKept } from "./room.js";

const TODAY = Date.parse("2026-11-22T00:00:00+08:00");
const HOUR = 3600000;
const record = (id, kind, hour, body = {}, state = "sent") => ({
  id,
  kind,
  body,
  state,
  captured_at: new Date(TODAY + hour * HOUR).toISOString(),
  sent: TODAY + hour * HOUR + 1000,
});
const left = (records) => mayLeaveEarly(records, TODAY).map((one) => one.id);

test("full storage is known by its name, whichever browser says it", () => {
  assert.ok(isFull(new DOMException("", "QuotaExceededError")));
  assert.ok(isFull({ name: "AbortError", inner: { name: "QuotaExceededError" } }));
  for (const other of [new Error("x"), new DOMException("", "AbortError"), undefined]) assert.ok(!isFull(other));
});

test("only full storage is said to be full", () => {
  assert.equal(whyNotKept(new DOMException("", "QuotaExceededError")), "phone.no_room");
  assert.equal(whyNotKept(new Error("not logged in")), "phone.not_kept");
});

test("a phone warns from four fifths of its room on, or from ten thousand unsent records on", () => {
  assert.equal(warningOf(79, 9_999), "");
  assert.equal(warningOf(80, 0), "phone.storage_full");
  assert.equal(warningOf(79, 10_000), "phone.many_unsent");
  assert.equal(warningOf(null, 10_000), "phone.many_unsent", "also where the browser does not tell");
  assert.equal(warningOf(null, 9_999), "");
});

test("what was made and sent before today may leave, what was not stays", () => {
  const records = [
    record("old", "shout.log", -5),
    record("waiting", "shout.log", -5, {}, "waiting"),
    record("refused", "shout.log", -5, {}, "refused"),
    record("aside", "shout.log", -5, {}, "aside"),
    record("today", "shout.log", 1),
    { ...record("sent today", "shout.log", -5), sent: TODAY + HOUR },
  ];
  assert.deepEqual(left(records), ["old"]);
});

test("an ended walk of yesterday leaves whole", () => {
  const walk = [
    record("w", "patrol.start", -5),
    record("a", "patrol.arrive", -4, { patrol: "w" }),
    record("e", "patrol.end", -3, { patrol: "w" }),
  ];
  assert.deepEqual(left(walk), ["w", "a", "e"]);
});

test("a walk over midnight and one without an end stay whole", () => {
  const over = [
    record("w", "patrol.start", -1),
    record("a", "patrol.arrive", -0.5, { patrol: "w" }),
    record("e", "patrol.end", 1, { patrol: "w" }),
  ];
  assert.deepEqual(left(over), []);
  assert.deepEqual(left(over.slice(0, 2)), []);
});
