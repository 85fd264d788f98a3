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
// Their community around both, whole.
const AROUND = { rings: [1], sizes: [4], xy: [10500, 2900, 20, 0, 0, 10, -20, 0] };
const NONE = { rings: [], sizes: [], xy: [] };
const answer = () => ({
  tree: "abc", units: 10, whole: false, codes: ["1", "=2"], parents: [0, 0], group_codes: ["50"],
  grids: { names: ["第1网格", "=东街"], labels: [0, 0, 0, 0], shapes: COARSE },
  groups: { names: ["泸州街"], labels: [0, 0], shapes: { rings: [1], sizes: [4], xy: [1050, 290, 2, 0, 0, 1, -2, 0] } },
});
const near = () => ({ units: 100, codes: ["501", "2"], grids: WHOLE, groups: AROUND });
const EVERYWHERE = [-256, -256, 256, 256];

test("names and codes come back from their bytes", () => {
  const words = new Texts(["泸州街", "", "b", "组 16"]);
  assert.deepEqual([0, 1, 2, 3].map((n) => words.at(n)), ["泸州街", "", "b", "组 16"]);
  assert.deepEqual(["泸州街", "", "b", "组 16", "组", "泸州街\nb"].map((one) => words.indexOf(one)), [0, 1, 2, 3, -1, -1]);
  assert.equal(new Texts([]).indexOf(""), -1);
});

test("codes and names come back with what they begin with", () => {
  const { withBeginnings } = window.fireGrid;
  const words = withBeginnings(["1", "=2", "", "==3", "4"], [0, 1, 1, 0, -1], ["a", "b"]);
  assert.deepEqual(Array.from(words), ["a1", "2", "b", "=3", "4"]);
  const data = new GridData(answer());
  assert.deepEqual([0, 1].map((cell) => data.codes.at(cell)), ["501", "2"]);
  assert.deepEqual([0, 1].map((cell) => data.grids.names.at(cell)), ["泸州街第1网格", "东街"]);
  assert.deepEqual([0, 1].map((cell) => data.shortName(cell)), ["第1网格", "东街"]);
});

test("which cell is under a point, simplified and whole", () => {
  const data = new GridData(answer());
  const at = (lon, lat) => data.cellAt(window.fireGrid.worldX(lon) - data.origin.x, window.fireGrid.worldY(lat) - data.origin.y);
  assert.deepEqual([at(105.05, 29.05), at(105.15, 29.05), at(105.25, 29.05)], [0, 1, -1]);
  assert.equal(at(105.11, 29.05), 1);
  assert.equal(data.sharpen(data.coarseIn(EVERYWHERE), [near()]), true);
  assert.equal(at(105.11, 29.05), 0);
  assert.equal(data.latLngs(0)[0].length, 5);
  assert.equal(data.codes.indexOf("2"), 1);
});

test("only communities in view come whole, once", () => {
  const data = new GridData(answer());
  const { worldX } = window.fireGrid;
  const west = worldX(105) - data.origin.x;
  const asked = (box) => Array.from(data.coarseIn(box), ({ code, group, cells }) => [code, group, Array.from(cells)]);
  assert.deepEqual(asked([west - 2, -256, west - 1, 256]), []);
  // A corner of one cell is enough for the community with all its cells: its border is theirs.
  assert.deepEqual(asked([west - 1, -256, west + 0.0001, 256]), [["50", 0, [0, 1]]]);
  data.sharpen(data.coarseIn(EVERYWHERE), [near()]);
  assert.deepEqual(asked(EVERYWHERE), []);
});

test("a cell without a community is asked for alone", () => {
  const data = new GridData({ ...answer(), parents: [-1, -1], group_codes: [], groups: { names: [], labels: [], shapes: NONE } });
  assert.deepEqual(Array.from(data.coarseIn(EVERYWHERE), ({ code }) => code), ["1", "2"]);
});

test("outlines of other grids are not drawn", () => {
  const data = new GridData(answer());
  const asked = data.coarseIn(EVERYWHERE);
  for (const other of [{ codes: ["501", "502"] }, { codes: ["501"] }, { groups: NONE }]) {
    assert.equal(data.sharpen(asked, [{ ...near(), ...other }]), false);
  }
  assert.equal(data.sharpen(asked, []), false);
  assert.equal(data.coarseIn(EVERYWHERE).length, 1);
});

test("whole outlines are wanted once a unit is wider than a pixel", () => {
  const data = new GridData(answer());
  const pixelsAt = (zoom) => (256 / 360 / 10) * 2 ** zoom;
  for (const zoom of [1, 2, 3, 4, 5]) assert.equal(data.isTooCoarse(zoom), pixelsAt(zoom) > 1);
  assert.equal(new GridData({ ...answer(), whole: true }).isTooCoarse(19), false);
});

test("figures are the same as numbers", () => {
  const columns = ["standing", "minutes", "targets", "open_hazards", "overdue_hazards", "doors_left", "shouts", "points_left"];
  const today = Object.fromEntries(columns.map((name, at) => [name, [at, 70000 + at]]));
  const made = figuresOf({ ...today, tree: "abc" });
  for (const name of columns) assert.deepEqual(Array.from(made[name]), today[name]);
  assert.equal(made.tree, "abc");
});
