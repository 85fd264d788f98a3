import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { namesOn, roadsOn } from "./roads.js";

// The script the desk's maps read; the build makes a module of it.
const window = {};
runInNewContext(readFileSync(new URL("../../../assets/map/road-lines.js", import.meta.url), "utf-8"), { window, Math, Array });
const { linesOf, straightRun } = window.fireGrid;

const at = (lat, lon) => [(lon - 105.9) * 100000, (29.36 - lat) * 100000];
const COLUMNS = {
  names: ["南大街", "", "短巷"],
  kinds: ["main", "lane", "lane"],
  parts: [2, 1, 1],
  sizes: [2, 2, 2, 2],
  xy: [10590000, 2935000, 200, 0, 10, 0, 200, 0, 0, 50, 0, 100, 5, 5, 20, 0],
};

test("roads of a pack lie on the picture's plane", () => {
  const roads = roadsOn(linesOf(COLUMNS), at, straightRun);
  assert.deepEqual(roads.map(({ name, kind }) => [name, kind]), [["南大街", "main"], ["南大街", "main"], ["", "lane"], ["短巷", "lane"]]);
  assert.equal(roads[0].path, "M0.0 1000.0L200.0 1000.0");
});

test("names stand where they fit, each road's once where its pieces are near", () => {
  const roads = roadsOn(linesOf(COLUMNS), at, straightRun);
  assert.deepEqual(namesOn(roads, 30).map(({ name, x, turn }) => [name, Math.round(x), Math.round(turn)]), [["南大街", 100, 0]]);
  assert.deepEqual(namesOn(roads, 60), []);
  assert.deepEqual(namesOn(roads, 5).map(({ name }) => name), ["南大街", "南大街", "短巷"]);
});
