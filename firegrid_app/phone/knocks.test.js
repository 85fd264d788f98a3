// The building as it stands, and whose knock counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byFloor, byHouse, lastOutcomes, untouched, withFresh } from "./knocks.js";

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
  const last = lastOutcomes([door(1, 1, "101")], []);
  const fresh = [{ id: "a", door: 1, outcome: "met", at: AT }];
  assert.equal(withFresh(last, fresh, []).get(1).outcome, "met");
  assert.equal(withFresh(last, fresh, [knock("a", 1, "met", AT, "refused")]).get(1), undefined);
});

test("one press logs only the doors nobody has knocked at", () => {
  const doors = [door(1, 1, "101"), door(2, 1, "102", { done: true }), door(3, 1, "103")];
  const last = lastOutcomes(doors, [knock("a", 3, "met", AT)]);
  assert.deepEqual(untouched(doors, last).map((one) => one.id), [1]);
});
