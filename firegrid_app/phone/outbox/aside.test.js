import assert from "node:assert/strict";
import { test } from "node:test";
import { dropPhoto, giveUp, noteTold, sendAsNew, takeBack, trustServer, untold } from "./aside.js";
import { leavesAt } from "../keeping/fate.js";

const DAY = 24 * 3600 * 1000;
const HAZARD = {
  id: "h",
  seq: 4,
  owner: 1,
  kind: "hazard.report",
  state: "refused",
  code: "sync.conflict",
  message: "words",
  body: { grid: "g", photos: [{ id: "p", sha256: "1" }, { id: "q", sha256: "2" }] },
};
const PHOTOS = [
  { id: "p", item: "h", sha256: "1", state: "waiting", blob: "bytes of p" },
  { id: "q", item: "h", sha256: "2", state: "waiting", blob: "bytes of q" },
];
const START = { id: "s", seq: 1, owner: 1, kind: "patrol.start", state: "refused", code: "access.outside_grid", message: "no", body: { grid: "g" } };
const stuck = (id, change = {}) => ({ id, kind: "patrol.arrive", state: "refused", code: "patrols.unknown", message: "?", body: { patrol: "s" }, ...change });

test("the server's version holds: ours is put aside whole, the photos it awaits still go", () => {
  const known = { body: { photos: [{ id: "p", sha256: "1" }, { id: "q", sha256: "other" }] } };
  const { put, photos, drop } = trustServer(HAZARD, PHOTOS, known, 9);
  assert.equal(put.length, 1);
  assert.equal(put[0].state, "aside");
  assert.deepEqual(put[0].body, HAZARD.body);
  assert.deepEqual([put[0].aside.how, put[0].aside.at, put[0].aside.code], ["server", 9, "sync.conflict"]);
  assert.deepEqual(photos.map((one) => one.state), ["waiting", "aside"]);
  assert.deepEqual(photos.map((one) => one.blob), ["bytes of p", "bytes of q"], "no bytes are lost");
  assert.equal(drop, undefined);
});

test("mine as a new record: new ids for it and its photos, the bytes go along", () => {
  const { put, photos, drop } = sendAsNew(HAZARD, PHOTOS, [HAZARD], ["H", "P", "Q"], 9);
  const [old, fresh] = put;
  assert.deepEqual([old.id, old.state, old.aside.how, old.aside.as], ["h", "aside", "new", "H"]);
  assert.deepEqual([fresh.id, fresh.state, fresh.seq, fresh.code], ["H", "waiting", undefined, ""]);
  assert.deepEqual(fresh.body.photos, [{ id: "P", sha256: "1" }, { id: "Q", sha256: "2" }]);
  assert.deepEqual(photos.map((one) => [one.id, one.item, one.state, one.blob]), [["P", "H", "waiting", "bytes of p"], ["Q", "H", "waiting", "bytes of q"]]);
  assert.deepEqual(drop, ["p", "q"]);
});

test("a photo the server has already does not go under another id: its bytes are not here", () => {
  const gone = [{ ...PHOTOS[0], state: "sent", blob: null }, PHOTOS[1]];
  const { put, photos, drop } = sendAsNew(HAZARD, gone, [HAZARD], ["H", "Q"], 9);
  assert.deepEqual(put[1].body.photos, [{ id: "Q", sha256: "2" }]);
  assert.deepEqual([photos.map((one) => one.id), drop], [["Q"], ["q"]]);
});

test("a start sent as new takes what has not arrived of its walk along, and nothing else", () => {
  const own = [
    START,
    stuck("a"),
    stuck("b", { state: "waiting", code: "" }),
    stuck("c", { state: "sent", code: "" }),
    stuck("d", { body: { patrol: "other" } }),
    stuck("e", { code: "patrols.unknown_check_point" }),
  ];
  const { put } = sendAsNew({ ...START, code: "sync.conflict" }, [], own, ["S"], 9);
  const moved = Object.fromEntries(put.slice(2).map((one) => [one.id, [one.body.patrol, one.state]]));
  assert.deepEqual(moved, { a: ["S", "waiting"], b: ["S", "waiting"], e: ["S", "refused"] });
});

