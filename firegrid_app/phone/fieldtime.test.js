// The phone's field time against the cases it shares with the server (tests/patrols).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fieldMinutes, mergedWalks } from "./fieldtime.js";

const cases = JSON.parse(
  readFileSync(new URL("../../tests/patrols/field_time_cases.json", import.meta.url), "utf-8"),
);
const ms = (text) => (text ? Date.parse(text) : null);

for (const { name, day, walks, minutes } of cases) {
  test(name, () => {
    const spans = walks.map(([started_at, ended_at, last_record_at]) => ({
      started_at: ms(started_at),
      ended_at: ms(ended_at),
      last_record_at: ms(last_record_at),
    }));
    assert.equal(fieldMinutes(spans, ms(day[0]), ms(day[1])), minutes);
  });
}

const record = (seq, id, kind, captured_at, body) => ({ seq, id, kind, captured_at, body });

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
