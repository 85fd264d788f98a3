import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf, soon, stillToCome } from "./coming.js";

const on = (day, sort = "meeting") => ({ sort, id: day, kind: "grid_regular", title: "", day, time: "", place: "", grid_name: "" });

test("a pack of last week does not announce what was", () => {
  const coming = [on("2026-11-22"), on("2026-11-23"), on("2026-12-01")];
  assert.deepEqual(stillToCome(coming, "2026-11-23").map(({ id }) => id), ["2026-11-23", "2026-12-01"]);
});

test("the first screen says what is today and tomorrow, over the end of a month and a year too", () => {
  assert.deepEqual(soon([on("2026-11-30"), on("2026-12-01"), on("2026-12-02")], "2026-11-30").map(({ id }) => id), ["2026-11-30", "2026-12-01"]);
  assert.deepEqual(soon([on("2027-01-01")], "2026-12-31").map(({ id }) => id), ["2027-01-01"]);
});

test("a pack of an older server has none", () => {
  assert.deepEqual(stillToCome(undefined, "2026-11-23"), []);
  assert.deepEqual(soon(undefined, "2026-11-23"), []);
});

test("a drill has no page of its own for who takes part", () => {
  assert.deepEqual(["meeting", "course", "drill", "new"].map((sort) => pageOf({ sort })), ["/meetings", "/training", "", ""]);
});
