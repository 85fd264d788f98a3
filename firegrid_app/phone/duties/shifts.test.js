import assert from "node:assert/strict";
import { test } from "node:test";
import { dutyOf, hazardsOf, shiftWords, takenOver } from "./shifts.js";

const NOW = Date.parse("2026-11-23T02:00:00Z");
const hours = (from, to) => ({
  starts_at: new Date(NOW + from * 3600000).toISOString(),
  ends_at: new Date(NOW + to * 3600000).toISOString(),
});
const shift = (id, from, to, more = {}) => ({ id, grid: "a", own: true, name: "姜龙", taken: false, ...hours(from, to), ...more });
const note = (id, more = {}) => ({ id, grid: "a", shift: 9, own: false, name: "罗强", at: "", words: "车棚", ...more });
const record = (kind, body, state = "waiting") => ({ id: "r", kind, state, body, captured_at: "2026-11-23T02:00:00Z" });

test("a shift is to be taken over from two hours before it begins until it ends", () => {
  const at = (from, to) => dutyOf({ shifts: [shift(1, from, to)] }, [], NOW);
  assert.equal(at(2.1, 9).current, null);
  assert.equal(at(1.9, 9).current.id, 1);
  assert.equal(at(1.9, 9).running, false);
  assert.equal(at(-1, 9).running, true);
  assert.equal(at(-9, 0).current, null);
});

test("words of the same grid wait for the next one until they are read here or elsewhere", () => {
  const rota = { shifts: [shift(1, -1, 8)], notes: [note("n1"), note("n2", { grid: "b" }), note("n3", { shift: 1 })] };
  const duty = dutyOf(rota, [], NOW);
  assert.deepEqual(duty.notes.map((one) => one.id), ["n1"]);
  assert.deepEqual(takenOver(duty), { shift: 1, notes: ["n1"] });
  const after = dutyOf(rota, [record("shift.taken", { shift: 1, notes: ["n1"] })], NOW);
  assert.deepEqual([after.taken, after.notes.length], [true, 0]);
  const refused = dutyOf(rota, [record("shift.taken", { shift: 1, notes: ["n1"] }, "refused")], NOW);
  assert.deepEqual([refused.taken, refused.notes.length], [false, 1]);
});

test("one's own words are shown once, whether the server has them already or not", () => {
  const mine = record("shift.note", { shift: 1, words: "水压低" });
  assert.equal(dutyOf({ shifts: [] }, [mine], NOW).left.length, 1);
  const known = dutyOf({ notes: [note("r", { own: true })] }, [mine], NOW);
  assert.equal(known.left.length, 1);
});

test("words are left during a shift and for twelve hours after it, for the latest one", () => {
  const leaving = (...shifts) => dutyOf({ shifts }, [], NOW).leaving?.id ?? null;
  assert.equal(leaving(shift(1, -20, -13)), null);
  assert.equal(leaving(shift(1, -20, -11)), 1);
  assert.equal(leaving(shift(1, -20, -11), shift(2, -1, 8)), 2);
  assert.equal(leaving(shift(1, -20, -11), shift(2, 1, 8)), 1);
});

test("who is on now is not oneself", () => {
  const rota = { shifts: [shift(1, -1, 8), shift(2, -1, 8, { own: false, name: "罗强" }), shift(3, 1, 8, { own: false })] };
  assert.deepEqual(dutyOf(rota, [], NOW).others.map((one) => one.name), ["罗强"]);
});

test("who is away that day is neither on duty nor on now, and the shift stays among one's own", () => {
  const rota = { shifts: [shift(1, -1, 8, { away: true }), shift(2, -1, 8, { own: false, away: true })] };
  const duty = dutyOf(rota, [], NOW);
  assert.deepEqual([duty.current, duty.running, duty.others, duty.coming.length], [null, false, [], 1]);
});

test("a swap of a shift that has begun is asked no more", () => {
  const swaps = [{ id: 1, own: false, ...hours(1, 8) }, { id: 2, own: false, ...hours(-1, 8) }, { id: 3, own: true, ...hours(1, 8) }];
  const duty = dutyOf({ swaps }, [], NOW);
  assert.deepEqual([duty.asked.map((one) => one.id), duty.asking.map((one) => one.id)], [[1], [3]]);
});

test("open hazards are those of the shift's grid and all below it", () => {
  const day = {
    grids: [{ code: "c", path: "c/" }, { code: "a", path: "c/a/" }, { code: "b", path: "c/b/" }],
    hazards: [{ id: 1, grid: "a" }, { id: 2, grid: "b" }],
  };
  assert.deepEqual(hazardsOf(day, { grid: "a" }).map((one) => one.id), [1]);
  assert.equal(hazardsOf(day, { grid: "c" }).length, 2);
  assert.equal(hazardsOf(day, { grid: "elsewhere" }).length, 0);
});

test("a pack of an older server has no duty list", () => {
  const duty = dutyOf(undefined, undefined, NOW);
  assert.deepEqual([duty.current, duty.coming, duty.asked], [null, [], []]);
});

test("a shift over midnight in the zone of the street", () => {
  const night = { starts_at: "2026-12-03T12:00:00+00:00", ends_at: "2026-12-04T00:00:00+00:00" };
  assert.equal(shiftWords(night, "Asia/Shanghai"), "12-03 20:00–08:00");
});
