import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { floorOf, mayBeSame, twinsOf } from "./twins.js";

const BLANK = {
  category: "route_blocked",
  happened_at: "2026-11-23T02:00:00+00:00",
  where_words: "",
  place_id: null,
  lat: null,
  lon: null,
};
const cases = JSON.parse(readFileSync(new URL("../../../tests/hazards/twins.json", import.meta.url), "utf8"));

for (const { same, why, one, other } of cases) {
  test(`the same or not: ${why}`, () => {
    assert.equal(mayBeSame({ ...BLANK, ...one }, { ...BLANK, ...other }), same);
    assert.equal(mayBeSame({ ...BLANK, ...other }, { ...BLANK, ...one }), same);
  });
}

test("floors in figures and words", () => {
  const found = ["二十一楼", "十楼", "21层", "负2层", "3号楼", "后院"].map(floorOf);
  assert.deepEqual(found, ["21", "10", "21", "-2", "", ""]);
});

test("only the grid's own, three at most, and none before a kind is chosen", () => {
  const place = { ...BLANK, place_id: 1, grid: "a" };
  const all = [place, { ...place, grid: "b" }, place, place, place];
  assert.equal(twinsOf(all, "a", place).length, 3);
  assert.equal(twinsOf(all, "b", place).length, 1);
  assert.equal(twinsOf(all, "a", { ...place, category: "" }).length, 0);
});
