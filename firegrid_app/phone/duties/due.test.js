import assert from "node:assert/strict";
import { test } from "node:test";
import { byUrgency, dutyKey, placeOf } from "./due.js";

const duty = (change) => ({
  rule: 1,
  grid: "a",
  first: "2026-11-01",
  number: 1,
  due: "2026-11-30",
  rhythm: "month",
  kind: "drill",
  standing: "later",
  ...change,
});
const TODAY = "2026-11-23";
const keys = (groups) => Object.fromEntries(Object.entries(groups).map(([name, some]) => [name, some.length]));

test("duties stand where the server put them", () => {
  const duties = [
    duty({ standing: "overdue", due: "2026-11-20" }),
    duty({ standing: "today", due: TODAY }),
    duty({ standing: "week", due: "2026-11-27" }),
    duty({}),
    duty({ standing: "done" }),
  ];
  assert.deepEqual(keys(byUrgency(duties, [], TODAY)), { overdue: 1, today: 1, week: 1, later: 1, done: 1 });
});

test("a pack of yesterday says today only of what is due today", () => {
  const walk = duty({ rhythm: "workday", standing: "today", due: "2026-11-22" });
  const weekly = duty({ rhythm: "week", standing: "today", due: "2026-11-22" });
  const month = duty({ standing: "week", due: TODAY });
  assert.deepEqual(keys(byUrgency([walk, weekly, month], [], TODAY)), {
    overdue: 1,
    today: 1,
    week: 0,
    later: 0,
    done: 0,
  });
});

test("what a warning asked for a day is over with the day, holiday or not", () => {
  const one = duty({ rhythm: "day", standing: "today", due: "2026-11-22" });
  assert.deepEqual(keys(byUrgency([one], [], TODAY)), { overdue: 0, today: 0, week: 0, later: 0, done: 0 });
});

test("what was ticked here is done before it is sent, and open again when it is refused", () => {
  const one = duty({ standing: "today", due: TODAY });
  const body = { rule: 1, grid: "a", first: "2026-11-01", number: 1, note: "" };
  const tick = { kind: "duty.done", state: "waiting", body };
  assert.equal(byUrgency([one], [tick], TODAY).done.length, 1);
  assert.equal(byUrgency([one], [{ ...tick, state: "refused" }], TODAY).today.length, 1);
  assert.equal(byUrgency([one], [{ ...tick, body: { ...body, number: 2 } }], TODAY).today.length, 1);
  assert.equal(dutyKey(one), dutyKey(body));
});

test("an old pack without duties is empty", () => {
  assert.equal(byUrgency(undefined, undefined, TODAY).today.length, 0);
});

test("every kind that has a screen leads there", () => {
  assert.equal(placeOf("doors"), "/doors");
  assert.equal(placeOf("meeting"), "");
});
