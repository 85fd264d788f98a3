import assert from "node:assert/strict";
import { test } from "node:test";
import { categoriesFirst } from "./choosing.js";

const CODES = "smoking gas_unsafe ash_unsafe straw_burning fireworks hydrant_blocked combustible_pile ebike_public_area ebike_flying_wire route_blocked exit_locked fire_lane_blocked wiring_unsafe extinguisher_missing";
const day = (hazards = []) => ({ categories: CODES.split(" ").map((code) => ({ code })), hazards });
const report = (category) => ({ kind: "hazard.report", body: { category } });
const HERE = { lat: 29.35, lon: 105.9 };
const at = (category, north) => ({ category, lat: HERE.lat + north / 111320, lon: HERE.lon });

test("without anything known, what is found most", () => {
  assert.deepEqual(categoriesFirst(day(), undefined, null).slice(0, 2), ["combustible_pile", "ebike_public_area"]);
});

test("the latest of one's own come first, the very latest at the head", () => {
  const records = [report("smoking"), { kind: "shout.log", body: {} }, report("gas_unsafe"), report("smoking")];
  assert.deepEqual(categoriesFirst(day(), records, null).slice(0, 3), ["smoking", "gas_unsafe", "combustible_pile"]);
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
