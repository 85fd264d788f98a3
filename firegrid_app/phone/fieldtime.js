// Field minutes on the phone: the same rule as patrols/rules.py, tested with the same cases.

const LONGEST_PATROL = 16 * 3600 * 1000;

// walks: [{started_at, ended_at, last_record_at}] as moments in milliseconds; the day is half open.
export function fieldMinutes(walks, dayStart, dayEnd) {
  const spans = walks
    .map(({ started_at, ended_at, last_record_at }) => {
      const end = Math.min(ended_at ?? last_record_at, started_at + LONGEST_PATROL);
      return [Math.max(started_at, dayStart), Math.min(Math.max(end, started_at), dayEnd)];
    })
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
    });
  }
  const own = [...records].sort((a, b) => a.seq - b.seq);
  for (const record of own) {
    const at = Date.parse(record.captured_at);
    if (record.kind === "patrol.start" && !walks.has(record.id)) {
      walks.set(record.id, {
        id: record.id,
        grid: record.body.grid,
        started_at: at,
        ended_at: null,
        last_record_at: at,
      });
    }
    const walk = walks.get(record.body.patrol);
    if (!walk) continue;
    walk.last_record_at = Math.max(walk.last_record_at, at);
    if (record.kind === "patrol.end") walk.ended_at ??= at;
  }
  return [...walks.values()].sort((a, b) => a.started_at - b.started_at);
}
