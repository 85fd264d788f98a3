// Which hazards a person has to see to, and what can be done about one from a phone. Pure; the server
// has the last word on both (hazards/rules/steps.py).
import { stands } from "../keeping/fate.js";

export const FILTERS = ["mine", "late", "all"];
export const NEEDS_WORDS = new Set(["commented", "answered", "stepped_up"]);

// The pack's hazards with what was said of them on this phone: a step counts before it is sent and until a
// pack fetched later tells of it; one the server refused does not, its reason stands in the outbox.
export function known(hazards, records, fetched) {
  const moves = (records ?? []).filter((one) => one.kind === "hazard.move" && stands(one));
  return hazards.map((hazard) => {
    const said = moves.filter((one) => one.body.hazard === hazard.id);
    const news = said.filter((one) => one.state === "waiting" || one.sent > fetched);
    const isRight = news.some((one) => one.body.step === "corrected");
    return { ...hazard, said, status: isRight && hazard.status === "open" ? "corrected" : hazard.status };
  });
}

// What is still to be put right comes first, mine before the others'; each by its day.
const rank = ({ status, owner_id }, personId) => (status === "open" ? 0 : 2) + (owner_id === personId ? 0 : 1);
export const byUrgency = (hazards, personId) =>
  [...hazards].sort((one, other) => rank(one, personId) - rank(other, personId) || one.due_on.localeCompare(other.due_on));

export function narrowed(hazards, personId, today) {
  const all = byUrgency(hazards, personId);
  return {
    mine: all.filter((one) => one.owner_id === personId && one.status === "open"),
    late: all.filter((one) => one.due_on < today),
    all,
  };
}

// A photo from after it was put right is a word to the trail: closing may wait for it (YB-53).
export const recordedAs = (step) => (step === "pictured" ? "commented" : step);

export function stepsFor(hazard, personId) {
  const mine = hazard.owner_id === personId;
  return [
    hazard.status === "open" && "corrected",
    hazard.status === "corrected" && "pictured",
    hazard.status === "open" && "dissuaded",
    "commented",
    hazard.urges_open > 0 && mine && "answered",
    !mine && "urged",
    mine && "stepped_up",
    "skipped",
  ].filter(Boolean);
}
