// Recordings: where each is heard, what a phone brings along, and a loop that ends when it is told.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { playInALoop, soundsFor, wanted } from "./sounds.js";

const sound = (id, script, grid, bytes = 100) => ({ id, script, grid, bytes });
const DAY = {
  grids: [
    { code: "111", path: "1/11/111/" },
    { code: "112", path: "1/11/112/" },
  ],
  scripts: ["exits", "ebike"],
  recordings: [sound("street", "ebike", "11"), sound("own", "ebike", "111"), sound("other", "exits", "112")],
};

test("a grid hears its own before its street's, and not its neighbour's", () => {
  assert.deepEqual(soundsFor(DAY, "111", "ebike").map(({ id }) => id), ["own", "street"]);
  assert.deepEqual(soundsFor(DAY, "112", "ebike").map(({ id }) => id), ["street"]);
  assert.deepEqual(soundsFor(DAY, "111", "exits"), []);
  assert.deepEqual(soundsFor({ grids: [], recordings: undefined }, "111", "ebike"), [], "a pack from before");
});

test("only what is missing is fetched, what is over goes, and the season's comes first into the room there is", () => {
  assert.deepEqual(wanted(DAY, [{ id: "own" }, { id: "gone" }]).fetch.map(({ id }) => id), ["other", "street"]);
  assert.deepEqual(wanted(DAY, [{ id: "own" }, { id: "gone" }]).drop, ["gone"]);
  const tight = wanted(DAY, [{ id: "street" }], 150);
  assert.deepEqual([tight.fetch.map(({ id }) => id), tight.drop], [["other"], ["street"]]);
  assert.deepEqual(wanted({}, []), { fetch: [], drop: [] });
});

class Player extends EventTarget {
  plays = 0;
  paused = 0;
  currentTime = 9;
  works = true;
  play() {
    this.plays += 1;
    return this.works ? Promise.resolve() : Promise.reject(new Error("NotSupportedError"));
  }
  pause() {
    this.paused += 1;
  }
}

const settle = async () => {
  for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
};
let player;
let told;
const listeners = () => ({ onRound: (round) => told.push(round), onSilence: () => told.push("silence") });
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  player = new Player();
  told = [];
});

test("it goes round after a breath, from the beginning, and nothing comes after the stop", async () => {
  const stop = playInALoop(player, listeners());
  player.currentTime = 8;
  player.dispatchEvent(new Event("ended"));
  mock.timers.tick(1499);
  assert.deepEqual(told, [1]);
  mock.timers.tick(1);
  assert.deepEqual([told, player.currentTime, player.plays], [[1, 2], 0, 2]);
  player.dispatchEvent(new Event("ended"));
  stop();
  mock.timers.tick(9000);
  player.dispatchEvent(new Event("error"));
  await settle();
  assert.deepEqual([told, player.plays, player.paused], [[1, 2], 2, 1]);
});

test("a file this phone cannot play is said once", async () => {
  player.works = false;
  playInALoop(player, listeners());
  await settle();
  player.dispatchEvent(new Event("error"));
  assert.deepEqual(told, [1, "silence"]);
});
