import assert from "node:assert/strict";
import { test } from "node:test";
import { homeOf } from "./homeof.js";

test("who works in the field begins on the phone's first screen, who only leads at the desk", () => {
  assert.equal(homeOf({ can_lead: true, can_record: true }), "/");
  assert.equal(homeOf({ can_lead: false, can_record: false }), "/");
  assert.equal(homeOf({ can_lead: true, can_record: false }), "/desk");
});

test("who waits for the training before the post is told so on the first screen", () => {
  assert.equal(homeOf({ can_lead: true, can_record: false, training_first: true }), "/");
});
