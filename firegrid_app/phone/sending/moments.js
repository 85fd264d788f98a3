// When a record was really made: the phone's own time, righted by how far its clock was off. The same
// rule as sync/rules.py, tested with the same cases. Times in milliseconds; an offset is the server's
// clock minus the phone's.

export const CLOCK_IS_RIGHT = 2 * 60 * 1000;

export function momentOf(capturedAt, offset, receivedAt) {
  if (offset === null || Math.abs(offset) <= CLOCK_IS_RIGHT) return capturedAt;
  return Math.min(capturedAt + offset, receivedAt);
}

// A run of the clock is a stretch in which nobody changed it, as far as one can tell. Runs are
// [{n, offset, drift}] in the order they began; the offset is null until the server was heard in it.
// Naps and clocks put forward look alike, so a run is begun at either, with how far it drifted.
const SAME = 60 * 1000;

export const drifted = (base, now) => Math.abs(now - base) > SAME;

// A clock put back cannot be a nap: how far it is off now follows from how far it was off before.
export function offsetAfterDrift(offset, base, now) {
  return offset !== null && now < base ? offset + (base - now) : null;
}

// How far the clock was off in run `n`; null when that cannot be known.
export function offsetIn(runs, n) {
  const at = runs.findIndex((run) => run.n === n);
  if (at === -1) return null;
  if (runs[at].offset !== null) return runs[at].offset;
  const known = (run) => run.offset !== null;
  const before = runs.slice(0, at).findLast(known);
  const after = runs.slice(at + 1).find(known);
  if (!before) return null;
  if (!after) return before.offset;
  if (Math.abs(before.offset - after.offset) <= SAME) return after.offset;
  // The clock was changed in between. If what was seen to drift is all of it, we know when.
  const from = runs.indexOf(before) + 1;
  const drift = (to) => runs.slice(from, to + 1).reduce((sum, run) => sum + (run.drift ?? 0), 0);
  const all = before.offset - drift(runs.indexOf(after)) - after.offset;
  return Math.abs(all) <= SAME ? before.offset - drift(at) : null;
}
