// The building as it stands, and whose knock counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anotherHour, byFloor, byHouse, campaignOutcomes, comeBack, housesTried, lastOutcomes, mostAcross, untouched, withFresh } from "./knocks.js";

const door = (id, floor, room, more = {}) => ({ id, building: "1栋", unit: "", floor, room, last_outcome: "", last_at: "", done: false, ...more });
const knock = (id, of, outcome, happened_at, state = "waiting") => ({ id, kind: "visit.log", state, happened_at, body: { door: of, outcome } });
const AT = Date.parse("2026-11-23T02:00:00Z");

test("the top floor comes first, rooms and houses in the order people count them", () => {
  const floors = byFloor([door(1, 1, "101"), door(2, 10, "1010"), door(3, 10, "1002"), door(4, 2, "201")]);
  assert.deepEqual(floors.map(([floor]) => floor), [10, 2, 1]);
  assert.deepEqual(floors[0][1].map((one) => one.room), ["1002", "1010"]);
  const houses = byHouse([{ ...door(1, 1, "1"), building: "10栋" }, { ...door(2, 1, "1"), building: "2栋" }]);
  assert.deepEqual([...houses.keys()], ["2栋", "10栋"]);
});

test("of two knocks at one door the later counts, whoever made it and in whatever order they came", () => {
  const served = door(1, 1, "101", { last_outcome: "met", last_at: new Date(AT + 60000).toISOString() });
  const outcome = (doors, records) => lastOutcomes(doors, records).get(1)?.outcome;
  assert.equal(outcome([served], [knock("a", 1, "no_answer", AT)]), "met");
  assert.equal(outcome([served], [knock("a", 1, "no_answer", AT + 120000)]), "no_answer");
  const both = [knock("b", 1, "let", AT + 9), knock("a", 1, "no_answer", AT)];
  assert.equal(outcome([door(1, 1, "101")], both), "let");
  assert.equal(outcome([door(1, 1, "101")], both.reverse()), "let");
});

test("a door done with in this round is marked so; a knock of today says more", () => {
  const done = door(1, 1, "101", { done: true });
  assert.equal(lastOutcomes([done], []).get(1).outcome, "done");
  assert.equal(lastOutcomes([done], [knock("a", 1, "come_back", AT)]).get(1).outcome, "come_back");
});

test("what the server refused does not stand", () => {
  assert.equal(lastOutcomes([door(1, 1, "101")], [knock("a", 1, "met", AT, "refused")]).size, 0);
});

test("what was kept a moment ago shows at once, and once it is read the record decides", () => {
  const fresh = [knock("a", 1, "met", AT)];
  const doors = [door(1, 1, "101")];
  assert.equal(lastOutcomes(doors, withFresh([], fresh)).get(1).outcome, "met");
  assert.equal(lastOutcomes(doors, withFresh([knock("a", 1, "met", AT, "refused")], fresh)).size, 0);
});

const CAMPAIGN = { id: 3, starts_on: "2026-11-20", done_outcomes: ["met", "refused"], done: [1], back: [2] };
const asked = (id, of, outcome, at) => ({ ...knock(id, of, outcome, at), body: { door: of, outcome, campaign: 3 } });

test("of a campaign only its own knocks count, and a door once done stays done", () => {
  const doors = [door(1, 1, "101"), door(2, 1, "102"), door(3, 1, "103"), door(4, 1, "104")];
  const records = [knock("a", 3, "met", AT), asked("b", 1, "no_answer", AT), asked("c", 2, "met", AT - 9), asked("d", 4, "met", AT), asked("e", 4, "vacant", AT + 9)];
  const last = campaignOutcomes(doors, records, CAMPAIGN);
  assert.deepEqual([1, 2, 3, 4].map((id) => last.get(id)?.outcome), ["done", "met", undefined, "met"]);
  assert.equal(campaignOutcomes(doors, [], CAMPAIGN).get(2).outcome, "tried");
});

test("what today's list knows of a door says more than done or tried", () => {
  const known = door(2, 1, "102", { last_outcome: "come_back", last_at: "2026-11-22T02:00:00Z" });
  assert.equal(campaignOutcomes([known], [], CAMPAIGN).get(2).outcome, "come_back");
  const before = { ...known, last_at: "2026-11-02T02:00:00Z" };
  assert.equal(campaignOutcomes([before], [], CAMPAIGN).get(2).outcome, "tried");
});

test("who was out is tried again at another hour, the longest waiting first, care visits after", () => {
  const at = (text) => new Date(text).getTime();
  assert.equal(anotherHour(at("2026-11-23T10:00:00")), "evening");
  assert.equal(anotherHour(at("2026-11-23T19:00:00")), "weekend");
  assert.equal(anotherHour(at("2026-11-22T10:00:00")), "evening");
  const doors = [
    door(1, 1, "101", { care_mark: "elderly_alone", due: true }),
    door(2, 1, "102"),
    door(3, 1, "103", { last_outcome: "no_answer", last_at: "2026-11-20T02:00:00Z" }),
    door(4, 1, "104", { care_mark: "elderly_alone", due: true }),
  ];
  const last = lastOutcomes(doors, [knock("a", 2, "come_back", AT), knock("b", 4, "met", AT)]);
  assert.deepEqual(comeBack(doors, last).map((one) => [one.door.id, one.care]), [[3, false], [2, false], [1, true]]);
});

test("a care visit that is due is over with the next knock, also one that ends like the last", () => {
  const met = { care_mark: "elderly_alone", due: true, last_outcome: "met", last_at: "2026-10-20T02:00:00Z" };
  const doors = [door(1, 1, "101", met), door(2, 1, "102", met)];
  // The knock of that day is still on the phone, by a clock a few minutes fast; the other was made now.
  const before = { ...knock("a", 1, "met", Date.parse(met.last_at) + 300000) };
  const waiting = comeBack(doors, lastOutcomes(doors, [before, knock("b", 2, "met", AT)]));
  assert.deepEqual(waiting.map((one) => [one.door.id, one.care]), [[1, true]]);
});

test("one press logs only the doors nobody has knocked at", () => {
  const doors = [door(1, 1, "101"), door(2, 1, "102", { done: true }), door(3, 1, "103")];
  const last = lastOutcomes(doors, [knock("a", 3, "met", AT)]);
  assert.deepEqual(untouched(doors, last).map((one) => one.id), [1]);
});

test("which building has doors left is told by building", () => {
  const doors = [door(1, 1, "101"), door(2, 1, "102"), door(3, 1, "101", { building: "2栋" })];
  const last = lastOutcomes(doors, [knock("k", 1, "met", AT), knock("l", 3, "vacant", AT)]);
  assert.deepEqual(housesTried(byHouse(doors), last), [
    { name: "1栋", tried: 1, total: 2 },
    { name: "2栋", tried: 1, total: 1 },
  ]);
});

test("there are as many columns as the fullest floor has doors", () => {
  assert.equal(mostAcross(byFloor([door(1, 1, "101"), door(2, 1, "102"), door(3, 2, "201")])), 2);
  assert.equal(mostAcross([]), 1);
});
