// Field minutes on the phone: the same rule as patrols/rules.py, tested with the same cases.

const LONGEST_PATROL = 16 * 3600 * 1000;

// A walk: {started_at, ended_at, last_record_at, records, words}, moments in milliseconds; words are
// stretches [since, until] of which the person says "I was walking".

const endOf = ({ started_at, ended_at, last_record_at }) =>
  Math.max(started_at, Math.min(ended_at ?? last_record_at, started_at + LONGEST_PATROL));

// From each record to the next.
function stepsOf(walk) {
  const start = walk.started_at;
  const end = endOf(walk);
  const within = [...walk.records, walk.last_record_at].filter((at) => at > start && at < end);
  const signs = [...new Set([start, end, ...within])].sort((a, b) => a - b);
  return signs.slice(1).map((sign, place) => [signs[place], sign]);
}

const inside = (words, start, end) =>
  words
    .map(([since, until]) => [Math.max(since, start), Math.min(until, end)])
    .filter(([since, until]) => since < until)
    .sort(([a], [b]) => a - b);

// What counts of a walk: steps up to the longest gap, and of longer ones what is vouched for.
const countedSpans = (walk, longestGap) =>
  stepsOf(walk).flatMap(([start, end]) =>
    end - start <= longestGap ? [[start, end]] : inside(walk.words, start, end),
  );

// Stretches longer than the longest gap without a record, as far as no word covers them.
export function gapsOf(walk, longestGap) {
  const gaps = [];
  for (const [start, end] of stepsOf(walk)) {
    if (end - start <= longestGap) continue;
    let reached = start;
    for (const [since, until] of inside(walk.words, start, end)) {
      if (since > reached) gaps.push([reached, since]);
      reached = Math.max(reached, until);
    }
    if (reached < end) gaps.push([reached, end]);
  }
  return gaps;
}

// Whole minutes of the walks inside a day, which is half open; overlaps count once.
export function fieldMinutes(walks, dayStart, dayEnd, longestGap) {
  const spans = walks
    .flatMap((walk) => countedSpans(walk, longestGap))
    .map(([start, end]) => [Math.max(start, dayStart), Math.min(end, dayEnd)])
    .sort(([a], [b]) => a - b);
  let total = 0;
  let covered = dayStart;
  for (const [start, end] of spans) {
    const from = Math.max(start, covered);
    if (end > from) {
      total += end - from;
      covered = end;
    }
  }
  return Math.floor(total / 60000);
}

// Walks the server told of, and those of records still (or lately) on this phone, as one list.
export function mergedWalks(serverWalks, records) {
  const walks = new Map();
  for (const walk of serverWalks) {
    walks.set(walk.id, {
      id: walk.id,
      grid: walk.grid,
      started_at: Date.parse(walk.started_at),
      ended_at: walk.ended_at ? Date.parse(walk.ended_at) : null,
      last_record_at: Date.parse(walk.last_record_at),
      records: [...(walk.records ?? [])],
      words: [...(walk.words ?? [])],
      arrivals: walk.arrivals ?? [],
    });
  }
  const own = [...records].sort((a, b) => a.seq - b.seq);
  for (const record of own) {
    const at = record.happened_at;
    if (record.kind === "patrol.start" && !walks.has(record.id)) {
      walks.set(record.id, {
        id: record.id,
        grid: record.body.grid,
        started_at: at,
        ended_at: null,
        last_record_at: at,
        records: [],
        words: [],
        arrivals: [],
      });
    }
    const walk = walks.get(record.body.patrol);
    if (walk) addTo(walk, record, at);
  }
  return [...walks.values()].sort((a, b) => a.started_at - b.started_at);
}

// A word moves the open end to where it reaches; an end counts from the moment the person names.
// Those moments are by the phone's clock, as the record's own: righted by as much (sync/rules.py).
function addTo(walk, { kind, captured_at, body }, at) {
  const righted = (moment) => Date.parse(moment) + at - Date.parse(captured_at);
  let sign = at;
  if (kind === "patrol.word") {
    sign = righted(body.until);
    walk.words.push([righted(body.since), sign]);
  } else if (kind === "patrol.end") {
    sign = body.ended_at ? righted(body.ended_at) : at;
    walk.ended_at ??= sign;
  } else {
    walk.records.push(at);
  }
  walk.last_record_at = Math.max(walk.last_record_at, sign);
}

// Open walks without a sign of life for longer than the gap: the person is asked when they ended.
export const leftOpen = (walks, now, longestGap) =>
  walks.filter((walk) => !walk.ended_at && now - walk.last_record_at > longestGap);

// The walk that is on: the latest open one. A record made now belongs to it, gap or not.
export const activeOf = (walks, now) =>
  walks.filter((walk) => !walk.ended_at && now - walk.started_at < LONGEST_PATROL).pop() ?? null;
