// The map of one's own grids in numbers, from the day pack alone: what lies where on a plane in metres.
// Pure; the screen is gridmap.jsx.
import { metres } from "../frame/place.js";
import { placeOf, worldOf } from "./tiles.js";

export const LAYERS = ["hazards", "places", "points", "equipment"];

export const SMALL = 3;
const ROUND_M = 40075200; // of the equator
const AROUND = 0.08; // of the picture's side, left free on every side
const LEAST_SIDE = 60; // metres: a grid of one house is not blown up beyond that

// The grids the phone has whole, the small ones of them; who answers for a street has most by name only.
export const wholeOf = (day) => day.grids.filter((grid) => grid.presence);
export function smallOf(day) {
  const whole = wholeOf(day);
  const some = whole.filter((grid) => grid.level === SMALL);
  return some.length ? some : whole;
}

const ringsOf = (outline) =>
  !outline ? [] : outline.type === "Polygon" ? outline.coordinates : outline.coordinates.flat();

// Everything of these grids that has a layer; `lat` and `lon` are null where nobody knows them. `hazards` as
// the screens know them (seeing.js). Check points at one spot, the floors of a building, are one.
export function spotsIn(day, hazards, codes, today) {
  const wanted = new Set(codes);
  const of = (rows) => (rows ?? []).filter((one) => wanted.has(one.grid));
  const places = of(day.places);
  const placeOf = new Map(places.map((one) => [one.id, one]));
  const at = (one, other) => (one.lat != null && one.lon != null ? one : other ?? {});
  const spot = (layer, one, where, more) => ({
    layer,
    key: `${layer} ${one.id}`,
    id: one.id,
    grid: one.grid,
    lat: where.lat ?? null,
    lon: where.lon ?? null,
    count: 1,
    ...more,
  });
  return [
    ...places.map((one) => spot("places", one, at(one), { name: one.name, tone: one.colour, due: one.due })),
    ...together(
      of(day.check_points)
        .filter((one) => !one.closed_on && one.place == null)
        .map((one) => spot("points", one, at(one), { name: one.name, building: one.building, tone: "point", due: false })),
    ),
    ...of(day.equipment).map((one) =>
      spot("equipment", one, at(one, placeOf.get(one.place)), { name: one.name, kind: one.kind, tone: "kit", due: one.due }),
    ),
    ...of(hazards).map((one) =>
      spot("hazards", one, at(one, placeOf.get(one.place_id)), {
        name: one.where_words || one.words,
        category: one.category,
        tone: one.status === "open" && one.due_on < today ? "late" : "open",
        due: one.due_on < today,
      }),
    ),
  ];
}

function together(points) {
  const found = new Map();
  const alone = [];
  for (const one of points) {
    if (one.lat === null) {
      alone.push(one);
      continue;
    }
    const where = `${one.grid} ${one.lat.toFixed(5)} ${one.lon.toFixed(5)}`;
    const first = found.get(where);
    if (first) first.count += 1;
    else found.set(where, { ...one });
  }
  const named = [...found.values()].map((one) => (one.count > 1 && one.building ? { ...one, name: one.building } : one));
  return [...named, ...alone];
}

// A square picture of these outlines, of the spots where there are none; null where nothing has a place.
// `at(lat, lon)` are metres from its upper left corner, `placeAt(x, y)` the way back, `side` its length, `plane`
// says where in the world that corner is (tiles.js). `onto` shifts places onto a base map of another datum and
// `off` takes them back (datum.js).
const unshifted = (lon, lat) => [lon, lat];
export function pictureOf(grids, spots, onto = unshifted, off = unshifted) {
  const corners = grids.flatMap(({ outline }) => ringsOf(outline).flat());
  const seen = corners.length ? corners : spots.filter((one) => one.lat !== null).map(({ lon, lat }) => [lon, lat]);
  if (!seen.length) return null;
  const [south, north] = range(seen.map(([, lat]) => lat));
  const round = Math.cos(((south + north) / 2) * (Math.PI / 180)) * ROUND_M;
  const placed = seen.map(([lon, lat]) => worldOf(...onto(lon, lat)));
  const [left, right] = range(placed.map(([x]) => x));
  const [top, bottom] = range(placed.map(([, y]) => y));
  const side = Math.max((right - left) * round, (bottom - top) * round, LEAST_SIDE) * (1 + 2 * AROUND);
  const plane = { x: (left + right - side / round) / 2, y: (top + bottom - side / round) / 2, metres: round };
  const at = (lat, lon) => {
    const [x, y] = worldOf(...onto(lon, lat));
    return [(x - plane.x) * round, (y - plane.y) * round];
  };
  const placeAt = (x, y) => {
    const [lon, lat] = off(...placeOf(plane.x + x / round, plane.y + y / round));
    return { lat, lon };
  };
  const paths = grids
    .filter(({ outline }) => outline)
    .map(({ code, name, outline }) => ({ code, name, path: pathOf(outline, at), label: middleOf(outline, at) }));
  return { at, placeAt, side, plane, paths };
}

function range(values) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

const pathOf = (outline, at) =>
  ringsOf(outline)
    .map((ring) => `M${ring.map(([lon, lat]) => at(lat, lon).map((one) => one.toFixed(1)).join(" ")).join("L")}Z`)
    .join("");

function middleOf(outline, at) {
  const corners = ringsOf(outline)[0].map(([lon, lat]) => at(lat, lon));
  const [left, right] = range(corners.map(([x]) => x));
  const [top, bottom] = range(corners.map(([, y]) => y));
  return [(left + right) / 2, (top + bottom) / 2];
}

// What is seen: a square of the picture. It neither grows beyond the picture nor leaves it.
export function within(view, picture, closest = 20) {
  const side = Math.min(Math.max(view.side, Math.min(closest, picture.side)), picture.side);
  const most = picture.side - side;
  const keep = (value) => Math.min(Math.max(value, 0), most);
  return { x: keep(view.x), y: keep(view.y), side };
}

// Zoomed so many times around a spot of the picture, which stays where it is on the screen.
export function zoomed(view, times, [x, y], picture) {
  const side = view.side / times;
  const held = within({ x: 0, y: 0, side }, picture).side;
  const share = held / view.side;
  return within({ x: x - (x - view.x) * share, y: y - (y - view.y) * share, side: held }, picture);
}

export const centred = (view, [x, y], picture) =>
  within({ ...view, x: x - view.side / 2, y: y - view.side / 2 }, picture);

// As a list: with a place known the nearest first, else what is due, then by name.
export function listed(spots, here) {
  const away = (one) => (here && one.lat !== null ? metres(here, one) : Infinity);
  return spots
    .map((one) => ({ ...one, away: away(one) }))
    .sort((a, b) => (here ? a.away - b.away || 0 : 0) || b.due - a.due || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
