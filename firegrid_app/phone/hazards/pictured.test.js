import assert from "node:assert/strict";
import { test } from "node:test";
import { ofTheResult, ofTheScene, told, withResult, withScene } from "./pictured.js";

const found = { id: "a", purpose: "scene" };
const done = { id: "b", purpose: "after" };
const purposes = (photos) => photos.map((one) => one.purpose);

test("put right on the spot, the first photos are those from before", () => {
  assert.deepEqual(purposes(told([found, done], true)), ["before", "after"]);
});

test("taken back, all of them show the scene and none is lost", () => {
  assert.deepEqual(purposes(told([found, done], false)), ["scene", "scene"]);
  assert.deepEqual(ofTheScene([found, done], false), [found, done]);
  assert.deepEqual(ofTheResult([found, done], false), []);
});

test("a mended record keeps which is which", () => {
  assert.deepEqual(purposes(told(told([found, done], true), true)), ["before", "after"]);
});

test("one group changes and the other stays", () => {
  const more = { id: "c", purpose: "after" };
  assert.deepEqual(withResult([found, done], true, [done, more]), [found, done, more]);
  assert.deepEqual(withScene([found, done], true, []), [done]);
});
