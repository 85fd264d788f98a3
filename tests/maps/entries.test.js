// The five entries over the grids: badges by grid, and of a community with the community itself.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(`../../assets/map/${name}`, import.meta.url), "utf-8");
const window = {};
const FILES = ["datum.js", "grid-areas.js", "grid-data.js", "grid-look.js", "grid-paint.js", "first-picture.js", "map-works.js", "grid-overlays.js", "map-legend.js", "grid-entries.js"];
for (const file of FILES) runInNewContext(here(file), { window, Math });
const { withEntries, badgesOf } = window.fireGrid;
const texts = (badges) => badges.map((some) => some.map((one) => one.text));

const TODAY = { tree: "abc" };
const ENTRIES = { tree: "abc", of: [3, 2, 0], reached: [1, 2, 0], groups_of: [1, 1], groups_reached: [1, 0] };
const DATA = { grids: { count: 3 }, groups: { count: 2 }, parents: [0, 0, 1] };
const shown = (entries, chosen = ["entries"]) =>
  badgesOf(withEntries(TODAY, entries), DATA, new Set(chosen), { "badge.entries": "E" });

test("each grid says how much of it was reached, a community with itself among it", () => {
  const { cells, groups } = shown(ENTRIES);
  assert.deepEqual(JSON.parse(JSON.stringify(texts(cells))), [["E1/3"], ["E2/2"], []]);
  assert.deepEqual(JSON.parse(JSON.stringify(texts(groups))), [["E4/6"], ["E0/1"]]);
});

test("counts of other grids, or none, are laid over nothing", () => {
  assert.equal(shown({ ...ENTRIES, tree: "other" }), null);
  assert.equal(shown(null), null);
  assert.equal(shown(ENTRIES, ["walked"]), null);
});
