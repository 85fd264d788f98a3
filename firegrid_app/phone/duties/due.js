// Duties of the day pack as the phone shows them: what was ticked here and not sent yet counts.
import { stands } from "../keeping/fate.js";

export const GROUPS = ["overdue", "today", "week", "later", "done"];

const keyOf = (rule, grid, first, number) => [rule, grid, first, number].join(" ");
export const dutyKey = ({ rule, grid, first, number }) => keyOf(rule, grid, first, number);

// A tick that the server refused does not count; its reason stands in the outbox.
export function ticked(records) {
  const found = new Set();
  for (const { kind, state, body } of records ?? []) {
    if (kind === "duty.done" && stands({ state })) found.add(dutyKey(body));
  }
  return found;
}

// Duties by urgency, as of `today` (a local day): a pack of yesterday must not say "today" of it.
export function byUrgency(duties, records, today) {
  const here = ticked(records);
  const groups = Object.fromEntries(GROUPS.map((group) => [group, []]));
  for (const duty of duties ?? []) {
    const group = here.has(dutyKey(duty)) ? "done" : standing(duty, today);
    if (group in groups) groups[group].push(duty);
  }
  return groups;
}

function standing({ standing, rhythm, due }, today) {
  if (standing === "done") return "done";
  if (due === today) return "today";
  if (due < today) return rhythm === "workday" || rhythm === "day" ? "gone" : "overdue";
  return standing === "today" ? "week" : standing;
}

// The page that does the work of a kind; none for what is only ticked.
const PLACE_OF = {
  walk: "/patrol",
  go_down: "/patrol",
  check: "/patrol",
  sweep: "/patrol",
  shout: "/shout",
  doors: "/doors",
};
export const placeOf = (kind) => PLACE_OF[kind] ?? "";
