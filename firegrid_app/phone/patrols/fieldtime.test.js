// The phone's field time against the cases it shares with the server (tests/patrols).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { activeOf, fieldMinutes, gapsOf, leftOpen, mergedWalks } from "./fieldtime.js";

const cases = JSON.parse(
  readFileSync(new URL("../../../tests/patrols/field_time_cases.json", import.meta.url), "utf-8"),
);
const ms = (text) => (text ? Date.parse(text) : null);

const GAP = 60 * 60000;
const walkOf = ({ started_at, ended_at, last_record_at, records, words }) => ({
  started_at: ms(started_at),
  ended_at: ms(ended_at),
  last_record_at: ms(last_record_at),
  records: records.map(ms),
  words: words.map((word) => word.map(ms)),
});

for (const { name, day, walks, minutes, gaps } of cases) {
  test(name, () => {
    const found = walks.map(walkOf);
    assert.equal(fieldMinutes(found, ms(day[0]), ms(day[1]), GAP), minutes);
    assert.deepEqual(
      found.flatMap((walk) => gapsOf(walk, GAP)),
      gaps.map((gap) => gap.map(ms)),
    );
  });
}

const record = (seq, id, kind, captured_at, body) => ({ seq, id, kind, captured_at, happened_at: ms(captured_at), body });

test("a walk made offline counts before the server knows it", () => {
  const walks = mergedWalks([], [
    record(1, "w", "patrol.start", "2026-11-23T01:00:00Z", { grid: "g" }),
    record(2, "v", "visit.log", "2026-11-23T01:25:00Z", { patrol: "w" }),
  ]);
  assert.equal(walks.length, 1);
  assert.equal(walks[0].ended_at, null);
  assert.equal(walks[0].last_record_at, ms("2026-11-23T01:25:00Z"));
});

test("a record still on the phone moves the end of a walk the server told of", () => {
  const told = {
    id: "w",
    grid: "g",
    started_at: "2026-11-23T01:00:00+00:00",
    ended_at: null,
    last_record_at: "2026-11-23T01:05:00+00:00",
  };
  const walks = mergedWalks([told], [
    record(1, "w", "patrol.start", "2026-11-23T01:00:00Z", { grid: "g" }),
    record(2, "e", "patrol.end", "2026-11-23T02:00:00Z", { patrol: "w" }),
  ]);
  assert.equal(walks.length, 1);
  assert.equal(walks[0].ended_at, ms("2026-11-23T02:00:00Z"));
});

test("a record of somebody else's walk makes no walk of its own", () => {
  const lonely = record(1, "v", "visit.log", "2026-11-23T01:25:00Z", { patrol: "unknown" });
  assert.deepEqual(mergedWalks([], [lonely]), []);
});

test("a word counts before the server knows it, and once when it does", () => {
  const start = record(1, "w", "patrol.start", "2026-11-23T01:00:00.000Z", { grid: "g" });
  const word = record(2, "o", "patrol.word", "2026-11-23T04:00:00.500Z", {
    patrol: "w",
    since: "2026-11-23T01:00:00.000Z",
    until: "2026-11-23T03:30:00.000Z",
  });
  const day = [ms("2026-11-22T16:00:00Z"), ms("2026-11-23T16:00:00Z")];
  const told = {
    id: "w",
    grid: "g",
    started_at: "2026-11-23T01:00:00+00:00",
    ended_at: null,
    last_record_at: "2026-11-23T03:30:00+00:00",
    records: [],
    words: [[ms("2026-11-23T01:00:00Z"), ms("2026-11-23T03:30:00Z")]],
  };
  for (const walks of [mergedWalks([], [start, word]), mergedWalks([told], [start, word])]) {
    assert.equal(fieldMinutes(walks, ...day, GAP), 150);
    assert.deepEqual(gapsOf(walks[0], GAP), []);
  }
});

test("an end the person named counts from then, not from when it was said", () => {
  const [walk] = mergedWalks([], [
    record(1, "w", "patrol.start", "2026-11-23T01:00:00Z", { grid: "g" }),
    record(2, "v", "visit.log", "2026-11-23T01:25:00Z", { patrol: "w" }),
    record(3, "e", "patrol.end", "2026-11-23T09:00:00Z", { patrol: "w", ended_at: "2026-11-23T01:40:00Z" }),
  ]);
  assert.equal(walk.ended_at, ms("2026-11-23T01:40:00Z"));
  assert.deepEqual(walk.records, [ms("2026-11-23T01:25:00Z")]);
});

test("an open walk silent for longer than the gap is asked about; the latest stays the one that is on", () => {
  const walks = mergedWalks([], [
    record(1, "old", "patrol.start", "2026-11-20T01:00:00Z", { grid: "g" }),
    record(2, "new", "patrol.start", "2026-11-23T01:00:00Z", { grid: "g" }),
  ]);
  const soon = ms("2026-11-23T01:30:00Z");
  assert.deepEqual(leftOpen(walks, soon, GAP).map((walk) => walk.id), ["old"]);
  assert.equal(activeOf(walks, soon).id, "new");
  const late = ms("2026-11-23T02:30:00Z");
  assert.deepEqual(leftOpen(walks, late, GAP).map((walk) => walk.id), ["old", "new"]);
  assert.equal(activeOf(walks, late).id, "new");
  assert.equal(activeOf(walks, ms("2026-11-23T19:00:00Z")), null);
});

test("moments a record names are righted by as much as the record", () => {
  const off = 3 * 3600000;
  const late = (one) => ({ ...one, happened_at: one.happened_at + off });
  const [walk] = mergedWalks([], [
    late(record(1, "w", "patrol.start", "2026-11-23T01:00:00Z", { grid: "g" })),
    late(record(2, "o", "patrol.word", "2026-11-23T03:00:00Z", { patrol: "w", since: "2026-11-23T01:00:00Z", until: "2026-11-23T02:50:00Z" })),
    late(record(3, "e", "patrol.end", "2026-11-23T03:10:00Z", { patrol: "w", ended_at: "2026-11-23T02:55:00Z" })),
  ]);
  assert.equal(walk.started_at, ms("2026-11-23T04:00:00Z"));
  assert.deepEqual(walk.words, [[ms("2026-11-23T04:00:00Z"), ms("2026-11-23T05:50:00Z")]]);
  assert.equal(walk.ended_at, ms("2026-11-23T05:55:00Z"));
});
