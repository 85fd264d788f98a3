// Sections of the day pack: the phone's side against the case it shares with the server (tests/sync),
// and random histories in which applying changes must give what fetching the whole would give.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applied, isChange, isOfOneDay, merged, tagsOf } from "./packs.js";

const shared = JSON.parse(readFileSync(new URL("../../../tests/sync/pack_case.json", import.meta.url), "utf-8"));
const asSections = (contents) => Object.entries(contents).map(([name, data]) => ({ name, tag: tagOf(name, data), data }));

// Eight letters that follow from name and content, as the server's do.
function tagOf(name, data) {
  let hash = 2166136261;
  for (const char of name + JSON.stringify(data)) hash = Math.imul(hash ^ char.codePointAt(0), 16777619) >>> 0;
  return hash.toString(36).padStart(8, "0");
}

// What the server answers to these tags: sync/sections.py, difference().
function answer(contents, tags) {
  const known = new Set(tags);
  const force = asSections(contents);
  const inForce = new Set(force.map((one) => one.tag));
  return {
    count: force.length,
    gone: [...known].filter((tag) => !inForce.has(tag)),
    changed: Object.fromEntries(force.filter((one) => !known.has(one.tag)).map(({ name, tag, data }) => [name, [tag, data]])),
  };
}

test("the phone makes the same pack of the sections as the server", () => {
  assert.deepEqual(merged(asSections(shared.sections)), shared.pack);
});

test("the order in which sections lie in the store does not matter", () => {
  assert.deepEqual(merged(asSections(shared.sections).reverse()), shared.pack);
});

test("a grid without doors, places, points and hazards is a grid all the same", () => {
  const { me, day, lists, "grid:1112": grid } = shared.sections;
  const pack = merged(asSections({ me, day, lists, "grid:1112": grid }));
  assert.deepEqual([pack.grids.length, pack.doors, pack.hazards, pack.doors_waiting], [1, [], [], 0]);
});

test("without its list a door is there and says nothing of its household", () => {
  const kept = asSections(shared.sections).filter((one) => !isOfOneDay(one.name));
  const { doors, doors_waiting } = merged(kept);
  assert.equal(doors.length, shared.pack.doors.length);
  assert.equal(doors_waiting, 0);
  for (const door of doors) {
    assert.deepEqual([door.care_mark, door.last_outcome, door.last_at, door.due, door.done], ["", "", "", false, false]);
  }
});

test("a number of sections that does not fit means: fetch all of it", () => {
  const sections = asSections(shared.sections);
  const change = answer(shared.sections, tagsOf(sections));
  assert.equal(applied(sections.slice(1), tagsOf(sections), change), null);
  assert.equal(applied(sections, tagsOf(sections), { ...change, count: 3 }), null);
});

test("only an answer of the right shape is a change", () => {
  const good = answer(shared.sections, []);
  assert.ok(isChange(good));
  assert.ok(isChange({ count: 0, gone: [], changed: {} }));
  for (const bad of [null, {}, "<html>", shared.pack, { ...good, gone: "all" }, { ...good, count: "3" },
    { ...good, changed: null }, { ...good, changed: { me: ["short", {}] } }, { ...good, changed: { me: ["aaaaaaaa"] } }]) {
    assert.ok(!isChange(bad), JSON.stringify(bad)?.slice(0, 60));
  }
});

// A small generator of our own, so that a failure can be run again by its seed.
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// Grids come, go, are renamed and redrawn; doors, points and lists change with the day.
function changeSomething(contents, draw) {
  const next = structuredClone(contents);
  const code = `5${draw(8)}`;
  const kind = ["grid", "places", "check_points", "doors", "list", "hazards", "day", "me"][draw(8)];
  if (kind === "day") next.day = { ...next.day, minutes: draw(200) };
  else if (kind === "me") next.me = { ...next.me, can_lead: draw(2) === 1 };
  else if (kind === "grid" && draw(3) === 0) {
    for (const name of Object.keys(next)) if (name.endsWith(`:${code}`)) delete next[name];
  } else if (kind === "grid") {
    next[`grid:${code}`] = { code, name: `格${draw(5)}`, level: 2 + draw(2), path: `1/${draw(3)}/${code}/`, parent_name: "", outline: null, supervision_phone: "" };
  } else if (draw(4) === 0) delete next[`${kind}:${code}`];
  else if (kind === "list") {
    next[`list:${code}`] = { doors: { columns: ["id", "care_mark"], rows: [[draw(6), "elderly_alone"]] }, done: [draw(6)], more: draw(3) };
  } else if (kind === "hazards") {
    next[`hazards:${code}`] = { columns: ["id", "due_on", "happened_at"], rows: [[`h${draw(99)}`, `2026-11-${10 + draw(9)}`, "x"]] };
  } else {
    const rows = Array.from({ length: draw(4) + 1 }, (_, id) => [id, `${kind}${draw(9)}`]);
    next[`${kind}:${code}`] = { columns: ["id", "name"], rows };
  }
  return next;
}

function live(seed) {
  const draw = chance(seed);
  const { me, day, lists } = shared.sections;
  let contents = { me, day, lists };
  let phone = [];
  for (let step = 0; step < 30; step += 1) {
    const times = draw(4);
    for (let more = 0; more < times; more += 1) contents = changeSomething(contents, draw);
    if (draw(6) === 0) phone = phone.filter((one) => !isOfOneDay(one.name)); // a day was over
    if (draw(9) === 0) continue; // no network today
    // Now and then the phone names too few of its tags, or one that nobody ever gave.
    let sent = tagsOf(phone);
    if (draw(5) === 0) sent = sent.slice(0, draw(sent.length + 1));
    if (draw(7) === 0) sent = [...sent, "zzzzzzzz"];
    phone = applied(phone, sent, answer(contents, sent));
    assert.ok(phone, `seed ${seed}: the count fits`);
    assert.deepEqual(merged(phone), merged(asSections(contents)), `seed ${seed}`);
    const again = answer(contents, tagsOf(phone));
    assert.deepEqual([again.gone, again.changed], [[], {}], `seed ${seed}: nothing twice`);
  }
}

test("200 random histories: applied changes make what the whole would be", () => {
  for (let seed = 1; seed <= 200; seed += 1) live(seed);
});

test("each street's own letter stands under its street", () => {
  const sections = [
    { name: "letters:2", tag: "b", data: { letter: { id: 8, words: {} } } },
    { name: "letters:1", tag: "a", data: { letter: { id: 7, words: {} } } },
  ];
  assert.deepEqual(merged(sections).own_letters, [{ id: 7, words: {}, street: "1" }, { id: 8, words: {}, street: "2" }]);
  assert.equal(merged([]).own_letters, undefined);
});
