// Which categories come first in the form: what this person reported lately, what stands open nearby,
// then what is found most. Pure.
import { metres } from "./place.js";

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

const isPlaced = ({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon);

// `records` of this phone, the oldest first; `here` may be null.
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
