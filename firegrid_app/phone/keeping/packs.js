// The day pack in sections: what the server's change makes of them, and the one shape screens read.
// Pure functions; docs/day-pack.md describes the wire, sync/sections.py is the other side.

const TAG = 8;
// A header line of more than 8 kB is refused by common proxies. What finds no room comes whole.
const MOST_TAGS = 750;
const LISTS = ["grids", "places", "check_points", "equipment", "doors", "alarms", "hazards"];

// Tags of sections ({name, tag, data}), as the phone names them to the server.
export const tagsOf = (sections) => sections.slice(0, MOST_TAGS).map((one) => one.tag);

// Only what the phone named and the server did not call gone is still in force; what changed is
// new or replaces. null when that does not make the server's count: then all is fetched anew.
export function applied(sections, sent, { gone, changed, count }) {
  const named = new Set(sent);
  const over = new Set(gone);
  const kept = sections.filter((one) => named.has(one.tag) && !over.has(one.tag) && !(one.name in changed));
  const fresh = Object.entries(changed).map(([name, [tag, data]]) => ({ name, tag, data }));
  const all = [...kept, ...fresh];
  return all.length === count ? all : null;
}

// An answer that is what it should be, down to the tags; anything else came from somewhere else.
export function isChange(body) {
  return (
    Array.isArray(body?.gone) &&
    Number.isInteger(body.count) &&
    typeof body.changed === "object" &&
    body.changed !== null &&
    Object.values(body.changed).every((one) => Array.isArray(one) && one[0]?.length === TAG && one[1])
  );
}

// Household data of a day that is over leaves the phone; the doors themselves stay (privacy E.3).
export const isOfOneDay = (name) => name.startsWith("list:");

const rowsOf = ({ columns, rows }) =>
  rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, row[place]])));

// All sections as one pack: the shape that every screen reads.
export function merged(sections) {
  const pack = { doors_waiting: 0 };
  for (const kind of LISTS) pack[kind] = [];
  const parts = {};
  for (const { name, data } of sections) {
    const [kind, code] = name.split(":");
    if (code !== undefined) (parts[kind] ??= {})[code] = data;
    else Object.assign(pack, kind === "me" ? { me: data } : data);
  }
  for (const names of Object.values(parts.names ?? {})) {
    const above = { parent_name: names.parent_name, outline: null, supervision_phone: "" };
    pack.grids.push(...rowsOf(names).map((grid) => ({ ...grid, ...above })));
  }
  pack.grids.push(...Object.values(parts.grid ?? {}));
  if (parts.scripts) pack.own_scripts = Object.keys(parts.scripts).sort().flatMap((street) => parts.scripts[street].scripts.map((one) => ({ ...one, street })));
  if (parts.letters) pack.own_letters = Object.keys(parts.letters).sort().map((street) => ({ ...parts.letters[street].letter, street }));
  if (parts.recordings) pack.recordings = Object.keys(parts.recordings).sort().flatMap((grid) => parts.recordings[grid].recordings.map((one) => ({ ...one, grid })));
  if (parts.checklists) pack.checklists = parts.checklists;
  pack.grids.sort((a, b) => b.level - a.level || compare(a.path, b.path));
  for (const { code } of pack.grids) {
    for (const kind of LISTS.slice(1)) {
      const table = parts[kind]?.[code];
      if (table) for (const row of rowsOf(table)) pack[kind].push({ ...row, grid: code });
    }
  }
  joinLists(pack, Object.values(parts.list ?? {}));
  const names = new Map(pack.grids.map((grid) => [grid.code, grid.name]));
  for (const hazard of pack.hazards) hazard.grid_name = names.get(hazard.grid);
  pack.hazards.sort(
    (a, b) => compare(a.due_on, b.due_on) || compare(a.happened_at, b.happened_at) || compare(a.id, b.id),
  );
  return pack;
}

// What is known of a door today; of a door that is not on the list only whether it is done with.
function joinLists(pack, lists) {
  const listed = new Map();
  const done = new Set();
  for (const list of lists) {
    for (const door of rowsOf(list.doors)) listed.set(door.id, door);
    for (const id of list.done) done.add(id);
    // Who looks after a home with a care mark; a server from before tells nobody.
    for (const [door, neighbours] of Object.entries(list.neighbours ?? {})) Object.assign(listed.get(Number(door)), { neighbours });
    pack.doors_waiting += list.more;
  }
  for (const door of pack.doors) {
    Object.assign(door, { care_mark: "", last_outcome: "", last_at: "", due: false, done: done.has(door.id) });
    Object.assign(door, listed.get(door.id));
  }
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
