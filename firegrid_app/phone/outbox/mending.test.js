import assert from "node:assert/strict";
import { test } from "node:test";
import { FIELDS } from "./compare.js";
import { localTime, mistakesOf, momentOf, righted, wanted } from "./mending.js";

const DAY = {
  grids: [{ code: "g" }],
  check_points: [{ id: 1 }],
  doors: [{ id: 5 }],
  scripts: ["ebike"],
};
const AT = new Date(2026, 10, 23, 10, 5, 42);
const NOW = AT.getTime() + 60000;
const KNOWN = { day: DAY, walks: [{ id: "w", started_at: AT.getTime() }], now: NOW };
const wrong = (kind, draft, code = "x", more = {}) =>
  mistakesOf({ kind, code, captured_at: AT.toISOString() }, draft, { ...KNOWN, ...more });

test("every field that can be mended is one of its kind", () => {
  for (const kind of Object.keys(FIELDS)) {
    for (const field of wanted({ kind, code: "" }).fields) assert.ok(FIELDS[kind].includes(field), `${kind} ${field}`);
  }
});

test("a shout that called out a warning has no script to choose", () => {
  const body = { grid: "g", script: "", alert: 7, edition: 1, means: "loudhailer", people_reached: 3, where: "" };
  const one = { kind: "shout.log", code: "alerts.not_here", body };
  assert.ok(!wanted(one).fields.includes("script"));
  assert.deepEqual(mistakesOf(one, body, KNOWN), {});
});

test("a grid, a walk, a point, a door, a script that are gone must be chosen anew", () => {
  assert.deepEqual(wrong("patrol.start", { grid: "old" }), { grid: "outbox.choose_grid" });
  assert.deepEqual(wrong("patrol.start", { grid: "g" }), {});
  assert.deepEqual(wrong("patrol.end", { patrol: "gone" }), { patrol: "outbox.choose_walk" });
  assert.deepEqual(wrong("visit.log", { door: 6, outcome: "met" }), { door: "outbox.choose_door" });
  assert.deepEqual(wrong("patrol.arrive", { patrol: "w", check_point: 2 }), { check_point: "outbox.choose_point" });
  assert.deepEqual(wrong("shout.log", { grid: "g", script: "poem", people_reached: 3 }), { script: "outbox.choose_script" });
});

test("an arrival elsewhere says where", () => {
  assert.deepEqual(wrong("patrol.arrive", { patrol: "w", check_point: null, where: " " }), { where: "outbox.say_where" });
  assert.deepEqual(wrong("patrol.arrive", { patrol: "w", check_point: null, where: "河边" }), {});
});

test("people are a whole number", () => {
  for (const people_reached of [-1, 1.5, Number.NaN, 100000, "3"]) {
    assert.deepEqual(wrong("shout.log", { grid: "g", script: "ebike", people_reached }), { people_reached: "phone.people_number" });
  }
});

test("the moment is asked for only when it was refused, and lies between start and now", () => {
  assert.equal(wanted({ kind: "shout.log", code: "access.outside_grid" }).time, false);
  assert.equal(wanted({ kind: "hazard.report", code: "sync.future" }).time, true);
  const late = localTime(NOW + 3600000);
  const early = localTime(AT.getTime() - 3600000);
  const end = (at) => wrong("patrol.end", { patrol: "w", at }, "patrols.end_before_start", { start: AT.getTime() });
  assert.deepEqual(end(late), { at: "outbox.time_in_future" });
  assert.deepEqual(end(early), { at: "outbox.time_before_start" });
  assert.deepEqual(end(undefined), {});
});

test("a moment nobody touched keeps its seconds, one that was righted is taken as said", () => {
  const record = { captured_at: AT.toISOString() };
  assert.equal(momentOf(record, localTime(AT)), record.captured_at);
  assert.equal(momentOf(record, undefined), record.captured_at);
  assert.equal(momentOf(record, "nonsense"), record.captured_at);
  assert.equal(momentOf(record, "2026-11-23T09:00"), new Date(2026, 10, 23, 9, 0).toISOString());
  assert.equal(localTime(AT), "2026-11-23T10:05");
});

test("of an end that was said later the named moment is righted, and not when it was said", () => {
  const named = new Date(2026, 10, 23, 9, 0, 5).toISOString();
  const record = { kind: "patrol.end", captured_at: AT.toISOString(), body: { patrol: "w", ended_at: named, note: "" } };
  assert.deepEqual(righted(record, record.body, undefined), { at: record.captured_at, body: record.body });
  const { at, body } = righted(record, record.body, "2026-11-23T09:30");
  assert.equal(at, record.captured_at);
  assert.equal(body.ended_at, new Date(2026, 10, 23, 9, 30).toISOString());
  const plain = { ...record, body: { patrol: "w", ended_at: null, note: "" } };
  assert.equal(righted(plain, plain.body, "2026-11-23T09:30").at, new Date(2026, 10, 23, 9, 30).toISOString());
});

test("a knock refused for its answers goes as a bare knock, with them in its note", () => {
  const body = { door: 7, outcome: "met", note: "狗", campaign: 3, edition: 2, answers: { gas: "fault", which: ["hose", "valve"] }, faults: [{ question: "gas", hazard: null }] };
  const made = { captured_at: "2026-11-23T02:00:00.000Z", code: "campaigns.answer_outside", body };
  assert.deepEqual(righted(made, body, undefined).body, {
    door: 7, outcome: "met", note: "狗; gas: fault; which: hose,valve", campaign: null, edition: 0, answers: {}, faults: [],
  });
  assert.deepEqual(righted({ ...made, code: "visits.unknown_door" }, body, undefined).body, body);
});
