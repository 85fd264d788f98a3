import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureOf } from "./gridmap.js";
import { addressesOf, changesOf, drawn, squareOf, tilesBelow, tilesToKeep, worldOf } from "./tiles.js";

const grid = (lon, lat, side = 0.002) => ({
  code: `${lon} ${lat}`,
  name: "格",
  outline: {
    type: "Polygon",
    coordinates: [[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]],
  },
});
const base = { urls: ["https://t{s}.cn/{z}/{x}/{y}"], servers: "0123", datum: "wgs84", max_zoom: 18 };
const keys = (tiles) => tiles.map(({ key }) => key);

test("the world's square is that of every map server", () => {
  const [x, y] = worldOf(105.9272, 29.3561);
  // Where Yongchuan lies.
  assert.deepEqual([Math.floor(x * 4096), Math.floor(y * 4096)], [3253, 1698]);
});

test("a place lies on the tile below it, wherever the picture begins", () => {
  const picture = pictureOf([grid(105.926, 29.355)], []);
  const [x, y] = picture.at(29.3561, 105.9272);
  const [tile] = tilesBelow({ x: x - 1, y: y - 1, side: 20 }, picture, base);
  assert.equal(tile.z, 18);
  const square = squareOf(tile, picture);
  assert.ok(square.x <= x && x <= square.x + square.side && square.y <= y && y <= square.y + square.side);
  const [wx, wy] = worldOf(105.9272, 29.3561);
  assert.ok(Math.abs((x - square.x) / square.side - (wx * 2 ** 18 - tile.x)) < 1e-6);
  assert.ok(Math.abs((y - square.y) / square.side - (wy * 2 ** 18 - tile.y)) < 1e-6);
});

test("on a shifted map the grid moves and its tiles with it", () => {
  const east = (lon, lat) => [lon + 0.0034, lat - 0.003];
  const picture = pictureOf([grid(105.926, 29.355)], [], east);
  assert.ok(Math.abs(pictureOf([grid(105.926, 29.355)], []).at(29.356, 105.927)[0] - picture.at(29.356, 105.927)[0]) < 0.01);
  const shifted = tilesBelow({ x: 0, y: 0, side: picture.side }, picture, base);
  const plain = pictureOf([grid(105.9294, 29.352)], []);
  assert.deepEqual(keys(shifted), keys(tilesBelow({ x: 0, y: 0, side: plain.side }, plain, base)));
});

test("a view asks for few tiles at any nearness, and for none finer than there are", () => {
  const picture = pictureOf([grid(105.926, 29.355, 0.02)], []);
  for (const side of [picture.side, 900, 300, 20]) {
    const tiles = tilesBelow({ x: 0, y: 0, side }, picture, base);
    assert.ok(tiles.length <= 16 && tiles[0].z <= 18, `${side}: ${tiles.length}`);
  }
});

test("one grid is kept down to the last zoom, a whole town only as far as there is room", () => {
  const kept = (grids, most) => tilesToKeep(pictureOf(grids, []), grids.map((one) => pictureOf([one], [])), base, most);
  const one = kept([grid(105.926, 29.355)]);
  assert.ok(one.length < 60 && one.at(-1).z === 18);
  const town = Array.from({ length: 400 }, (_, at) => grid(105.9 + (at % 20) * 0.002, 29.3 + Math.floor(at / 20) * 0.002));
  const some = kept(town);
  assert.ok(some.length <= 240 && some[0].z < 15 && some.at(-1).z < 18);
  assert.ok(kept(town, 5).length <= 5);
});

test("without a line a tile that is not kept is stood in for by a coarser one", () => {
  const tiles = [{ z: 3, x: 4, y: 6, key: "3/4/6" }, { z: 3, x: 5, y: 6, key: "3/5/6" }, { z: 3, x: 0, y: 0, key: "3/0/0" }];
  const held = new Set(["3/4/6", "2/2/3"]);
  assert.deepEqual(drawn(tiles, held, false).map(({ key, kept }) => [key, kept]), [["2/2/3", true], ["3/4/6", true]]);
  const online = drawn(tiles, held, true).map(({ key, kept }) => [key, kept]);
  assert.deepEqual(online, [["2/2/3", true], ["3/4/6", true], ["3/5/6", false], ["3/0/0", false]]);
});

test("the missing come first, then what is a month old; what is no longer of one's grids leaves", () => {
  const day = 24 * 3600 * 1000;
  const tiles = { "1/0/0": { at: 100 * day, bytes: 5 }, "1/0/1": { at: 60 * day, bytes: 5 }, "1/1/1": { at: 100 * day, bytes: 5 } };
  const changes = changesOf([{ key: "1/0/0" }, { key: "1/0/1" }, { key: "1/1/0" }], tiles, 101 * day);
  assert.deepEqual([keys(changes.fetch), changes.drop], [["1/1/0", "1/0/1"], ["1/1/1"]]);
});

test("servers take turns, and a tile has one address", () => {
  assert.deepEqual(addressesOf(base, { z: 3, x: 2, y: 1 }), ["https://t3.cn/3/2/1"]);
  assert.deepEqual(addressesOf({ urls: ["/a/{z}/{x}/{y}"], servers: "" }, { z: 3, x: 2, y: 1 }), ["/a/3/2/1"]);
});
