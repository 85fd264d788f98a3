// What is said stands for a moment, and the same words said twice are said twice.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { onSaid, saidNow, say, sayAndShow } from "./said.js";

test("what is said is told, and goes by itself", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  const stop = onSaid(() => told.push(saidNow().words));
  say("kept");
  mock.timers.tick(3000);
  assert.equal(saidNow().words, "kept");
  mock.timers.tick(600);
  assert.equal(saidNow().words, "");
  stop();
  say("to nobody");
  assert.deepEqual(told, ["kept", ""]);
  say("");
  mock.timers.reset();
});

test("the same words once more are another thing said, and stay their whole moment", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  say("kept");
  const first = saidNow();
  mock.timers.tick(3000);
  say("kept");
  assert.notEqual(saidNow().number, first.number);
  mock.timers.tick(3000);
  assert.equal(saidNow().words, "kept");
  mock.timers.tick(600);
  assert.equal(saidNow().words, "");
  mock.timers.reset();
});

test("a page that is not drawn keeps nobody waiting", async () => {
  globalThis.requestAnimationFrame = () => {};
  const began = performance.now();
  await sayAndShow("kept");
  assert.ok(performance.now() - began < 1000);
  assert.equal(saidNow().words, "kept");
  delete globalThis.requestAnimationFrame;
  say("");
});
