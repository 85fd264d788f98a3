// When a member is offered the letter of premises to be signed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf } from "./letters.js";

const ZONE = "Asia/Shanghai";
const NOW = Date.parse("2026-11-23T02:00:00Z");
const standing = (letter_until, records = []) => letterOf({ id: 7, letter_until }, records, ZONE, NOW)?.standing;
const signed = (more) => ({ kind: "letter.signed", state: "waiting", happened_at: NOW, body: { place: 7 }, ...more });

test("a letter is missing, good, soon over on its last thirty days, and expired the day after", () => {
  const found = ["", "2026-12-24", "2026-12-23", "2026-11-23", "2026-11-22"].map((until) => standing(until));
  assert.deepEqual(found, ["none", "good", "soon", "soon", "expired"]);
});

test("signed on this phone it is good for a year, before the server knows", () => {
  assert.deepEqual(letterOf({ id: 7, letter_until: "2026-11-30" }, [signed()], ZONE, NOW), { standing: "good", until: "2027-11-23" });
});

test("what was refused, put aside or signed elsewhere makes none good", () => {
  const others = [signed({ state: "refused" }), signed({ state: "aside" }), signed({ body: { place: 8 } })];
  assert.equal(standing("", others), "none");
});

test("a pack of an older server says nothing of letters, and nobody is asked for one", () => {
  assert.equal(letterOf({ id: 7 }, [], ZONE, NOW), null);
});
