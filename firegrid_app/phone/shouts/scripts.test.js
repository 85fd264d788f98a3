// Which script comes first where.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scriptsFor } from "./scripts.js";

const own = (code, more = {}) => ({ code, title: code, words: code, season: "all_year", kinds: [], street: "s", ...more });
const day = {
  grids: [{ code: "a", path: "county/s/a/" }, { code: "b", path: "county/other/b/" }],
  scripts: ["gas_power", "ebike", "nine_small"],
  own_scripts: [
    own("own_1", { season: "other" }),
    own("own_2"),
    own("own_3", { season: "now" }),
    own("own_4", { kinds: ["hotel"] }),
  ],
};
const codes = (grid, place) => scriptsFor(day, grid, place).map((one) => one.code);

test("the season's own come first, then the street's, then the shipped, those of another season last", () => {
  assert.deepEqual(codes("a"), ["own_3", "own_2", "own_4", "gas_power", "ebike", "nine_small", "own_1"]);
});

test("at premises those for their kind come first", () => {
  assert.deepEqual(codes("a", { kind: "hotel" }).slice(0, 3), ["own_4", "nine_small", "own_3"]);
  assert.deepEqual(codes("a", { kind: "school" }).slice(0, 2), ["nine_small", "own_3"]);
});

test("another street's scripts are not called out here, and a pack without any has the shipped ones", () => {
  assert.deepEqual(codes("b"), ["gas_power", "ebike", "nine_small"]);
  assert.deepEqual(scriptsFor({ ...day, own_scripts: undefined }, "a").map((one) => one.code), day.scripts);
});
