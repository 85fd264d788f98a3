// Alarms: the last that was noted counts, whoever noted it, and what the server refused does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alarmsOf, standing, usualEnd } from "./alarms.js";

const TODAY = "2026-11-23";
const AT = Date.parse("2026-11-23T03:00:00Z");
const DAY = { alarms: [{ door: 5, kind: "smoke", step: "installed", expires_on: "2036-11-23", at: "2026-11-23T01:00:00+00:00" }] };
const noted = (step, more = {}) => ({
  kind: "alarm.noted",
  state: "waiting",
  happened_at: AT,
  body: { door: 5, alarm: "smoke", step, expires: null },
  ...more,
});

test("what this phone noted later counts, and a test keeps the end", () => {
  assert.equal(alarmsOf(DAY, [], { id: 5 }).smoke.step, "installed");
  assert.deepEqual(alarmsOf(DAY, [], { id: 6 }), {});
  assert.deepEqual(alarmsOf(DAY, [noted("tested")], { id: 5 }).smoke, { step: "tested", expires: "2036-11-23", at: AT });
  assert.equal(alarmsOf(DAY, [noted("faulty", { state: "refused" })], { id: 5 }).smoke.step, "installed");
  const before = noted("faulty", { happened_at: AT - 4 * 3600000 });
  assert.equal(alarmsOf(DAY, [before], { id: 5 }).smoke.step, "installed", "noted earlier, sent later");
  assert.deepEqual(alarmsOf({}, [noted("removed")], { id: 5 }).smoke.step, "removed", "a pack from before");
});

test("it works, ends soon, has ended, is faulty, or there is none", () => {
  const alarm = (step, expires = "") => ({ step, expires });
  assert.equal(standing(undefined, TODAY), "none");
  assert.equal(standing(alarm("removed"), TODAY), "none");
  assert.equal(standing(alarm("faulty", "2036-01-01"), TODAY), "faulty");
  assert.equal(standing(alarm("tested", "2036-01-01"), TODAY), "works");
  assert.equal(standing(alarm("installed", "2026-11-23"), TODAY), "soon");
  assert.equal(standing(alarm("installed", "2026-11-22"), TODAY), "expired");
  assert.equal(standing(alarm("installed"), TODAY), "works");
});

test("the usual end is years on, also from a leap day", () => {
  assert.equal(usualEnd("smoke", TODAY), "2036-11-23");
  assert.equal(usualEnd("gas", "2028-02-29"), "2033-02-28");
});
