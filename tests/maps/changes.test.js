// What a map is told of a change, put into the figures it has: the case it shares with the server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(name, import.meta.url), "utf-8");
const window = {};
for (const file of ["datum.js", "grid-areas.js", "grid-data.js"]) runInNewContext(here(`../../assets/map/${file}`), { window, Math });
const { patched } = window.fireGrid;
const { before, after, news } = JSON.parse(here("change_case.json"));
const plain = (value) => JSON.parse(JSON.stringify(value));

test("figures after a change are what the server has", () => {
  const known = plain(before);
  assert.deepEqual(plain(patched(known, news)), after);
  assert.deepEqual(known, before);
});

test("without sums and tallies they stay", () => {
  const told = { cells: { 0: [3, 5, 0, 0, 3, 0, 1] } };
  const made = plain(patched(before, told));
  assert.equal(made.minutes[0], 5);
  assert.deepEqual([made.sums, made.tallies], [before.sums, before.tallies]);
});

test("what does not fit is asked for as a whole", () => {
  const figures = news.cells[1];
  for (const odd of [{ again: true }, {}, { cells: { 9: figures } }, { cells: { 1: figures.slice(1) } }]) {
    assert.equal(patched(before, odd), null);
  }
});
