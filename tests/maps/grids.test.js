// What a map keeps of its grids: names as bytes, outlines that come simplified and then whole.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(`../../assets/map/${name}`, import.meta.url), "utf-8");
const window = {};
const room = { window, Math, TextEncoder, TextDecoder, Int32Array, Uint32Array, Float32Array };
for (const file of ["datum.js", "grid-areas.js", "grid-data.js"]) runInNewContext(here(file), room);
const { GridData, Texts, figuresOf } = window.fireGrid;

// Two squares side by side: to a tenth of a degree, and whole, where their common edge bends.
const COARSE = { rings: [1, 1], sizes: [4, 4], xy: [1050, 290, 1, 0, 0, 1, -1, 0, 1, 0, 1, 0, 0, 1, -1, 0] };
const WHOLE = {
  rings: [1, 1],
  sizes: [5, 5],
  xy: [10500, 2900, 10, 0, 2, 5, -2, 5, -10, 0, 10, 0, 10, 0, 0, 10, -10, 0, 2, -5],
};
const NONE = { rings: [], sizes: [], xy: [] };
const answer = () => ({
  tree: "abc", units: 10, whole: false, codes: ["01", "02"], parents: [-1, -1],
  grids: { names: ["泸州街第1网格", "东街"], labels: [0, 0, 0, 0], shapes: COARSE },
  groups: { names: [], labels: [], shapes: NONE },
});

test("names and codes come back from their bytes", () => {
  const words = new Texts(["泸州街", "", "b", "组 16"]);
  assert.deepEqual([0, 1, 2, 3].map((n) => words.at(n)), ["泸州街", "", "b", "组 16"]);
  assert.deepEqual(["泸州街", "", "b", "组 16", "组", "泸州街\nb"].map((one) => words.indexOf(one)), [0, 1, 2, 3, -1, -1]);
  assert.equal(new Texts([]).indexOf(""), -1);
});

test("which cell is under a point, simplified and whole", () => {
  const data = new GridData(answer());
  const at = (lon, lat) => data.cellAt(window.fireGrid.worldX(lon) - data.origin.x, window.fireGrid.worldY(lat) - data.origin.y);
  assert.deepEqual([at(105.05, 29.05), at(105.15, 29.05), at(105.25, 29.05)], [0, 1, -1]);
  assert.equal(at(105.11, 29.05), 1);
  const whole = { tree: "abc", units: 100, grids: WHOLE, groups: NONE };
  assert.equal(data.sharpen({ ...whole, tree: "another" }), false);
  assert.equal(data.sharpen(whole), true);
  assert.equal(at(105.11, 29.05), 0);
  assert.equal(data.codes.indexOf("02"), 1);
});

test("whole outlines are wanted once a unit is wider than half a pixel", () => {
  const data = new GridData(answer());
  const pixelsAt = (zoom) => (256 / 360 / 10) * 2 ** zoom;
  for (const zoom of [1, 2, 3, 4]) assert.equal(data.isTooCoarse(zoom, 1), pixelsAt(zoom) > 0.5);
  assert.equal(data.isTooCoarse(2, 1), false);
  assert.equal(data.isTooCoarse(2, 3), true);
  assert.equal(new GridData({ ...answer(), whole: true }).isTooCoarse(19, 3), false);
});

test("figures are the same as numbers", () => {
  const columns = ["standing", "minutes", "targets", "open_hazards", "overdue_hazards", "doors_left", "shouts", "points_left"];
  const today = Object.fromEntries(columns.map((name, at) => [name, [at, 70000 + at]]));
  const made = figuresOf({ ...today, tree: "abc" });
  for (const name of columns) assert.deepEqual(Array.from(made[name]), today[name]);
  assert.equal(made.tree, "abc");
});
