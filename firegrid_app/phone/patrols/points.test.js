// Floors in their order, and every kind of code that a camera may meet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { groups, meaning, openGroup, storeyName, tagIn, within } from "./points.js";

let next = 1;
const point = (name, kind, more = {}) => ({
  id: next++,
  grid: "a",
  name,
  kind,
  building: "",
  unit: "",
  floor: null,
  digest: "",
  closed_on: "",
  ...more,
});
const inside = (name, kind, floor = null, building = "1栋") => point(building + name, kind, { building, floor });

test("a building is drawn from the roof to the cellar", () => {
  const points = [
    inside("地下2层", "basement", -2),
    inside("1单元楼梯间", "stairwell"),
    inside("1单元2层楼梯间", "stairwell", 2),
    inside("楼顶", "roof"),
    inside("地下室", "basement"),
    inside("1单元11层楼梯间", "stairwell", 11),
    inside("2单元2层楼梯间", "stairwell", 2),
    inside("电表间", "meter_room", 1),
  ];
  const [group] = groups(points);
  assert.equal(group.name, "1栋");
  assert.deepEqual(
    group.storeys.map(([at, some]) => [storeyName(at)[0], some.map(within)]),
    [
      ["points.roof", ["楼顶"]],
      ["phone.floor", ["1单元楼梯间"]],
      ["phone.floor", ["1单元楼梯间", "2单元楼梯间"]],
      ["phone.floor", ["电表间"]],
      ["points.ground", ["1单元楼梯间"]],
      ["points.below", ["地下室"]],
      ["points.below", ["1栋地下2层"]],
    ],
  );
});

test("buildings come in the order of their numbers, then premises, then what is outside", () => {
  const points = [
    point("村口车棚", "ebike_shed"),
    point("汪记旅馆", "place"),
    inside("楼顶", "roof", null, "10栋"),
    inside("楼顶", "roof", null, "2栋"),
    point("主要通道", "lane"),
  ];
  const found = groups(points);
  assert.deepEqual(
    found.map((group) => group.name),
    ["2栋", "10栋", "places", "outside"],
  );
  assert.equal(found[3].points.length, 2);
  assert.deepEqual(groups([]), []);
});

test("the group shown open is where one was last, else the first with work left", () => {
  const points = [inside("楼顶", "roof", null, "1栋"), inside("楼顶", "roof", null, "2栋")];
  const found = groups(points);
  assert.equal(openGroup(found, new Map(), undefined), found[0].key);
  assert.equal(openGroup(found, new Map([[points[0].id, "x"]]), undefined), found[1].key);
  assert.equal(openGroup(found, new Map([[points[0].id, "x"]]), points[0].id), found[0].key);
  assert.equal(openGroup([], new Map(), undefined), undefined);
});

test("six hundred points are put in order at once", () => {
  const many = [];
  for (let house = 1; house <= 10; house++)
    for (let floor = 1; floor <= 60; floor++) many.push(inside(`${floor}层`, "stairwell", floor, `${house}栋`));
  const began = performance.now();
  const found = groups(many);
  assert.equal(found.length, 10);
  assert.equal(found[0].storeys.length, 60);
  assert.ok(performance.now() - began < 200);
});

test("a printed code is found in an address of any host, and nowhere else", () => {
  const tag = "AB2CD3EF4G";
  for (const text of [
    `https://grid.example/p/${tag}`,
    `http://192.168.1.2:8317/p/${tag}/`,
    `HTTPS://GRID.EXAMPLE/P/${tag}`,
    `https://grid.example/p/${tag.toLowerCase()}?x=1#y`,
    ` ${tag} `,
  ])
    assert.equal(tagIn(text), tag, text);
  for (const text of [
    "",
    "https://qr.alipay.com/fkx1234567890",
    "wxp://f2f0abcdefghij",
    `https://grid.example/g/${tag}`,
    `https://grid.example/p/${tag}X`,
    `https://grid.example/x/p/${tag}`,
    "https://grid.example/p/0000000000",
    "WIFI:S:home;T:WPA;P:secret;;",
    "javascript:alert(1)",
  ])
    assert.equal(tagIn(text), "", text);
});

test("a code means its point, or says in which way it does not", () => {
  const digest = (tag) => `#${tag}`;
  const here = point("1栋楼顶", "roof", { digest: "#AAAAAAAAA2" });
  const gone = point("旧车棚", "ebike_shed", { digest: "#AAAAAAAAA3", closed_on: "2026-10-01" });
  const there = point("村道", "lane", { digest: "#AAAAAAAAA4", grid: "b" });
  const all = [here, gone, there];
  const is = (text, walked = "a") => meaning(text, all, walked, digest).is;
  assert.equal(meaning("https://x/p/AAAAAAAAA2", all, "a", digest).point, here);
  assert.equal(is("https://x/p/AAAAAAAAA2"), "here");
  assert.equal(is("https://x/p/AAAAAAAAA2", undefined), "here");
  assert.equal(is("https://x/p/AAAAAAAAA3"), "closed");
  assert.equal(is("https://x/p/AAAAAAAAA4"), "other_grid");
  assert.equal(is("https://x/p/AAAAAAAAA4", null), "here");
  assert.equal(is("https://x/p/AAAAAAAAA9"), "unknown");
  assert.equal(is("https://qr.alipay.com/x"), "foreign");
});
