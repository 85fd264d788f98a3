// What is asked at a door, and what the knock says of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { allFine, answered, asked, faultOf, missing, notNumbers, wordsIn } from "./asking.js";

const choice = (code, hazard = "") => ({ code, words: { zh_CN: code }, hazard });
const single = (code, more = {}) => ({ code, kind: "single", words: { zh_CN: code }, required: true, show_if: null, choices: [choice("fine"), choice("fault", "gas_unsafe")], ...more });
const GAS = single("gas");
const WHICH = { ...single("which", { show_if: ["gas", "fault"] }), kind: "multiple", choices: [choice("hose"), choice("valve")] };
const LEAFLETS = { code: "leaflets", kind: "number", words: { zh_CN: "份" }, required: false, show_if: null, choices: [] };
const NOTE = { code: "note", kind: "text", words: { zh_CN: "话" }, required: false, show_if: null, choices: [] };
const QUESTIONS = [GAS, WHICH, LEAFLETS, NOTE];
const codes = (list) => list.map((one) => one.code);

test("a question that hangs on another is asked only with its choice", () => {
  assert.deepEqual(codes(asked(QUESTIONS, {})), ["gas", "leaflets", "note"]);
  assert.deepEqual(codes(asked(QUESTIONS, { gas: "fault" })), ["gas", "which", "leaflets", "note"]);
  assert.deepEqual(codes(missing(QUESTIONS, { gas: "fault" })), ["which"]);
});

test("all fine is the first choice of each; it is no answer to what must be said in words", () => {
  assert.deepEqual(allFine(QUESTIONS), { gas: "fine" });
  assert.equal(allFine([GAS, { ...NOTE, required: true }]), null);
  assert.equal(allFine([single("gas", { choices: [choice("fault", "gas_unsafe"), choice("fine")] })]), null);
});

test("the knock says only what is asked, numbers as numbers, and its faults with their hazards", () => {
  const campaign = { id: 3, edition: 2, questions: QUESTIONS };
  const given = { gas: "fault", which: ["hose"], leaflets: "2", note: "  ", gone: "x" };
  assert.deepEqual(answered(campaign, given, { gas: "h1" }, new Set(["h1"])), {
    campaign: 3,
    edition: 2,
    answers: { gas: "fault", which: ["hose"], leaflets: 2 },
    faults: [{ question: "gas", hazard: "h1" }],
  });
  const left = answered(campaign, { gas: "fault", which: ["hose"] }, { gas: "h1" }, new Set());
  assert.deepEqual(left.faults, [{ question: "gas", hazard: null }]);
  const changed = answered(campaign, { gas: "fine", which: ["hose"] }, {}, new Set());
  assert.deepEqual(changed.answers, { gas: "fine" }, "what is not asked any more is not said");
});

test("a number that is none is told before it is kept", () => {
  assert.deepEqual(notNumbers(QUESTIONS, { leaflets: "drei" }), ["leaflets"]);
  assert.deepEqual(notNumbers(QUESTIONS, { leaflets: "-1" }), ["leaflets"]);
  assert.deepEqual(notNumbers(QUESTIONS, { leaflets: "3" }), []);
});

test("words fall back to Chinese, and a fault is known by its choice", () => {
  assert.equal(wordsIn({ zh_CN: "气" }, "en"), "气");
  assert.equal(faultOf(GAS, { gas: "fault" }).hazard, "gas_unsafe");
  assert.equal(faultOf(GAS, { gas: "fine" }), undefined);
});
