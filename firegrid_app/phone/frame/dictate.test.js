// Dictation with a recogniser made up for it: what is heard, what goes wrong, what is kept.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { isOwn, listen, recogniser } from "./dictate.js";
import { cut, joined } from "./words.js";

let made;
class Recogniser {
  constructor() {
    made = this;
    this.calls = [];
  }
  start() {
    this.calls.push("start");
    if (Recogniser.broken) throw new Error("in use");
  }
  stop() {
    this.calls.push("stop");
    if (!Recogniser.deaf) queueMicrotask(() => this.onend?.());
  }
}
const result = (transcript, isFinal) => Object.assign([{ transcript }], { isFinal });
const say = (...results) => made.onresult({ results });

let words;
let ends;
const begin = (more) =>
  listen(Recogniser, { language: "zh_CN", onWords: (...told) => words.push(told), onEnd: (problem) => ends.push(problem), ...more });
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

beforeEach(() => {
  mock.timers.reset();
  words = [];
  ends = [];
  Recogniser.broken = Recogniser.deaf = false;
});

test("a browser without a recogniser has none, one with a prefix has it", () => {
  assert.equal(recogniser({}), null);
  assert.equal(recogniser({ webkitSpeechRecognition: Recogniser }), Recogniser);
  assert.equal(recogniser({ SpeechRecognition: Recogniser }), Recogniser);
});

test("words come as they are heard and stay once they are settled", async () => {
  const stop = begin({ language: "ko" });
  assert.equal(made.lang, "ko-KR");
  say(result("楼道", false));
  say(result("楼道堆了纸箱", true), result("没人", false));
  stop();
  await settle();
  assert.deepEqual(words, [["楼道", false], ["楼道堆了纸箱没人", false], ["楼道堆了纸箱没人", true]]);
  assert.deepEqual(ends, [""]);
});

test("what goes wrong is said once, in words a person can act on", () => {
  for (const [error, problem] of [["not-allowed", "refused"], ["network", "network"], ["no-speech", "silence"], ["bad-grammar", "broken"]]) {
    mock.timers.enable({ apis: ["setTimeout"] });
    ends = [];
    begin();
    made.onerror({ error });
    made.onend?.();
    mock.timers.tick(5);
    assert.deepEqual(ends, [problem], error);
    mock.timers.reset();
  }
});

test("a recogniser that cannot start ends at once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  Recogniser.broken = true;
  begin();
  mock.timers.tick(1);
  assert.deepEqual(ends, ["broken"]);
});

test("one that never ends is stopped, and what it heard is kept", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  Recogniser.deaf = true;
  begin({ longest: 1000 });
  say(result("电动车", false));
  mock.timers.tick(1000);
  assert.deepEqual(made.calls, ["start", "stop"]);
  mock.timers.tick(1000);
  assert.deepEqual(words.at(-1), ["电动车", true]);
  assert.deepEqual(ends, [""]);
});

test("only a browser that says so hears without its maker", async () => {
  assert.equal(await isOwn(Recogniser, "zh_CN"), false);
  assert.equal(await isOwn({ available: async () => "available" }, "zh_CN"), true);
  assert.equal(await isOwn({ available: async () => "downloadable" }, "zh_CN"), false);
  assert.equal(await isOwn({ available: async () => Promise.reject(new Error("?")) }, "zh_CN"), false);
  const stop = begin({ own: true });
  assert.equal(made.processLocally, true);
  // Its minute would keep the tests waiting.
  stop();
  await settle();
});

test("spoken words go behind typed ones", () => {
  assert.equal(joined("", " 纸箱 "), "纸箱");
  assert.equal(joined("楼道", "纸箱"), "楼道纸箱");
  assert.equal(joined("boxes", "on the stairs"), "boxes on the stairs");
  assert.equal(joined("boxes ", "on"), "boxes on");
  assert.equal(joined("boxes", "  "), "boxes");
});

test("words are cut short between two characters, never through one", () => {
  assert.equal(cut("三楼楼道", 3), "三楼楼");
  assert.equal(cut("三楼", 3), "三楼");
  assert.equal(cut("三楼🔥", 4), "三楼🔥");
  assert.equal(cut("三楼🔥", 3), "三楼");
  assert.equal(cut("𠮷𠮷", 3), "𠮷");
});
