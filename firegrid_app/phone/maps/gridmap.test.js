import assert from "node:assert/strict";
import { test } from "node:test";
import { centred, listed, pictureOf, spotsIn, within, zoomed } from "./gridmap.js";

const square = (lon, lat, side) => ({
  type: "Polygon",
  coordinates: [[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]],
});
const grids = [{ code: "a", name: "一格", outline: square(105.9, 29.35, 0.002) }];
const day = {
  places: [
    { id: 1, grid: "a", name: "旅馆", lat: 29.351, lon: 105.901, colour: "red", due: true },
    { id: 2, grid: "a", name: "面馆", lat: null, lon: null, colour: "grey", due: false },
    { id: 3, grid: "b", name: "别格的", lat: 29.351, lon: 105.905, colour: "green", due: false },
  ],
  check_points: [
    { id: 1, grid: "a", name: "1栋一层", building: "1栋", place: null, closed_on: "", lat: 29.3515, lon: 105.9015 },
    { id: 2, grid: "a", name: "1栋二层", building: "1栋", place: null, closed_on: "", lat: 29.3515, lon: 105.9015 },
    { id: 3, grid: "a", name: "撤了", building: "", place: null, closed_on: "2026-01-01", lat: 29.3515, lon: 105.9 },
    { id: 4, grid: "a", name: "旅馆的点", building: "", place: 1, closed_on: "", lat: 29.351, lon: 105.901 },
  ],
  equipment: [{ id: 1, grid: "a", kind: "hydrant", name: "栓", place: 1, lat: null, lon: null, due: true }],
};
const hazards = [
  { id: "x", grid: "a", where_words: "二楼", category: "other", status: "open", due_on: "2026-11-20", lat: null, lon: null, place_id: 1 },
  { id: "y", grid: "a", where_words: "", words: "楼道", category: "other", status: "corrected", due_on: "2026-11-20", lat: 29.3511, lon: 105.9001, place_id: null },
];
const spots = spotsIn(day, hazards, ["a"], "2026-11-22");
const named = (name) => spots.find((one) => one.name === name);

test("what is in one's grid is on it, what is in another's is not", () => {
  assert.deepEqual(spots.map((one) => one.name), ["旅馆", "面馆", "1栋", "栓", "二楼", "楼道"]);
});

test("floors at one spot are one point, closed ones and those of premises none", () => {
  assert.equal(named("1栋").count, 2);
  assert.equal(spots.filter((one) => one.layer === "points").length, 1);
});

test("equipment and hazards without a place of their own stand at their premises", () => {
  for (const name of ["栓", "二楼"]) assert.deepEqual([named(name).lat, named(name).lon], [29.351, 105.901]);
  assert.equal(named("面馆").lat, null);
});

test("what was put right is not late any more", () => {
  assert.equal(named("二楼").tone, "late");
  assert.equal(named("楼道").tone, "open");
});

test("a pack of an older server has neither equipment nor places of points", () => {
  const old = { ...day, equipment: undefined, check_points: day.check_points.map(({ lat, lon, ...one }) => one) };
  const found = spotsIn(old, [], ["a"], "2026-11-22");
  assert.equal(found.filter((one) => one.layer === "points").every((one) => one.lat === null), true);
});

test("a tap on the picture is a place again, also on a shifted map", () => {
  const east = (lon, lat) => [lon + 0.004, lat - 0.002];
  const west = (lon, lat) => [lon - 0.004, lat + 0.002];
  for (const picture of [pictureOf(grids, spots), pictureOf(grids, spots, east, west)]) {
    const { lat, lon } = picture.placeAt(...picture.at(29.3507, 105.9013));
    assert.ok(Math.abs(lat - 29.3507) < 1e-9 && Math.abs(lon - 105.9013) < 1e-9);
  }
});

test("north is up, east is right, and all of the grid is in the picture", () => {
  const picture = pictureOf(grids, spots);
  const [x, y] = picture.at(29.351, 105.901);
  assert.ok(Math.abs(x - picture.side / 2) < 0.01 && Math.abs(y - picture.side / 2) < 0.01);
  assert.ok(picture.at(29.352, 105.901)[1] < y && picture.at(29.351, 105.902)[0] > x);
  assert.ok(picture.side > 222 && picture.side < 265);
  assert.match(picture.paths[0].path, /^M.*Z$/);
});

test("without an outline the spots make the picture, without either there is none", () => {
  assert.ok(pictureOf([{ code: "a", outline: null }], spots).side >= 60);
  assert.equal(pictureOf([{ code: "a", outline: null }], []), null);
});

test("a view neither leaves the picture nor comes too close", () => {
  const picture = { side: 200 };
  assert.deepEqual(within({ x: -50, y: 190, side: 100 }, picture), { x: 0, y: 100, side: 100 });
  assert.deepEqual(within({ x: 3, y: 3, side: 900 }, picture), { x: 0, y: 0, side: 200 });
  assert.equal(within({ x: 0, y: 0, side: 1 }, picture).side, 20);
  assert.deepEqual(zoomed({ x: 0, y: 0, side: 200 }, 2, [100, 100], picture), { x: 50, y: 50, side: 100 });
  assert.deepEqual(centred({ x: 0, y: 0, side: 100 }, [150, 20], picture), { x: 100, y: 0, side: 100 });
});

test("the list begins with what is near, or with what is due", () => {
  assert.equal(listed(spots, { lat: 29.3515, lon: 105.9015 })[0].name, "1栋");
  assert.equal(listed(spots, null)[0].due, true);
});
