// Rounds of sending: never two at once, none forgotten, none too soon.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Turns } from "./turns.js";

const settled = async () => {
  for (let n = 0; n < 20; n++) await Promise.resolve();
};
const pass = async (milliseconds) => {
  mock.timers.tick(milliseconds);
  await settled();
};

// Rounds that end when the test says so.
function rounds() {
  const ends = [];
  const turns = new Turns(() => new Promise((end) => ends.push(end)));
  return { turns, ends, end: async (outcome) => (ends.at(-1)(outcome), await settled()) };
}

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("what comes in while a round is on goes at once after it, not a minute later", async () => {
  const { turns, ends, end } = rounds();
  turns.soon();
  await pass(0);
  turns.soon();
  await pass(0);
  assert.equal(ends.length, 1, "one at a time");
  await end("good");
  await pass(0);
  assert.equal(ends.length, 2);
});

test("what comes in between a round's last look and its end is not forgotten", async () => {
  let atItsEnd;
  let count = 0;
  const turns = new Turns(async () => {
    count += 1;
    // As the queue does after sending: it notes what is left, which takes a moment.
    if (count === 1) await new Promise((done) => (atItsEnd = done));
    return "good";
  });
  turns.soon();
  await pass(0);
  turns.soon();
  await pass(0);
  atItsEnd();
  await settled();
  await pass(0);
  assert.equal(count, 2);
});

test("with nothing left the next round is a minute away; with something left it is at once", async () => {
  const { turns, ends, end } = rounds();
  turns.soon();
  await pass(0);
  await end("more");
  await pass(0);
  assert.equal(ends.length, 2);
  await end("good");
  await pass(59999);
  assert.equal(ends.length, 2);
  await pass(1);
  assert.equal(ends.length, 3);
});

test("after failures it waits longer and longer; a press does not wait, and forgets them", async () => {
  const { turns, ends, end } = rounds();
  turns.soon();
  await pass(0);
  for (const least of [1500, 3000, 6000]) {
    const before = ends.length;
    await end("failed");
    await pass(least - 1);
    assert.equal(ends.length, before, `not within ${least} ms`);
    await pass(least);
    assert.equal(ends.length, before + 1);
  }
  await end("failed");
  turns.now();
  await settled();
  const pressed = ends.length;
  await end("failed");
  await pass(2500);
  assert.equal(ends.length, pressed + 1, "the first pause again");
});

test("what has gone through before a failure makes it the first one", async () => {
  const { turns, ends, end } = rounds();
  turns.soon();
  await pass(0);
  await end("failed");
  await pass(2500);
  await end("failed");
  await pass(5000);
  turns.wentThrough();
  const before = ends.length;
  await end("failed");
  await pass(2500);
  assert.equal(ends.length, before + 1);
});

test("a record made while a round fails waits with the others", async () => {
  const { turns, ends, end } = rounds();
  turns.soon();
  await pass(0);
  turns.soon();
  await pass(0);
  await end("failed");
  await pass(1499);
  assert.equal(ends.length, 1);
  await pass(1001);
  assert.equal(ends.length, 2);
});

test("pressed during a round: one more follows, however it ends", async () => {
  for (const outcome of ["good", "person", "failed"]) {
    const { turns, ends, end } = rounds();
    turns.soon();
    await pass(0);
    turns.now();
    await end(outcome);
    await pass(0);
    assert.equal(ends.length, 2, outcome);
  }
});

test("where only a person can help, nobody is asked every second", async () => {
  const { turns, ends, end } = rounds();
  turns.soon();
  await pass(0);
  turns.soon();
  await pass(0);
  await end("person");
  await pass(59999);
  assert.equal(ends.length, 1);
  await pass(1);
  assert.equal(ends.length, 2);
});

test("a round that breaks, or is not let in, is tried again", async () => {
  let count = 0;
  const turns = new Turns(
    async () => "good",
    async () => {
      count += 1;
      throw new Error("no lock");
    },
  );
  turns.soon();
  await pass(0);
  assert.equal(count, 1);
  await pass(2500);
  assert.equal(count, 2);
});
