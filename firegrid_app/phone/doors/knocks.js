// Doors as the building stands, and how each knock ended. No screen, no store.
import { stands } from "../keeping/fate.js";

export const OUTCOMES = ["met", "no_answer", "come_back", "refused", "vacant", "let"];
// Done with in this round or campaign; how it ended is not told to phones (visits/rules.py).
export const DONE = "done";
// Tried in this campaign and not done; how is not told either.
export const TRIED = "tried";
export const MARKS = { met: "✓", no_answer: "…", come_back: "↻", refused: "✕", vacant: "○", let: "◇", done: "•", tried: "↻" };

export const doorName = (door) => [door.building, door.unit, door.room].filter(Boolean).join(" ");

export const houseName = (door) => [door.building, door.unit].filter(Boolean).join(" ");

const DAY = 24 * 3600 * 1000;
const inOrder = (a, b) => a.localeCompare(b, "zh", { numeric: true });

// Doors by house and stair, in the order people count them.
export function byHouse(doors) {
  const houses = new Map();
  for (const door of doors) {
    const name = houseName(door);
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

// Of each house how many doors were knocked at: [{name, tried, total}].
export const housesTried = (houses, last) =>
  [...houses].map(([name, doors]) => ({ name, tried: doors.filter((door) => last.has(door.id)).length, total: doors.length }));

// Doors side by side on the fullest floor: so many columns there are, as wide as the screen lets them be.
export const mostAcross = (floors) => Math.max(1, ...floors.map(([, doors]) => doors.length));

// The last outcome by door: the server's, overlaid by what this phone has recorded since. What the
// server refused does not stand; of two knocks the later one counts, whoever made it.
export function lastOutcomes(doors, records) {
  const last = new Map();
  for (const door of doors) {
    if (door.last_outcome) last.set(door.id, { at: Date.parse(door.last_at), outcome: door.last_outcome });
    else if (door.done) last.set(door.id, { at: 0, outcome: DONE });
  }
  return overlaid(last, records, () => true, new Set());
}

// The same for one campaign: only its own knocks count, and a door once done stays done
// (campaigns/rules.py, `state_of`). What today's list knows says more than done or tried.
export function campaignOutcomes(doors, records, campaign) {
  const done = new Set(campaign.done);
  const back = new Set(campaign.back);
  const ends = new Set([DONE, ...campaign.done_outcomes]);
  const since = Date.parse(`${campaign.starts_on}T00:00:00`);
  const last = new Map();
  for (const { id, last_outcome, last_at } of doors) {
    if (!done.has(id) && !back.has(id)) continue;
    const at = Date.parse(last_at);
    const tells = last_outcome && at >= since && ends.has(last_outcome) === done.has(id);
    last.set(id, tells ? { at, outcome: last_outcome } : { at: 0, outcome: done.has(id) ? DONE : TRIED });
  }
  return overlaid(last, records, (body) => body.campaign === campaign.id, ends);
}

// Of two knocks the later one counts; but one with an outcome of `ends` stands over one without.
function overlaid(last, records, counts, ends) {
  for (const one of records) {
    if (one.kind !== "visit.log" || !stands(one) || !counts(one.body)) continue;
    const { door, outcome } = one.body;
    const known = last.get(door);
    const goes = !known || (ends.has(outcome) === ends.has(known.outcome) ? known.at <= one.happened_at : ends.has(outcome));
    if (goes) last.set(door, { at: one.happened_at, outcome });
  }
  return last;
}

// Records with those kept a moment ago that are not among them yet.
export function withFresh(records, fresh) {
  if (fresh.length === 0) return records;
  const read = new Set(records.map((one) => one.id));
  return [...records, ...fresh.filter((one) => !read.has(one.id))];
}

// Doors of a floor nobody has knocked at: what one press logs as unanswered.
export const untouched = (doors, last) => doors.filter((door) => !last.has(door.id));

// Doors somebody has to go to, the longest waiting first, then care visits that are due: each with
// the hour last tried and another one to try. `last` is of the round, not of a campaign.
export function comeBack(doors, last) {
  const found = [];
  for (const door of doors) {
    const { at = 0, outcome = "" } = last.get(door.id) ?? {};
    if (outcome === "no_answer" || outcome === "come_back") found.push({ door, at, slot: anotherHour(at), care: false });
    // Today's list says that a care visit is due; a knock since then is on this phone.
    else if (door.care_mark && door.due && !isSince(at, door.last_at)) found.push({ door, at, slot: "", care: true });
  }
  return found.sort((a, b) => a.care - b.care || a.at - b.at || a.door.id - b.door.id);
}

// Is this knock another one than the last the server knew? By the moment, for both may have ended alike; the
// same one may stand a clock's error apart, and a care visit is due a week after the last at the soonest.
const isSince = (at, known) => at > (known ? Date.parse(known) + DAY : 0);

// Who was out in working hours may be in after work; who was out then, at the weekend; and after a
// weekend day an evening of the week comes next.
export function anotherHour(at) {
  const tried = new Date(at);
  const isWeekend = tried.getDay() % 6 === 0;
  return !isWeekend && tried.getHours() >= 17 ? "weekend" : "evening";
}
