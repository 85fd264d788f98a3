// Reading aloud: which voice, which pieces, and phones that cannot or stop in the middle.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { keepAwake, languageOf, pieces, speakInALoop, voiceFor } from "./speak.js";

const voice = (lang, localService = true, name = lang) => ({ lang, localService, name });

globalThis.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};

// A phone's speech: `answer(words)` plays what happens to each piece.
class Synth {
  said = [];
  cancelled = 0;
  voices = [voice("zh-CN")];
  answer = (words) => {
    words.onstart?.();
    words.onend?.();
  };
  getVoices = () => this.voices;
  speak(words) {
    this.said.push(words);
    queueMicrotask(() => this.answer(words));
  }
  cancel() {
    this.cancelled += 1;
  }
}

let synth;
beforeEach(() => {
  mock.timers.reset();
  synth = new Synth();
});
const settle = async (times = 40) => {
  for (let turn = 0; turn < times; turn += 1) await Promise.resolve();
};

// Plays a text for some rounds' time; tells what was heard.
async function play(text, { rounds = 1, pause = 1000 } = {}) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const told = { rounds: [], silent: 0 };
  const stop = speakInALoop(text, {
    synth,
    pause,
    onRound: (round) => told.rounds.push(round),
    onSilence: () => (told.silent += 1),
  });
  for (let round = 0; round < rounds; round += 1) {
    await settle();
    if (round < rounds - 1) mock.timers.tick(pause);
  }
  return { told, stop };
}

test("the script of the words decides the language", () => {
  assert.equal(languageOf("人走断电"), "zh-CN");
  assert.equal(languageOf("화재 조심"), "ko-KR");
  assert.equal(languageOf("Close the gas"), "en-US");
  assert.equal(languageOf("拨打 119"), "zh-CN");
});

test("pieces are whole sentences, short enough, and nothing of the words is lost", () => {
  assert.deepEqual(pieces("清楼道、清阳台；关电源。拨打 119！"), ["清楼道、清阳台；", "关电源。", "拨打 119！"]);
  const long = `${"电动车不进楼".repeat(9)}，${"不飞线充电".repeat(20)}`;
  const cut = pieces(long);
  assert.ok(cut.every((piece) => piece.length > 0 && piece.length <= 61));
  assert.equal(cut.join(""), long);
  assert.deepEqual(pieces(" \n。"), []);
});

test("the phone's own Mandarin comes first, Cantonese and a network's voice without one never", () => {
  const voices = [voice("zh-HK"), voice("en-US"), voice("zh-TW"), voice("zh_CN", false, "net"), voice("zh_CN", true, "own")];
  assert.equal(voiceFor("zh-CN", voices, true).name, "own");
  assert.equal(voiceFor("zh-CN", voices.slice(0, 4), true).lang, "zh-TW", "of its own before the network's");
  assert.equal(voiceFor("zh-CN", [voice("zh-CN", false)], false), null);
  assert.equal(voiceFor("zh-CN", [voice("zh-CN", false)], true).lang, "zh-CN");
  assert.equal(voiceFor("zh-CN", [voice("en-US"), voice("zh-HK")], true), null);
  assert.equal(voiceFor("zh-CN", [], true), undefined, "a phone that tells of none may speak all the same");
});

test("it goes round and round, sentence by sentence, until it is stopped", async () => {
  const { told, stop } = await play("关电源。关火源。", { rounds: 3 });
  assert.deepEqual(told, { rounds: [1, 2, 3], silent: 0 });
  assert.deepEqual(synth.said.map(({ text }) => text), ["关电源。", "关火源。", "关电源。", "关火源。", "关电源。", "关火源。"]);
  assert.ok(synth.said.every(({ lang, volume }) => lang === "zh-CN" && volume === 1));
  stop();
  mock.timers.tick(60000);
  await settle();
  assert.equal(synth.said.length, 6, "nothing after the stop");
  assert.equal(synth.cancelled, 1);
});

test("a phone without the language, or whose voice fails, says so once", async () => {
  synth.voices = [voice("en-US")];
  assert.deepEqual((await play("关电源。")).told, { rounds: [], silent: 1 });
  synth = new Synth();
  synth.answer = (words) => words.onerror({ error: "synthesis-failed" });
  mock.timers.reset();
  assert.deepEqual((await play("关电源。")).told, { rounds: [1], silent: 1 });
});

test("a voice that never begins is given up, one that never ends is passed over", async () => {
  synth.answer = () => {};
  const { told } = await play("关电源。");
  mock.timers.tick(6000);
  await settle();
  assert.equal(told.silent, 1);

  synth = new Synth();
  synth.answer = (words) => words.onstart();
  mock.timers.reset();
  const stuck = await play("关电源。关火源。");
  mock.timers.tick(60000);
  await settle();
  assert.deepEqual(synth.said.map(({ text }) => text), ["关电源。", "关火源。"]);
  assert.equal(stuck.told.silent, 0);
});

test("stopped before the first word, it says nothing and complains of nothing", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let silent = 0;
  const stop = speakInALoop("关电源。", { synth, onRound: () => {}, onSilence: () => (silent += 1) });
  stop();
  await settle();
  assert.deepEqual([synth.said.length, silent], [0, 0]);
});

test("a browser without speech is silent at once", () => {
  let silent = 0;
  speakInALoop("关电源。", { synth: undefined, onRound: () => {}, onSilence: () => (silent += 1) })();
  assert.equal(silent, 1);
});

test("the screen stays on while it is called out, also after a look at another app, and no longer", async () => {
  const held = [];
  const request = async (what) => {
    const lock = { what, on: true, release: async () => (lock.on = false) };
    held.push(lock);
    return lock;
  };
  const looks = new Set();
  const page = {
    visibilityState: "visible",
    addEventListener: (_, look) => looks.add(look),
    removeEventListener: (_, look) => looks.delete(look),
  };
  globalThis.document = page;
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { wakeLock: { request } }, configurable: true });
  try {
    const letGo = keepAwake();
    await Promise.resolve();
    assert.deepEqual(held.map(({ what, on }) => [what, on]), [["screen", true]]);
    page.visibilityState = "hidden";
    for (const look of looks) await look();
    assert.equal(held.length, 1);
    page.visibilityState = "visible";
    for (const look of looks) await look();
    assert.equal(held.length, 2);
    letGo();
    assert.deepEqual([held[1].on, looks.size], [false, 0]);
  } finally {
    delete globalThis.navigator;
    if (own) Object.defineProperty(globalThis, "navigator", own);
    delete globalThis.document;
  }
});
