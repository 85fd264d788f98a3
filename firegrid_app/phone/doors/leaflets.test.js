// What a phone has of leaflets, and how they are counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { givenSoFar, isCounted, isUntouched, leafletOf, oneMore, wantedPictures } from "./leaflets.js";

const DAY = { leaflets: [{ campaign: 3, sha256: "aa" }, { campaign: 4, sha256: "aa" }, { campaign: 5, sha256: "bb" }] };

test("a leaflet is words, a picture, or both; a pack from before has none", () => {
  assert.deepEqual(leafletOf(DAY, { id: 3, leaflet: "清楼道" }), { words: "清楼道", picture: "aa" });
  assert.deepEqual(leafletOf({}, { id: 3, leaflet: "清楼道" }), { words: "清楼道", picture: "" });
  assert.deepEqual(leafletOf(DAY, { id: 5 }), { words: "", picture: "bb" });
  assert.equal(leafletOf(DAY, { id: 6, leaflet: "" }), null);
  assert.equal(leafletOf({}, { id: 3 }), null);
});

test("each picture is fetched once, and goes when no campaign names it any more", () => {
  const { fetch, drop } = wantedPictures(DAY, [{ id: "bb" }, { id: "gone" }]);
  assert.deepEqual(fetch.map(({ id, sha256 }) => [id, sha256]), [["aa", "aa"]]);
  assert.deepEqual(drop, ["gone"]);
  assert.deepEqual(wantedPictures({}, [{ id: "bb" }]), { fetch: [], drop: ["bb"] });
});

test("one tap counts one more, where a campaign counts leaflets", () => {
  const asked = [{ code: "gas", kind: "single" }, { code: "leaflets", kind: "number" }];
  assert.equal(isCounted(asked), true);
  assert.equal(isCounted(asked.slice(0, 1)), false);
  assert.deepEqual(oneMore({ gas: "fine" }), { gas: "fine", leaflets: "1" });
  assert.deepEqual(oneMore(oneMore({})), { leaflets: "2" });
  assert.equal(givenSoFar({ leaflets: "many" }), 0);
});

test("with a leaflet handed over all may still be fine in one tap", () => {
  assert.equal(isUntouched({}), true);
  assert.equal(isUntouched({ leaflets: "1" }), true);
  assert.equal(isUntouched({ leaflets: "1", gas: "fine" }), false);
});
