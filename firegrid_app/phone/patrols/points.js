// Check points as the building stands, and what a scanned code means. No screen, no store.

const ROOF = 1000;
const CELLAR = -1;

// How high a point is: roofs on top, cellars at the bottom, what is of no one floor at the ground.
export function height({ kind, floor }) {
  if (kind === "roof") return ROOF;
  if (floor !== null && floor !== undefined) return floor;
  return kind === "basement" ? CELLAR : 0.5;
}

// The key of the text that names a storey, and its gap.
export function storeyName(at) {
  if (at === ROOF) return ["points.roof", {}];
  if (at < 0) return ["points.below", { floor: -at }];
  return at === 0.5 ? ["points.ground", {}] : ["phone.floor", { floor: at }];
}

// [{name, storeys: [[height, points]], points}] of a grid's open points: a group a building, then
// premises, then what lies outside; within a building floor over floor, the top first.
export function groups(points) {
  const found = new Map();
  for (const point of points) {
    const name = point.building || (point.kind === "place" ? "places" : "outside");
    const key = `${point.building ? "building" : "rest"} ${name}`;
    if (!found.has(key)) found.set(key, { key, name, building: Boolean(point.building), points: [] });
    found.get(key).points.push(point);
  }
  const order = ({ building, name }) => (building ? 0 : name === "places" ? 1 : 2);
  return [...found.values()]
    .sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, "zh", { numeric: true }))
    .map((group) => ({ ...group, storeys: storeys(group.points) }));
}

function storeys(points) {
  const found = new Map();
  for (const point of points) {
    const at = height(point);
    if (!found.has(at)) found.set(at, []);
    found.get(at).push(point);
  }
  // Premises to be called at come first (places/rules.py, `stand`).
  const due = (point) => (point.due ? 0 : 1);
  for (const one of found.values())
    one.sort((a, b) => due(a) - due(b) || a.name.localeCompare(b.name, "zh", { numeric: true }));
  return [...found].sort(([a], [b]) => b - a);
}

// What a point is called within its building: heading and row say the building and the floor already.
export function within({ name, building, floor }) {
  if (!building || !name.startsWith(building)) return name;
  const storey = floor < 0 ? `地下${-floor}层` : `${floor}层`;
  const left = name.slice(building.length).replace(floor === null ? "" : storey, "");
  return left || name;
}

// Of these groups the one to show open: where the person was last, else the first with work left.
export function openGroup(found, arrived, last) {
  const holds = (group, id) => group.points.some((point) => point.id === id);
  return (
    found.find((group) => last !== undefined && holds(group, last)) ??
    found.find((group) => group.points.some((point) => !arrived.has(point.id))) ??
    found[0]
  )?.key;
}

const TAG = /^[2-9A-HJKMNP-TV-Z]{10}$/;

// The printed code in what a camera read: an address `…/p/<code>`, or the code alone; else "".
export function tagIn(text) {
  const words = String(text).trim();
  const path = /^https?:\/\/[^/?#]+\/p\/([^/?#]+)\/?(?:[?#].*)?$/i.exec(words);
  const code = (path ? path[1] : words).toUpperCase();
  return TAG.test(code) ? code : "";
}

// What to do with a scanned text. `digest` makes of a code what the day pack knows of it.
// Gives {is: "foreign"} for any other code (a payment code, a poster), "unknown" for one of ours that
// is not in this person's grids, "closed", "other_grid" while another grid is walked, else "here".
export function meaning(text, points, walkedGrid, digest) {
  const tag = tagIn(text);
  if (!tag) return { is: "foreign" };
  const wanted = digest(tag);
  const point = points.find((one) => one.digest === wanted);
  if (!point) return { is: "unknown", tag };
  if (point.closed_on) return { is: "closed", tag, point };
  if (walkedGrid && point.grid !== walkedGrid) return { is: "other_grid", tag, point };
  return { is: "here", tag, point };
}
