// Two versions of one record, field by field. Pure.
import { metres } from "../frame/place.js";

// What a person reads of each kind, in this order; the moment and the place of every kind follow.
export const FIELDS = {
  "patrol.start": ["grid"],
  "patrol.arrive": ["check_point", "where", "tag", "call", "all_fine", "faults", "not_applicable", "note", "patrol"],
  "patrol.end": ["ended_at", "note", "patrol"],
  "patrol.word": ["since", "until", "note", "patrol"],
  "hazard.report": ["category", "severity", "grid", "where", "place", "words", "urgent", "fixed_on_spot", "dissuasion", "photos", "patrol"],
  "hazard.move": ["step", "dissuasion", "note", "photos", "patrol"],
  "shout.log": ["script", "alert", "means", "people_reached", "seconds", "leaflets", "cards", "grid", "place", "where", "photos", "patrol"],
  "visit.log": ["door", "outcome", "campaign", "answers", "faults", "photos", "note", "patrol"],
  "alarm.noted": ["door", "alarm", "step", "maker", "expires", "patrol"],
  "equipment.checked": ["piece", "found", "tested", "note", "photos", "patrol"],
  "letter.signed": ["place", "party", "signed_by", "photos", "patrol"],
  "duty.done": ["grid", "first", "note"],
  "shift.note": ["shift", "words"],
  "shift.taken": ["shift", "notes"],
  "alert.seen": ["alert"],
};
// What a body means that does not name the field (sync/kinds/).
const UNSAID = { all_fine: true, tested: false, urgent: false, fixed_on_spot: false, dissuasion: null, people_reached: 0, seconds: 0, leaflets: 0, cards: 0, call: "", photos: [], faults: [], not_applicable: [], notes: [], answers: {}, campaign: null, tag: "", script: "", note: "", where: "", words: "" };
const PLACE_KEPT = 3;
const MOMENTS = new Set(["captured_at", "ended_at", "since", "until"]);

const said = (body, field) => body?.[field] ?? UNSAID[field] ?? null;
const photoMarks = (photos) => photos.map(({ id, sha256 }) => `${id} ${sha256}`).sort().join();

function same(field, mine, theirs) {
  if (["faults", "not_applicable", "notes", "answers", "dissuasion"].includes(field)) return JSON.stringify(mine) === JSON.stringify(theirs);
  if (field === "photos") return photoMarks(mine) === photoMarks(theirs);
  if (MOMENTS.has(field) && mine && theirs) return Date.parse(mine) === Date.parse(theirs);
  // The server keeps five decimals.
  if (field === "position") return mine && theirs ? metres(mine, theirs) < PLACE_KEPT : !mine === !theirs;
  return mine === theirs;
}

// The fields of one version, in the order to read them: [{field, value}].
export function fieldsOf({ kind, body, captured_at, position }) {
  const own = (FIELDS[kind] ?? Object.keys(body)).map((field) => ({ field, value: said(body, field) }));
  return [...own, { field: "captured_at", value: captured_at }, { field: "position", value: position ?? null }];
}

// Both versions: [{field, mine, theirs, differs}]. A field only one of them has (another kind, another
// version of the body) stands there with nothing on the other side.
export function compare(mine, theirs) {
  const [own, other] = [mine, theirs].map((one) => new Map(fieldsOf(one).map(({ field, value }) => [field, value])));
  const rows = [...new Set([...own.keys(), ...other.keys()])].map((field) => {
    const [ours, others] = [own.get(field) ?? said(mine.body, field), other.get(field) ?? said(theirs.body, field)];
    return { field, mine: ours, theirs: others, differs: !same(field, ours, others) };
  });
  const kind = { field: "kind", mine: mine.kind, theirs: theirs.kind, differs: mine.kind !== theirs.kind };
  // The place of a walk's end is kept nowhere (sync/known.py): there is nothing to compare.
  return [...(kind.differs ? [kind] : []), ...rows].filter(
    ({ field }) => field !== "position" || theirs.kind !== "patrol.end",
  );
}
