// What of a refused record can be mended, and what is still wrong with it. Pure.
import { cut } from "../frame/words.js";
import { scriptsFor } from "../shouts/scripts.js";

const ABOUT_TIME = new Set(["sync.future", "patrols.end_before_start", "patrols.end_ahead"]);
const FIELDS = {
  "patrol.start": ["grid"],
  "patrol.arrive": ["patrol", "check_point", "where", "call", "all_fine", "note"],
  "patrol.end": ["patrol", "note"],
  "patrol.word": ["patrol", "note"],
  "hazard.report": [],
  "hazard.move": ["note"],
  "shout.log": ["script", "means", "people_reached", "grid", "where"],
  "visit.log": ["door", "outcome", "note"],
  "alarm.noted": ["door"],
  "equipment.checked": ["note"],
  "letter.signed": ["signed_by"],
  "duty.done": ["note"],
  "shift.note": ["words"],
  "shift.taken": [],
  "alert.seen": [],
};

// The fields to show, and whether the moment itself is in question. A hazard has a form of its own
// for all but its moment.
export function wanted({ kind, code, body }) {
  const fields = FIELDS[kind] ?? [];
  // What called out a warning has no script to choose: the words are the warning's.
  return { fields: body?.alert ? fields.filter((one) => one !== "script") : fields, time: ABOUT_TIME.has(code) };
}

const two = (number) => String(number).padStart(2, "0");

// A moment as the phone's own field for date and time has it: "2026-11-23T10:05".
export function localTime(at) {
  const date = new Date(at);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

// The moment in question: an end that was said later is about the moment it names.
export const momentAsked = ({ captured_at, body }) => body?.ended_at ?? captured_at;

// The moment to send: untouched it keeps its seconds.
export function momentOf(record, local) {
  const asked = momentAsked(record);
  if (!local || local === localTime(asked)) return asked;
  const righted = new Date(local);
  return Number.isNaN(righted.getTime()) ? asked : righted.toISOString();
}

// A knock whose campaign does not know its answers goes as a bare knock, with them in its note.
function unasked({ code, body: refused }, body) {
  if (!code?.startsWith("campaigns.") || !refused?.campaign) return body;
  const given = Object.entries(refused.answers ?? {}).map(([question, answer]) => `${question}: ${[answer].flat().join(",")}`);
  return { ...body, campaign: null, edition: 0, answers: {}, faults: [], note: cut([body.note, ...given].filter(Boolean).join("; "), 500) };
}

// The record's own moment and its body, with the moment in question as the person has righted it.
export function righted(record, mended, local) {
  const body = unasked(record, mended);
  const at = momentOf(record, local);
  return record.body?.ended_at ? { at: record.captured_at, body: { ...body, ended_at: at } } : { at, body };
}

const some = (list, key, value) => (list ?? []).some((one) => one[key] === value);

// What is wrong by field, as keys of texts. Only what this phone can know: the server decides.
export function mistakesOf(record, draft, { day, walks, now, start }) {
  const wrong = {};
  const { fields, time } = wanted(record);
  const asks = (field) => fields.includes(field);
  if (asks("grid") && !some(day.grids, "code", draft.grid)) wrong.grid = "outbox.choose_grid";
  if (asks("patrol") && !some(walks, "id", draft.patrol)) wrong.patrol = "outbox.choose_walk";
  if (asks("check_point")) {
    const elsewhere = draft.check_point === null || draft.check_point === undefined;
    if (elsewhere && !(draft.where ?? "").trim()) wrong.where = "outbox.say_where";
    if (!elsewhere && !some(day.check_points, "id", draft.check_point)) wrong.check_point = "outbox.choose_point";
  }
  if (asks("words") && !(draft.words ?? "").trim()) wrong.words = "outbox.say_words";
  if (asks("signed_by") && !(draft.signed_by ?? "").trim()) wrong.signed_by = "outbox.say_signed_by";
  if (asks("door") && !some(day.doors, "id", draft.door)) wrong.door = "outbox.choose_door";
  if (asks("people_reached") && !(Number.isInteger(draft.people_reached) && draft.people_reached >= 0 && draft.people_reached < 100000)) {
    wrong.people_reached = "phone.people_number";
  }
  if (asks("script") && !scriptsFor(day, draft.grid).some((one) => one.code === draft.script)) wrong.script = "outbox.choose_script";
  if (time) {
    const at = Date.parse(momentOf(record, draft.at));
    if (at > now) wrong.at = "outbox.time_in_future";
    else if (record.kind === "patrol.end" && start !== undefined && at < start) wrong.at = "outbox.time_before_start";
  }
  return wrong;
}
