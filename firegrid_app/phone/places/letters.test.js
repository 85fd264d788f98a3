// When a member is offered the letter of premises to be signed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf, paperFor } from "./letters.js";

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

const SHIPPED = { edition: 1, words: { zh_CN: ["自带"], ko: ["체계"] } };
const DAY = { grids: [{ code: "500118003001", path: "500118/500118003/500118003001/" }] };
const own = (street) => ({ ...DAY, own_letters: [{ id: 9, street, words: { zh_CN: ["告知书", "一条", "二条"] } }] });

test("premises sign their street's own words, and others those that ship", () => {
  const shipped = { own: null, edition: 1, language: "ko", title: "", lines: ["체계"] };
  assert.deepEqual(paperFor(DAY, "500118003001", "ko", SHIPPED), shipped);
  assert.deepEqual(paperFor(own("500118009"), "500118003001", "ko", SHIPPED), shipped);
  assert.deepEqual(paperFor(own("500118003"), "500118003001", "zh_CN", SHIPPED), {
    own: 9,
    edition: 0,
    language: "zh_CN",
    title: "告知书",
    lines: ["一条", "二条"],
  });
});

test("a language the street has not worded shows the Chinese, and the record says so", () => {
  const { language, title } = paperFor(own("500118003"), "500118003001", "ko", SHIPPED);
  assert.deepEqual([language, title], ["zh_CN", "告知书"]);
});
