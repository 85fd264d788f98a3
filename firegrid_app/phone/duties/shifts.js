// Duty lists as the phone shows them: who is on, what is to be taken over, what is to be left. Pure.
import { format } from "../frame/formats.js";
import { stands } from "../keeping/fate.js";

const EARLY = 2 * 3600000;
const LEAVING_FOR = 12 * 3600000;

const at = (moment) => Date.parse(moment);
const isOn = (shift, now) => at(shift.starts_at) <= now && now < at(shift.ends_at);

// What this phone has recorded and not sent yet counts; what was refused does not.
function here(records) {
  const taken = new Set();
  const read = new Set();
  const left = [];
  for (const record of records ?? []) {
    if (!stands(record)) continue;
    if (record.kind === "shift.taken") {
      taken.add(record.body.shift);
      for (const note of record.body.notes) read.add(note);
    }
    if (record.kind === "shift.note") {
      left.push({ id: record.id, shift: record.body.shift, words: record.body.words, at: record.captured_at, own: true });
    }
  }
  return { taken, read, left };
}

// Everything a screen asks of duty lists at `now`, in milliseconds.
export function dutyOf(rota, records, now) {
  const { shifts = [], notes = [], swaps = [] } = rota ?? {};
  const { taken, read, left } = here(records);
  const own = shifts.filter((shift) => shift.own);
  const there = ({ away }) => !away;
  const current = own.filter(there).find((shift) => at(shift.starts_at) - EARLY <= now && now < at(shift.ends_at)) ?? null;
  const mine = [...notes.filter((note) => note.own), ...left.filter(({ id }) => !notes.some((note) => note.id === id))];
  return {
    // On duty, or about to be.
    current,
    running: current !== null && isOn(current, now),
    taken: current !== null && (current.taken || taken.has(current.id)),
    // Words for the one who comes: not one's own of this very shift, and not read yet.
    notes: current ? notes.filter((note) => note.grid === current.grid && note.shift !== current.id && !read.has(note.id)) : [],
    // Whoever is on in one's grids now, but oneself and who is away that day.
    others: shifts.filter((shift) => !shift.own && there(shift) && isOn(shift, now)),
    // A shift one is on or comes from, to leave words for the next one.
    leaving:
      own.filter((shift) => at(shift.starts_at) <= now && now < at(shift.ends_at) + LEAVING_FOR).at(-1) ?? null,
    left: mine,
    coming: own.filter((shift) => at(shift.ends_at) > now),
    asked: swaps.filter((swap) => !swap.own && at(swap.starts_at) > now),
    asking: swaps.filter((swap) => swap.own && at(swap.starts_at) > now),
  };
}

// Open hazards of the grid of a shift and of all below it.
export function hazardsOf(day, shift) {
  const top = day.grids.find((grid) => grid.code === shift.grid);
  if (!top) return [];
  const inside = new Set(day.grids.filter((grid) => grid.path.startsWith(top.path)).map((grid) => grid.code));
  return day.hazards.filter((hazard) => inside.has(hazard.grid));
}

// "12-03 20:00–08:00", on the wall of the day pack's zone.
export function shiftWords({ starts_at, ends_at }, timezone) {
  const parts = (moment) =>
    format("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" }).format(new Date(moment));
  const [day, from] = parts(starts_at).split(" ");
  return `${day.slice(5)} ${from}–${parts(ends_at).split(" ")[1]}`;
}

// The body of "taken over".
export const takenOver = ({ current, notes }) => ({ shift: current.id, notes: notes.map((note) => note.id) });
