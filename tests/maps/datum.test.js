// The map's shift against the golden values it shares with the server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(name, import.meta.url), "utf-8");
const window = {};
runInNewContext(here("../../assets/map/datum.js"), { window, Math });
const { datumOf } = window.fireGrid;
const CENTIMETRES = 5e-7; // degrees

const near = (one, other) => one.every((degrees, at) => Math.abs(degrees - other[at]) < CENTIMETRES);

for (const { name, wgs84, gcj02 } of JSON.parse(here("datum_cases.json"))) {
  test(name, () => {
    const { onto, back } = datumOf("gcj02");
    assert.ok(near([...onto(...wgs84)], gcj02));
    assert.ok(near([...back(...gcj02)], wgs84));
    assert.deepEqual([...datumOf("wgs84").onto(...wgs84)], wgs84);
  });
}

test("there and back is the same place, all over the box", () => {
  const { onto, back } = datumOf("gcj02");
  for (let lon = 73; lon < 137; lon += 3.7) {
    for (let lat = 1; lat < 55; lat += 2.9) assert.ok(near([...back(...onto(lon, lat))], [lon, lat]));
  }
});
