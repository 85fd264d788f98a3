// Doors as the building stands, and how each knock ended. No screen, no store.
import { stands } from "./fate.js";

export const OUTCOMES = ["met", "no_answer", "come_back", "refused", "vacant", "let"];
// Done with in this round; how it ended is not told to phones (visits/rules.py).
export const DONE = "done";
export const MARKS = { met: "✓", no_answer: "…", come_back: "↻", refused: "✕", vacant: "○", let: "◇", done: "•" };

export const doorName = (door) => [door.building, door.unit, door.room].filter(Boolean).join(" ");

const inOrder = (a, b) => a.localeCompare(b, "zh", { numeric: true });

// Doors by house and stair, in the order people count them.
export function byHouse(doors) {
  const houses = new Map();
  for (const door of doors) {
    const name = [door.building, door.unit].filter(Boolean).join(" ");
    if (!houses.has(name)) houses.set(name, []);
    houses.get(name).push(door);
  }
  return new Map([...houses].sort(([a], [b]) => inOrder(a, b)));
}

// [[floor, doors]], the top floor first, as the building stands.
export function byFloor(doors) {
  const floors = new Map();
  for (const door of doors) {
    if (!floors.has(door.floor)) floors.set(door.floor, []);
    floors.get(door.floor).push(door);
  }
  for (const some of floors.values()) some.sort((a, b) => inOrder(a.room, b.room));
  return [...floors].sort(([a], [b]) => b - a);
}

// The last outcome by door: the server's, overlaid by what this phone has recorded since. What the
// server refused does not stand; of two knocks the later one counts, whoever made it.
export function lastOutcomes(doors, records) {
  const last = new Map();
  for (const door of doors) {
    if (door.last_outcome) last.set(door.id, { at: Date.parse(door.last_at), outcome: door.last_outcome });
    else if (door.done) last.set(door.id, { at: 0, outcome: DONE });
  }
  for (const one of records) {
    if (one.kind !== "visit.log" || !stands(one)) continue;
    const known = last.get(one.body.door);
    if (!known || known.at <= one.happened_at) {
      last.set(one.body.door, { at: one.happened_at, outcome: one.body.outcome });
    }
  }
  return last;
}

// The same with what was kept a moment ago and is not among `records` yet.
export function withFresh(last, fresh, records) {
  if (fresh.length === 0) return last;
  const read = new Set(records.map((one) => one.id));
  const found = new Map(last);
  for (const { id, door, outcome, at } of fresh) {
    if (!read.has(id)) found.set(door, { at, outcome });
  }
  return found;
}

// Doors of a floor nobody has knocked at: what one press logs as unanswered.
export const untouched = (doors, last) => doors.filter((door) => !last.has(door.id));
