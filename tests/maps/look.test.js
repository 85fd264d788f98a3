// How grids, badges and points look: told apart without their colours, what is late on top.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf-8");
const window = {};
const tile = { getContext: () => new Proxy({}, { get: () => () => ({ setTransform() {} }), set: () => true }) };
const document = { createElement: () => tile };
const FILES = ["datum.js", "grid-areas.js", "grid-data.js", "grid-look.js", "grid-paint.js", "first-picture.js", "map-works.js", "grid-overlays.js"];
const DOMMatrix = class {
  translate() {
    return this;
  }
};
for (const file of FILES) runInNewContext(here(`assets/map/${file}`), { window, Math, document, DOMMatrix });
const { PALETTES, OVERLAYS, mark, Painter } = window.fireGrid;

// What a mark draws, stroke for stroke, whatever its colours are.
function drawn(standing) {
  const calls = [];
  const ctx = new Proxy({}, { get: (_, name) => (...given) => calls.push([name, ...given]), set: () => true });
  mark(ctx, standing, PALETTES.light[standing], 0, 0, 1);
  return calls;
}

test("standings of a workday differ by pattern or mark, not by colour alone", () => {
  for (const palette of Object.values(PALETTES)) {
    const cues = ["overdue", "not_walked", "under_target", "done"].map((one) => JSON.stringify([palette[one].pattern, drawn(one)]));
    assert.equal(new Set(cues).size, 4);
  }
});

test("every badge and every kind of equipment has a letter of its own, in each language", () => {
  for (const language of ["zh_CN", "en", "ko"]) {
    const texts = JSON.parse(here(`firegrid_app/texts/${language}/maps.json`));
    const lettered = OVERLAYS.filter((one) => one !== "walked" && one !== "places");
    const letters = lettered.map((one) => texts[`badge.${one}`]);
    assert.ok(letters.every(Boolean), language);
    assert.equal(new Set(letters).size, letters.length, `${language}: ${letters}`);
  }
});

test("what is late and what nobody visited is painted over the rest", () => {
  const edges = [];
  const ctx = new Proxy({}, { get: () => () => ({ setTransform() {} }), set: (_, name, value) => (name === "strokeStyle" && edges.push(value), true) });
  const cells = ["overdue", "done", "not_walked", "under_target", "plain"];
  const areas = { count: 5, isDrawn: () => true, boxes: new Float32Array(20).map((_, at) => (at % 4 > 1 ? 9 : 0)) };
  const data = { origin: { x: 0, y: 0 }, grids: areas, groups: { count: 0 } };
  const painter = new Painter(data, { zoom: 4, x: 0, y: 0, dpr: 1 }, PALETTES.light);
  const order = [];
  painter.trace = (_, __, cell) => order.push(cells[cell]);
  for (const _ of painter.paint(ctx, cells, [0, 0, 999, 999]));
  assert.deepEqual(order, ["plain", "done", "under_target", "not_walked", "overdue", "overdue"]);
});
