// What the form of a hazard offers first, and proposes. Pure.
import { metres } from "../frame/place.js";

const FIRST = [
  "combustible_pile",
  "ebike_public_area",
  "ebike_flying_wire",
  "route_blocked",
  "exit_locked",
  "fire_lane_blocked",
  "wiring_unsafe",
  "extinguisher_missing",
  "gas_unsafe",
];
const MOST = 9;
const MOST_RECENT = 4;
const NEARBY = 200;
const MOST_WHERES = 6;

const isPlaced = ({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon);

// Which categories come first: what this person reported lately, what stands open nearby, then what is found
// most. `records` of this phone, the oldest first; `here` may be null.
export function categoriesFirst(day, records, here) {
  const known = new Set(day.categories.map((one) => one.code));
  const recent = (records ?? [])
    .filter((one) => one.kind === "hazard.report")
    .map((one) => one.body.category)
    .reverse();
  const near = here
    ? day.hazards
        .filter(isPlaced)
        .map((one) => ({ category: one.category, away: metres(one, here) }))
        .filter((one) => one.away <= NEARBY)
        .sort((one, other) => one.away - other.away)
        .map((one) => one.category)
    : [];
  const lately = [...new Set(recent)].slice(0, MOST_RECENT);
  return [...new Set([...lately, ...near, ...FIRST])].filter((code) => known.has(code)).slice(0, MOST);
}

// The grade with another category chosen: proposed by it, unless the person chose one. What was proposed for the
// category before is no choice of theirs.
export function severityFor(day, { category, severity }, chosen) {
  const proposed = (code) => day.categories.find((one) => one.code === code)?.severity ?? "";
  return severity && severity !== proposed(category) ? severity : proposed(chosen);
}

// Where in the grid it may be, the nearest first: premises and check points, each once. A point of premises says
// their name already.
export function wheresNear(day, grid, here) {
  const own = (rows) => (rows ?? []).filter((one) => one.grid === grid);
  const found = [
    ...own(day.places).map((one) => ({ ...one, key: `place ${one.id}`, where: one.name, place: one.id })),
    ...own(day.check_points)
      .filter((one) => one.place == null && !one.closed_on)
      .map((one) => ({ ...one, key: `point ${one.id}`, where: one.name, place: null })),
  ];
  const away = (one) => (isPlaced(one) ? metres(one, here) : Infinity);
  if (here) found.sort((one, other) => away(one) - away(other) || 0);
  return found.slice(0, MOST_WHERES).map(({ key, where, place }) => ({ key, where, place }));
}
