// The phone's "which grid am I in" against the cases it shares with the server (tests/grids).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gridsHere } from "./whereabouts.js";

const { outlines, cases } = JSON.parse(
  readFileSync(new URL("../../../tests/grids/whereabouts_cases.json", import.meta.url), "utf-8"),
);
const grids = Object.entries(outlines).map(([code, outline]) => ({ code, outline }));

for (const { name, place, here } of cases) {
  test(name, () => {
    assert.deepEqual(
      gridsHere(grids, place).map(({ code, metres }) => [code, metres]),
      here,
    );
  });
}
