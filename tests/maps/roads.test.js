// Roads below the grids: columns to lines, and where a name fits along one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(`../../assets/map/${name}`, import.meta.url), "utf-8");
const window = {};
const L = { Layer: { extend: (made) => made } };
for (const file of ["datum.js", "grid-areas.js", "grid-data.js", "road-lines.js", "map-roads.js"]) runInNewContext(here(file), { window, Math, L });
const { roadsOf, straightRun, worldX, worldY } = window.fireGrid;
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("columns become lines where the server cut them", () => {
  const columns = { names: ["南大街", ""], kinds: ["main", "lane"], parts: [2, 1], sizes: [2, 2, 3], xy: [10590000, 2935000, 100, 0, 100, 0, 0, 50, 7, 7, 1, 0, 0, 1] };
  const roads = roadsOf(columns, { x: worldX(105.9), y: worldY(29.35) });
  assert.deepEqual(roads.map(({ name, kind, lines }) => [name, kind, lines.length]), [["南大街", "main", 2], ["", "lane", 1]].map((one) => [...one]));
  near(roads[0].lines[0][0], 0);
  near(roads[0].lines[0][2], worldX(105.901) - worldX(105.9));
  near(roads[0].lines[1][3], worldY(29.3505) - worldY(29.35));
  assert.equal(roads[1].lines[0].length, 6);
});

test("a name follows the longest straight run, never upside down", () => {
  assert.equal(straightRun([0, 0, 30, 0], 40), null);
  const bent = [0, 0, 20, 0, 20, 100, 22, 160];
  const run = straightRun(bent, 60);
  near(run.x, 21);
  near(run.y, 80);
  assert.ok(Math.abs(run.angle) <= Math.PI / 2);
  near(straightRun([100, 0, 0, 0], 50).angle, 0);
  assert.equal(straightRun([0, 0, 20, 0, 20, 20, 0, 20, 0, 0], 40), null);
});
