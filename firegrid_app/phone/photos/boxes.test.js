import assert from "node:assert/strict";
import { test } from "node:test";
import { around, between, byKey, WHOLE } from "./boxes.js";

const inside = ([left, top, width, height]) =>
  left >= 0 && top >= 0 && width >= 5 && height >= 5 && left + width <= WHOLE && top + height <= WHOLE;

test("a drag covers what lies between, whichever way it goes", () => {
  assert.deepEqual(between([100, 200], [300, 250]), [100, 200, 200, 50]);
  assert.deepEqual(between([300, 250], [100, 200]), [100, 200, 200, 50]);
});

test("a tap covers a patch around it, also in a corner", () => {
  assert.deepEqual(between([500, 500], [505, 498]), around([505, 498]));
  assert.deepEqual(around([0, 1000]), [0, 860, 140, 140]);
});

test("whatever the finger does, it lies in the picture", () => {
  let seed = 7;
  const next = () => ((seed = (seed * 16807) % 2147483647) % 1600) - 300;
  for (let time = 0; time < 2000; time += 1) {
    const box = between([next(), next()], [next(), next()]);
    assert.ok(inside(box), String(box));
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "-"]) assert.ok(inside(byKey(box, key)), `${box} ${key}`);
  }
});

test("keys move, grow, shrink and take away", () => {
  assert.deepEqual(byKey([100, 100, 50, 50], "ArrowRight"), [110, 100, 50, 50]);
  assert.deepEqual(byKey([100, 100, 50, 50], "+"), [90, 90, 70, 70]);
  assert.deepEqual(byKey([100, 100, 50, 50], "-"), [110, 110, 30, 30]);
  assert.equal(byKey([100, 100, 50, 50], "Delete"), null);
  assert.equal(byKey([100, 100, 50, 50], "a"), undefined);
});
