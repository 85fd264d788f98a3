// Questions to the store: asked once for all, never an old answer, asked again after what they read was written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, changed, follow, known } from "./answers.js";

const turn = (ms = 0) => new Promise((done) => setTimeout(done, ms));
// As long as a busy machine needs.
async function until(question) {
  for (let n = 0; n < 1000 && !question(); n += 1) await turn(10);
  assert.ok(question());
}

// A question about a number in the store `name`, that counts how often it is asked.
function counter(name) {
  const store = { value: 1, asked: 0, slow: 0 };
  const question = async () => {
    store.asked += 1;
    const { value } = store;
    await turn(store.slow);
    return value;
  };
  return { store, ask: [name, [name], question] };
}

test("all who ask are told, and it is asked once", async () => {
  const { store, ask } = counter("once");
  const told = [];
  const stops = [1, 2, 3].map((who) => follow(...ask, (answer) => told.push([who, answer])));
  await turn();
  assert.deepEqual(told, [[1, 1], [2, 1], [3, 1]]);
  assert.equal(store.asked, 1);
  stops.forEach((stop) => stop());
});

test("what was read ahead is there at once, and told without asking again", async () => {
  const { store, ask } = counter("ahead");
  assert.equal(known("ahead"), undefined);
  assert.equal(await answerOf(...ask), 1);
  await turn();
  assert.equal(known("ahead"), 1);
  const told = [];
  follow(...ask, (answer) => told.push(answer))();
  assert.deepEqual(told, [1]);
  assert.equal(store.asked, 1);
});

test("from the moment of a write no old answer is given", async () => {
  const { store, ask } = counter("old");
  const told = [];
  const stop = follow(...ask, (answer) => told.push(answer));
  await turn();
  store.value = 2;
  changed(["old"]);
  assert.equal(known("old"), undefined);
  await until(() => known("old") === 2);
  assert.deepEqual(told, [1, 2]);
  stop();
});

test("a write to another store asks nothing", async () => {
  const { store, ask } = counter("mine");
  const stop = follow(...ask, () => {});
  await turn();
  changed(["theirs"]);
  await turn(200);
  assert.equal(store.asked, 1);
  assert.equal(known("mine"), 1);
  stop();
});

test("what was written while it was read is read once more", async () => {
  const { store, ask } = counter("meanwhile");
  store.slow = 20;
  const told = [];
  const stop = follow(...ask, (answer) => told.push(answer));
  await turn(5);
  store.value = 2;
  changed(["meanwhile"]);
  await turn(25);
  assert.notEqual(known("meanwhile"), 1, "the first answer is from before the write");
  await until(() => known("meanwhile") === 2);
  assert.equal(told.at(-1), 2);
  stop();
});

test("what was read ahead while it was written is not kept", async () => {
  const { store, ask } = counter("raced");
  store.slow = 20;
  const early = answerOf(...ask);
  await turn(5);
  store.value = 2;
  changed(["raced"]);
  await early;
  assert.notEqual(known("raced"), 1);
});

test("many writes ask seldom, and the last one is seen", async () => {
  const { store, ask } = counter("many");
  const told = [];
  const stop = follow(...ask, (answer) => told.push(answer));
  const began = performance.now();
  for (let n = 2; n <= 40; n += 1) {
    store.value = n;
    changed(["many"]);
    await turn(5);
  }
  await until(() => told.at(-1) === 40);
  const most = 3 + (performance.now() - began) / 150;
  assert.ok(store.asked <= most, `asked ${store.asked} times`);
  stop();
});

test("who comes while a question rests does not wait for the end of the rest", async () => {
  const { store, ask } = counter("rest");
  store.slow = 1000;
  const stop = follow(...ask, () => {});
  await until(() => known("rest") === 1);
  Object.assign(store, { value: 2, slow: 0 });
  changed(["rest"]);
  const began = performance.now();
  assert.equal(await answerOf(...ask), 2);
  assert.ok(performance.now() - began < 3000, "the rest is five seconds long");
  stop();
});

test("nobody looks: what is written over is forgotten", async () => {
  const { store, ask } = counter("gone");
  assert.equal(await answerOf(...ask), 1);
  await turn();
  changed(["gone"]);
  store.value = 2;
  assert.equal(known("gone"), undefined);
  assert.equal(await answerOf(...ask), 2);
});

test("a question that fails is answered by undefined, and asked again after a write", async () => {
  let broken = true;
  const question = async () => {
    if (broken) throw new Error("closed");
    return 7;
  };
  const told = [];
  const stop = follow("fails", ["fails"], question, (answer) => told.push(answer));
  await turn();
  assert.deepEqual(told, [undefined]);
  broken = false;
  changed(["fails"]);
  await until(() => told.length === 2);
  assert.deepEqual(told, [undefined, 7]);
  stop();
});

test("who comes after a question failed has it asked again", async () => {
  let broken = true;
  const question = async () => {
    if (broken) throw new Error("closed");
    return 7;
  };
  const stop = follow("later", ["later"], question, () => {});
  await turn(5);
  broken = false;
  assert.equal(await answerOf("later", ["later"], question), 7);
  stop();
});
