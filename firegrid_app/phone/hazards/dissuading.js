// A talk on the spot (劝导制止): what can be said of it, and what is still missing. Pure; the server knows
// the same codes (hazards/rules/dissuasion.py).
export const TO = ["occupant", "owner", "manager", "worker", "passer_by"];
export const SAID = ["danger", "stop", "clear", "law", "how"];
export const OUTCOMES = ["stopped", "promised", "refused"];
// Days ahead that can be agreed on: today, or within so many.
export const DAYS = [0, 3, 7];
const MOST_MOVED = 99999;

export const NOTHING_SAID = { said: [], to: "", outcome: "", by: null, warned: false, moved: "" };

// One more thing said, or taken back; in the order in which they are offered.
export const toggled = (said, code) => SAID.filter((one) => (one === code ? !said.includes(one) : said.includes(one)));

// "2026-11-23" and 3 make "2026-11-26": calendar days, whatever the clocks do in between.
export function dayAfter(today, days) {
  const [year, month, day] = today.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

const peopleIn = (moved) => Number(String(moved).trim() || 0);

// Texts of what is missing or wrong, by field; empty when it can be kept. Null: nobody was talked to.
export function missing(draft) {
  if (!draft) return {};
  const wrong = {};
  if (!TO.includes(draft.to)) wrong.to = "dissuasion.choose_to";
  if (!draft.said.length) wrong.said = "dissuasion.choose_said";
  if (!OUTCOMES.includes(draft.outcome)) wrong.outcome = "dissuasion.choose_outcome";
  const people = peopleIn(draft.moved);
  if (!Number.isInteger(people) || people < 0 || people > MOST_MOVED) wrong.moved = "dissuasion.moved_number";
  return wrong;
}

// What goes into the record's body.
export const bodyOf = (draft) =>
  draft && {
    said: draft.said,
    to: draft.to,
    outcome: draft.outcome,
    // Nothing is agreed on with somebody who will not listen.
    by: draft.outcome === "refused" ? null : draft.by,
    warned: draft.warned,
    moved: peopleIn(draft.moved),
  };
