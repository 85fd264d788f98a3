// Equipment: the last look counts, whoever took it; a test is what is no longer due.
import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf, looked, piecesAt, piecesOf, whereOf } from "./equipment.js";

const TODAY = "2026-11-23";
const AT = Date.parse("2026-11-23T03:00:00Z");
const PIECE = { id: 7, grid: "g", kind: "extinguisher", name: "大堂灭火器", place: 4, point: null, category: "extinguisher_missing", due: true, where: "门口", next_on: "2026-11-01", found: "faulty", at: "2026-11-20T01:00:00+00:00" };
const DAY = {
  equipment: [PIECE],
  places: [{ id: 4, name: "旅馆" }],
  check_points: [{ id: 9, name: "1栋楼顶" }],
  categories: [{ code: "extinguisher_missing", severity: "minor" }],
};
const noted = (body, more = {}) => ({ kind: "equipment.checked", state: "waiting", happened_at: AT, body: looked(PIECE, null, body), ...more });
const only = (records, day = DAY) => piecesOf(day, records, TODAY)[0];

test("a look from this phone counts over an older one, a refused one does not", () => {
  assert.deepEqual([only([]).found, only([]).due], ["faulty", true]);
  assert.equal(only([noted({})]).found, "fine");
  assert.equal(only([noted({})]).at, AT);
  assert.equal(only([noted({}, { state: "refused" })]).found, "faulty");
  assert.equal(only([noted({}, { happened_at: AT - 9 * 86400000 })]).found, "faulty", "noted earlier, sent later");
});

test("only a test is one: what was looked at is due as before", () => {
  assert.equal(only([noted({})]).due, true);
  assert.equal(only([noted({ tested: true })]).due, false);
});

test("a day pack of yesterday, or of an older server, knows what is due as well as it can", () => {
  const overnight = { ...DAY, equipment: [{ ...PIECE, due: false, next_on: "2026-11-22" }] };
  assert.equal(only([], overnight).due, true);
  const { where, next_on, found, at, ...older } = PIECE;
  assert.deepEqual([only([], { ...DAY, equipment: [older] }).found, only([], { ...DAY, equipment: [older] }).due], ["", true]);
  assert.deepEqual(piecesOf({}, [noted({})], TODAY), []);
});

test("it stands at a check point, or at the premises of one", () => {
  assert.equal(piecesAt([PIECE], { id: 1, place: 4 }).length, 1);
  assert.equal(piecesAt([PIECE], { id: 1, place: null }).length, 0);
  assert.equal(piecesAt([{ ...PIECE, place: null, point: 9 }], { id: 9, place: null }).length, 1);
});

test("its hazard begins with kind, place, words and what was photographed", () => {
  assert.equal(whereOf(DAY, PIECE), "旅馆 · 门口");
  const hazard = faultOf(PIECE, DAY, "大堂灭火器：压力不足", [{ id: "p" }], "h");
  assert.deepEqual(
    [hazard.id, hazard.grid, hazard.category, hazard.severity, hazard.where, hazard.place, hazard.photos.length],
    ["h", "g", "extinguisher_missing", "minor", "旅馆 · 门口", 4, 1],
  );
});