test("giving up needs a reason, and takes along what cannot go without the start", () => {
  const own = [START, stuck("a"), stuck("b", { code: "patrols.other_grid" })];
  assert.equal(giveUp(START, [], own, "  ", 9), null);
  const { put } = giveUp(START, [], own, " 记错了 ", 9);
  assert.deepEqual(put.map((one) => [one.id, one.state, one.aside.how, one.aside.reason]), [
    ["s", "aside", "given_up", "记错了"],
    ["a", "aside", "with", "记错了"],
  ]);
});

test("taken back, all stands as it stood", () => {
  const own = [START, stuck("a"), stuck("b", { code: "patrols.other_grid" })];
  const { put } = giveUp(START, [], own, "why", 9);
  const after = own.map((one) => put.find((changed) => changed.id === one.id) ?? one);
  assert.deepEqual(takeBack(after[0], [], after).put, [START, own[1]]);
  const gone = giveUp(HAZARD, PHOTOS, [HAZARD], "why", 9);
  const back = takeBack(gone.put[0], gone.photos, gone.put);
  assert.deepEqual(back.put, [HAZARD]);
  assert.deepEqual(back.photos, PHOTOS);
});

test("what was sent as new is not taken back: it would be there twice", () => {
  const { put } = sendAsNew(HAZARD, PHOTOS, [HAZARD], ["H", "P", "Q"], 9);
  assert.equal(takeBack(put[0], [], put), null);
});

test("only what the server has refused can be decided about", () => {
  for (const state of ["waiting", "sent", "aside"]) {
    const one = { ...HAZARD, state };
    assert.equal(trustServer(one, PHOTOS, { body: {} }, 9), null);
    assert.equal(sendAsNew(one, PHOTOS, [one], ["H", "P", "Q"], 9), null);
    assert.equal(giveUp(one, PHOTOS, [one], "why", 9), null);
  }
  assert.equal(trustServer(undefined, [], { body: {} }, 9), null);
});

test("what nobody else has stays until it is in a file; the rest goes after thirty days", () => {
  const given = giveUp(HAZARD, PHOTOS, [HAZARD], "why", 9).put[0];
  assert.equal(leavesAt(given), null);
  assert.equal(leavesAt({ ...given, exported: 20 }), 20 + 30 * DAY);
  assert.equal(leavesAt({ ...given, exported: 5 }), 9 + 30 * DAY);
  assert.equal(leavesAt(trustServer(HAZARD, PHOTOS, { body: {} }, 9).put[0]), 9 + 30 * DAY);
  assert.equal(leavesAt(HAZARD), null);
});

test("only a refused photo can be taken out of its record", () => {
  assert.equal(dropPhoto({ state: "refused", blob: "b" }).state, "aside");
  assert.equal(dropPhoto({ state: "waiting" }).state, "waiting");
});

const standing = (id, state, aside) => ({ id, owner: 7, state, body: {}, ...(aside ? { aside } : {}) });

test("what was put aside is told once, and nothing else", () => {
  const some = [
    standing("a", "aside", { how: "given_up" }),
    standing("b", "aside", { how: "server", told: true }),
    standing("c", "refused"),
    standing("d", "waiting"),
  ];
  assert.deepEqual(untold(some), ["a"]);
});

test("being told changes nothing else of it", () => {
  const given = standing("a", "aside", { how: "given_up", reason: "记错了", at: 5, code: "grids.unknown" });
  const { put } = noteTold(given);
  assert.deepEqual(put, [{ ...given, aside: { ...given.aside, told: true } }]);
  assert.deepEqual(untold(put), []);
});

test("taken back before the answer came, it stays as it is", () => {
  assert.equal(noteTold(standing("a", "refused")), null);
});
