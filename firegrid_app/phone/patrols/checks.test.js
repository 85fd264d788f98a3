// What is looked at where, and what a filled checklist says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrival, cameTo, filled, hazardOf, inWords, itemsAt, listAt } from "./checks.js";

const list = {
  items: [
    { code: "stairs_clear", category: "combustible_pile", at: ["stairwell"] },
    { code: "roof_clear", category: "combustible_pile", at: ["roof"] },
    { code: "board", category: "other", at: [] },
  ],
};
const point = { id: 7, grid: "a", name: "1栋1单元3层楼梯间", kind: "stairwell", place: null, checklist: "residence" };
const codes = (items) => items.map((item) => item.code);

test("a stairwell asks for what is in a stairwell, a point of no kind for all", () => {
  assert.deepEqual(codes(itemsAt(list, "stairwell")), ["stairs_clear", "board"]);
  assert.deepEqual(codes(itemsAt(list, "other")), ["stairs_clear", "roof_clear", "board"]);
  assert.deepEqual(itemsAt(undefined, "roof"), []);
});

test("a tap in the list is an arrival, all fine, with nothing scanned and no list", () => {
  const body = arrival("w", point);
  assert.equal(body.check_point, 7);
  assert.equal(body.all_fine, true);
  assert.deepEqual([body.tag, body.checklist, body.faults], ["", "", []]);
});

test("a fault begins a hazard with category, grade, place and words", () => {
  const categories = [{ code: "combustible_pile", severity: "minor", urgent: false }];
  const draft = hazardOf(list.items[0], { ...point, place: 4 }, categories, "楼梯没有堆物：不符合", "h");
  assert.deepEqual(
    [draft.id, draft.grid, draft.category, draft.severity, draft.where, draft.place, draft.words],
    ["h", "a", "combustible_pile", "minor", "1栋1单元3层楼梯间", 4, "楼梯没有堆物：不符合"],
  );
  // A category this pack does not know is left to the person.
  assert.deepEqual([hazardOf(list.items[2], point, categories, "", "h").category], [""]);
});

test("a filled list names its faults, the hazards kept for them, and what does not apply", () => {
  const draft = { faults: { stairs_clear: "kept", board: "left" }, not_applicable: ["roof_clear", "board"] };
  const body = filled("w", point, "AAAAAAAAA2", draft, new Set(["kept"]));
  assert.deepEqual(body.faults, [
    { item: "stairs_clear", hazard: "kept" },
    { item: "board", hazard: null },
  ]);
  assert.deepEqual(body.not_applicable, ["roof_clear"]);
  assert.deepEqual([body.all_fine, body.tag, body.checklist], [false, "AAAAAAAAA2", "residence"]);
});

test("a list without faults is all fine", () => {
  const body = filled("w", point, "", { faults: {}, not_applicable: ["board"] }, new Set());
  assert.equal(body.all_fine, true);
  assert.deepEqual(body.not_applicable, ["board"]);
});

test("words are said in the chosen language, else in Chinese", () => {
  const item = { zh_CN: "走道畅通", en: "Corridor free", ko: "" };
  assert.equal(inWords(item, "en"), "Corridor free");
  assert.equal(inWords(item, "ko"), "走道畅通");
  assert.equal(inWords({ zh_CN: "走道畅通" }, "ko"), "走道畅通", "a pack of an older server");
});

test("a street's own list goes before the one that came with the app, in its grids alone", () => {
  const shipped = { residence: list };
  const own = { name: {}, items: [] };
  const day = {
    grids: [{ code: "a", path: "county/street/a/" }, { code: "b", path: "county/other/b/" }],
    checklists: { street: { residence: own } },
  };
  assert.equal(listAt(day, point, shipped), own);
  assert.equal(listAt(day, { ...point, grid: "b" }, shipped), list);
  assert.equal(listAt(day, { ...point, checklist: "lane" }, { lane: list }), list);
  assert.equal(listAt({ grids: day.grids }, point, shipped), list, "a pack of an older server has none");
  assert.equal(listAt(day, { ...point, checklist: "" }, shipped), undefined);
});

test("premises are checked by a tap, elsewhere no call is named", () => {
  assert.equal(arrival("w", point).call, "");
  assert.equal(arrival("w", { ...point, place: 4 }).call, "checked");
  assert.equal(arrival("w", { ...point, place: 4 }, { call: "locked" }).call, "locked");
});

test("a walk goes on where another phone was, and where this one is", () => {
  const walk = { id: "w", arrivals: [[7, 1000, ""], [8, 2000, "locked"], [9, 3000, "locked"]] };
  const own = (check_point, happened_at, call = "", more = {}) => ({
    kind: "patrol.arrive",
    state: "sent",
    happened_at,
    body: { patrol: "w", check_point, call },
    ...more,
  });
  const { arrived, tried, last } = cameTo(walk, [
    own(9, 5000, "checked"),
    own(7, 1000),
    own(10, 4000, "", { state: "refused" }),
    own(11, 4000, "", { body: { patrol: "another", check_point: 11 } }),
    own(null, 6000),
  ]);
  assert.deepEqual([...arrived], [[7, 1000], [9, 5000]]);
  assert.deepEqual(tried.get(8), { call: "locked", at: 2000 });
  assert.equal(last, 9, "elsewhere is no point of the list");
});
