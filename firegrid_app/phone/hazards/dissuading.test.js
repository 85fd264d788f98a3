import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, dayAfter, missing, NOTHING_SAID, toggled } from "./dissuading.js";

const talk = (more) => ({ ...NOTHING_SAID, said: ["stop"], to: "owner", outcome: "promised", ...more });

test("nobody talked to asks for nothing", () => {
  assert.deepEqual(missing(null), {});
  assert.equal(bodyOf(null), null);
});

test("each missing part has its own words", () => {
  assert.deepEqual(missing(NOTHING_SAID), {
    to: "dissuasion.choose_to",
    said: "dissuasion.choose_said",
    outcome: "dissuasion.choose_outcome",
  });
  assert.deepEqual(missing(talk()), {});
});

test("people brought out are a whole number, or none", () => {
  for (const moved of ["", " 3 ", 0, "99999"]) assert.deepEqual(missing(talk({ moved })), {}, String(moved));
  for (const moved of ["1.5", "-1", "many", "100000", "1e9"]) assert.equal(missing(talk({ moved })).moved, "dissuasion.moved_number", moved);
  assert.equal(bodyOf(talk({ moved: " 3 " })).moved, 3);
  assert.equal(bodyOf(talk({ moved: "" })).moved, 0);
});

test("things said stay in the order they are offered in", () => {
  assert.deepEqual(toggled(["law"], "danger"), ["danger", "law"]);
  assert.deepEqual(toggled(["danger", "law"], "danger"), ["law"]);
});

test("a day is counted over the ends of months and years", () => {
  assert.equal(dayAfter("2026-11-23", 0), "2026-11-23");
  assert.equal(dayAfter("2026-12-30", 3), "2027-01-02");
  assert.equal(dayAfter("2028-02-28", 3), "2028-03-02");
});

test("who would not listen agreed on nothing", () => {
  assert.equal(bodyOf(talk({ by: "2026-11-26" })).by, "2026-11-26");
  assert.equal(bodyOf(talk({ by: "2026-11-26", outcome: "refused" })).by, null);
});
