import assert from "node:assert/strict";
import { test } from "node:test";
import { categoriesFirst, severityFor, wheresNear } from "./choosing.js";

const CODES = "smoking gas_unsafe ash_unsafe straw_burning fireworks hydrant_blocked combustible_pile ebike_public_area ebike_flying_wire route_blocked exit_locked fire_lane_blocked wiring_unsafe extinguisher_missing";
const day = (hazards = []) => ({ categories: CODES.split(" ").map((code) => ({ code })), hazards });
const report = (category) => ({ kind: "hazard.report", body: { category } });
const HERE = { lat: 29.35, lon: 105.9 };
const at = (category, north) => ({ category, lat: HERE.lat + north / 111320, lon: HERE.lon });

test("without anything known, what is found most", () => {
  assert.deepEqual(categoriesFirst(day(), undefined, null).slice(0, 2), ["combustible_pile", "ebike_public_area"]);
});

test("the latest of one's own come first, the very latest at the head", () => {
  const kinds = ["smoking", "fireworks", "gas_unsafe", "smoking"];
  const records = [...kinds.map(report), { kind: "shout.log", body: {} }];
  const first = categoriesFirst(day(), records, null).slice(0, 4);
  assert.deepEqual(first, ["smoking", "gas_unsafe", "fireworks", "combustible_pile"]);
});

test("then what stands open nearby, the nearest first; what is far off does not count", () => {
  const hazards = [at("fireworks", 150), at("ash_unsafe", 20), at("straw_burning", 400), { category: "hydrant_blocked", lat: null, lon: null }];
  assert.deepEqual(categoriesFirst(day(hazards), [report("smoking")], HERE).slice(0, 4), ["smoking", "ash_unsafe", "fireworks", "combustible_pile"]);
  assert.equal(categoriesFirst(day(hazards), [], null).includes("ash_unsafe"), false);
});

test("nine at most, each once, and none that this server does not know", () => {
  const records = ["fireworks", "smoking", "gas_unsafe", "ash_unsafe", "straw_burning", "gone"].map(report);
  const first = categoriesFirst(day([at("smoking", 5)]), records, HERE);
  assert.equal(first.length, 9);
  assert.equal(new Set(first).size, 9);
  assert.equal(first.includes("gone"), false);
});

test("a kind proposes its grade; what the person chose stays", () => {
  const graded = { categories: [{ code: "smoking", severity: "minor" }, { code: "exit_locked", severity: "suspected_major" }] };
  assert.equal(severityFor(graded, { category: "", severity: "" }, "smoking"), "minor");
  assert.equal(severityFor(graded, { category: "smoking", severity: "minor" }, "exit_locked"), "suspected_major");
  assert.equal(severityFor(graded, { category: "smoking", severity: "general" }, "exit_locked"), "general");
});

test("where it may be: premises and check points of the grid, the nearest first, none closed, none twice", () => {
  const spot = (north) => ({ lat: HERE.lat + north / 111320, lon: HERE.lon });
  const known = {
    places: [{ id: 1, grid: "a", name: "旅馆", ...spot(90) }, { id: 2, grid: "b", name: "别格的", ...spot(1) }, { id: 3, grid: "a", name: "没有坐标", lat: null, lon: null }],
    check_points: [
      { id: 1, grid: "a", name: "1栋一层", place: null, closed_on: "", ...spot(20) },
      { id: 2, grid: "a", name: "旅馆的点", place: 1, closed_on: "", ...spot(90) },
      { id: 3, grid: "a", name: "撤了", place: null, closed_on: "2026-01-01", ...spot(5) },
    ],
  };
  assert.deepEqual(wheresNear(known, "a", HERE).map((one) => [one.where, one.place]), [["1栋一层", null], ["旅馆", 1], ["没有坐标", 3]]);
  assert.deepEqual(wheresNear(known, "a", null).map((one) => one.where), ["旅馆", "没有坐标", "1栋一层"]);
  assert.equal(wheresNear({ places: Array(9).fill(known.places[0]) }, "a", HERE).length, 6);
});
