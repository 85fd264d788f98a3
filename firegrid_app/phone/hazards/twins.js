// Which hazards known on this phone may be the one being reported. Pure; the server asks the same
// (hazards/rules/twins.py), tests/hazards/twins.json keeps both.
import { metres } from "../frame/place.js";

const NEAR_METRES = 50;
const SPAN = 12 * 7 * 24 * 3600 * 1000;
const DIGITS = "零一二三四五六七八九十";
const FLOOR = /(负|地下|b|-)?\s*(\d+|[一二三四五六七八九十]+)\s*(?:层|楼|f(?![a-z]))/;
const HOUSE = /(\d+|[a-z])\s*(?:栋|幢|座|号楼)/;

const folded = (words) => words.normalize("NFKC").toLowerCase().trim().split(/\s+/).join(" ");

export function floorOf(where) {
  const found = FLOOR.exec(folded(where));
  return found ? `${found[1] ? "-" : ""}${number(found[2])}` : "";
}

export const houseOf = (where) => HOUSE.exec(folded(where))?.[1] ?? "";

function number(text) {
  if (/^\d+$/.test(text)) return Number(text);
  const at = text.indexOf("十");
  if (at < 0) return DIGITS.indexOf(text.at(-1));
  const tens = text.slice(0, at);
  const ones = text.slice(at + 1);
  return (tens ? DIGITS.indexOf(tens.at(-1)) : 1) * 10 + (ones ? DIGITS.indexOf(ones.at(-1)) : 0);
}

// Two reports as { category, happened_at, where_words, place_id, lat, lon }.
export function mayBeSame(one, other) {
  if (one.category !== other.category) return false;
  if (Math.abs(new Date(one.happened_at) - new Date(other.happened_at)) > SPAN) return false;
  for (const named of [floorOf, houseOf]) {
    const here = named(one.where_words);
    const there = named(other.where_words);
    if (here && there && here !== there) return false;
  }
  if (one.place_id && other.place_id) return one.place_id === other.place_id;
  if (hasPosition(one) && hasPosition(other)) return metres(one, other) <= NEAR_METRES;
  const here = folded(one.where_words);
  return here !== "" && here === folded(other.where_words);
}

const hasPosition = ({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon);

// The nearest few of a grid's hazards that may be the one in the form.
export function twinsOf(hazards, grid, spot) {
  if (!spot.category) return [];
  return hazards.filter((one) => one.grid === grid && mayBeSame(spot, one)).slice(0, 3);
}
