// The phone's clock as this page sees it: which run of it we are in, and how far it is off.
import { drifted, momentOf, offsetAfterDrift, offsetIn } from "./moments.js";
import { changeFact, fact } from "../keeping/store.js";

const MOST_RUNS = 200;
const NOTHING_NEW = 5000;

// The run this page began, and where the clock stood in it against the browser's own count.
let run = null;
let righting = 0;
const listeners = new Set();

// Told whenever the time by the server's clock turns out to be another.
export function onRighted(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function right(offset) {
  const changed = Math.abs(offset - righting) > NOTHING_NEW;
  righting = offset;
  if (changed) listeners.forEach((listener) => listener());
}

const standing = () => Date.now() - performance.now();

// The time by the server's clock, as far as it is known.
export const rightNow = () => momentOf(Date.now(), righting, Infinity);

// Such a moment as this phone's clock would have said it: what a record says, it says by that clock.
export const bySelf = (moment) => new Date(moment - (rightNow() - Date.now())).toISOString();

// Until this page has begun a run of its own, what the last one knew is the best guess: no screen shows
// for a moment what a wrong clock would make of a walk.
export async function clockRuns() {
  const runs = (await fact("clock")) ?? [];
  if (!run && runs.length) right(offsetIn(runs, runs.at(-1).n) ?? 0);
  return runs;
}

// The number of the run we are in; a new one begins with the page, and when the clock has drifted.
export async function thisRun() {
  const now = standing();
  if (run && !drifted(run.base, now)) return run.n;
  const guess = run && offsetAfterDrift(run.offset, run.base, now);
  const runs = await changeFact("clock", (old = []) => [
    ...old.slice(1 - MOST_RUNS),
    { n: (old.at(-1)?.n ?? 0) + 1, offset: guess ?? null, drift: run ? now - run.base : 0 },
  ]);
  run = { n: runs.at(-1).n, base: now, offset: runs.at(-1).offset };
  right(offsetIn(runs, run.n) ?? 0);
  return run.n;
}

// The server was heard: its clock was so far ahead of ours. Told to the store when it is news.
export async function heard(offset) {
  const n = await thisRun();
  if (run.offset !== null && Math.abs(run.offset - offset) < NOTHING_NEW) return;
  await changeFact("clock", (old = []) => old.map((one) => (one.n === n ? { ...one, offset } : one)));
  run.offset = offset;
  right(offset);
}

// By record, how far the server's clock was ahead when it was made; without those nobody knows.
export async function knownOffsets(records) {
  const runs = await clockRuns();
  const known = records.map(({ id, clock }) => [id, offsetIn(runs, clock)]);
  return Object.fromEntries(known.filter(([, offset]) => offset !== null).map(([id, off]) => [id, Math.round(off)]));
}

// Records with the moment each counts for, as the server will say it.
export function withMoments(records, runs) {
  const known = new Map();
  const now = rightNow();
  return records.map((record) => {
    if (!known.has(record.clock)) known.set(record.clock, offsetIn(runs, record.clock));
    const happened_at = momentOf(Date.parse(record.captured_at), known.get(record.clock), now);
    return { ...record, happened_at };
  });
}
