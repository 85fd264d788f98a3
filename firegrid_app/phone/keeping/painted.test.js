// What can wait lets the page be drawn first, and never waits for a page that is not drawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, follow } from "./answers.js";
import { painted } from "./painted.js";

const turn = (ms = 0) => new Promise((done) => setTimeout(done, ms));

function frames() {
  const waiting = [];
  globalThis.requestAnimationFrame = (draw) => waiting.push(draw);
  return { draw: () => waiting.splice(0).forEach((one) => one()) };
}

test("it comes after the frame, not in it", async () => {
  const page = frames();
  let done = false;
  painted().then(() => (done = true));
  await turn();
  assert.equal(done, false);
  page.draw();
  await Promise.resolve();
  assert.equal(done, false);
  await turn(5);
  assert.equal(done, true);
  delete globalThis.requestAnimationFrame;
});

test("a page in the back and a worker are not waited for", async () => {
  frames();
  await painted();
  delete globalThis.requestAnimationFrame;
  await painted();
});

test("what was written is read anew once the page has said so", async () => {
  const page = frames();
  let asked = 0;
  const stop = follow("written", ["outbox"], async () => (asked += 1), () => {});
  await turn();
  assert.equal(asked, 1);
  changed(["outbox"]);
  await turn(5);
  assert.equal(asked, 1);
  page.draw();
  await turn(300);
  assert.equal(asked, 2);
  stop();
  delete globalThis.requestAnimationFrame;
});
