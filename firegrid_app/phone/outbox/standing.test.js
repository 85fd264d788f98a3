import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, standingOf } from "./standing.js";

const record = (id, seq, change = {}) => ({ id, seq, kind: "shout.log", state: "waiting", body: {}, ...change });
const ids = (group) => group.map((one) => one.id);

test("a record stands where it or one of its photos needs most", () => {
  const photo = (state) => ({ state });
  assert.equal(standingOf({ state: "sent" }, []), "sent");
  assert.equal(standingOf({ state: "sent" }, [photo("sent"), photo("waiting")]), "waiting");
  assert.equal(standingOf({ state: "sent" }, [photo("waiting"), photo("refused")]), "person");
  assert.equal(standingOf({ state: "sent" }, [photo("aside")]), "sent");
  assert.equal(standingOf({ state: "refused" }, []), "person");
  assert.equal(standingOf({ state: "aside" }, [photo("waiting")]), "aside");
});

test("what hangs on a refused start stands under it, whatever else is refused by itself", () => {
  const lacks = { kind: "patrol.arrive", state: "refused", code: "patrols.unknown", body: { patrol: "s" } };
  const groups = arrange(
    [
      record("s", 1, { kind: "patrol.start", state: "refused", code: "access.outside_grid" }),
      record("a", 2, lacks),
      record("b", 3, { ...lacks, code: "patrols.unknown_check_point" }),
      record("c", 4, { ...lacks, body: { patrol: "elsewhere" } }),
    ],
    new Map(),
  );
  assert.deepEqual(ids(groups.person), ["s", "b", "c"]);
  assert.deepEqual(ids(groups.person[0].stuck), ["a"]);
});

test("what hangs on a start that still waits stands under it too", () => {
  const groups = arrange(
    [
      record("s", 1, { kind: "patrol.start" }),
      record("a", 2, { kind: "patrol.end", state: "refused", code: "patrols.unknown", body: { patrol: "s" } }),
    ],
    new Map(),
  );
  assert.deepEqual([ids(groups.person), ids(groups.waiting), ids(groups.waiting[0].stuck)], [[], ["s"], ["a"]]);
});

test("a start put aside hides nothing that still needs the person", () => {
  const groups = arrange(
    [
      record("s", 1, { kind: "patrol.start", state: "aside", aside: { how: "server" } }),
      record("a", 2, { kind: "patrol.end", state: "refused", code: "patrols.unknown", body: { patrol: "s" } }),
    ],
    new Map(),
  );
  assert.deepEqual([ids(groups.person), ids(groups.aside)], [["a"], ["s"]]);
});

test("no record is left out and none stands twice", () => {
  const states = ["waiting", "refused", "sent", "aside"];
  const records = Array.from({ length: 40 }, (_, seq) =>
    record(`r${seq}`, seq, { state: states[seq % 4], code: seq % 3 ? "patrols.unknown" : "x", body: { patrol: `r${(seq * 7) % 40}` }, kind: seq % 5 ? "patrol.end" : "patrol.start" }),
  );
  const groups = arrange(records, new Map());
  const shown = Object.values(groups).flat().flatMap((one) => [one.id, ...one.stuck.map((under) => under.id)]);
  const hidden = records.filter((one) => !shown.includes(one.id));
  assert.deepEqual(hidden, []);
});
