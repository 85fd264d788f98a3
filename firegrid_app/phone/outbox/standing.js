// Where each record stands, as the person needs to see it. Pure.
import { lacksStart } from "../keeping/fate.js";

// person: needs a decision; waiting: goes by itself; sent; aside: decided, kept to be looked at.
export function standingOf(record, photos) {
  if (record.state === "aside") return "aside";
  if (record.state === "refused" || photos.some((photo) => photo.state === "refused")) return "person";
  if (record.state === "waiting" || photos.some((photo) => photo.state === "waiting")) return "waiting";
  return "sent";
}

// All records by standing, the newest first; those that need the person, the oldest: a walk's start
// stands before what hangs on it. What is refused only because its walk's start was not accepted
// stands under that start (`stuck`), not by itself.
export function arrange(records, photosByItem) {
  const groups = { person: [], waiting: [], sent: [], aside: [] };
  const open = records.filter((one) => one.kind === "patrol.start" && ["waiting", "refused"].includes(one.state));
  const starts = new Map(open.map((one) => [one.id, []]));
  for (const record of records) {
    const start = record.body.patrol;
    if (starts.has(start) && lacksStart(record, start)) {
      starts.get(start).push(record);
      continue;
    }
    const photos = photosByItem.get(record.id) ?? [];
    const standing = standingOf(record, photos);
    groups[standing].push({ ...record, standing, photos, stuck: starts.get(record.id) ?? [] });
  }
  groups.person.sort((a, b) => a.seq - b.seq);
  for (const name of ["waiting", "sent", "aside"]) groups[name].sort((a, b) => b.seq - a.seq);
  return groups;
}
