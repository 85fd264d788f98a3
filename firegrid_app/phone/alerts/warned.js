// Warnings and notices of the day pack: what was opened or called out here and not sent yet counts.
// Pure functions; alerts/receipts.py is the other side.
import { stands } from "../keeping/fate.js";
import { HEARD_BELOW } from "../shouts/means.js";

// A pack of yesterday must not warn of what is over. An old pack knows of none.
export const inForce = (alerts, now) => (alerts ?? []).filter((one) => Date.parse(one.ends_at) > now);

const about = (alert, records, kind) =>
  (records ?? []).filter(
    (one) =>
      one.kind === kind && stands(one) && one.body.alert === alert.id && one.body.edition === alert.edition,
  );

export const isSeen = (alert, records) => alert.seen || about(alert, records, "alert.seen").length > 0;

// Codes of one's grids where it has not been called out yet.
export function leftIn(alert, records, grids) {
  if (!alert.to_residents) return [];
  const pathOf = new Map(grids.map((grid) => [grid.code, grid.path]));
  const here = about(alert, records, "shout.log").map(({ body }) => body);
  const isTold = (code) =>
    alert.passed.includes(code) ||
    here.some(
      ({ grid, means }) =>
        grid === code || (HEARD_BELOW.includes(means) && (pathOf.get(code) ?? "").startsWith(pathOf.get(grid) ?? "?")),
    );
  const left = alert.grids.filter((code) => !isTold(code));
  // A community is done with when all grids below it are.
  return left.filter((code) => {
    const below = belowOf(code, alert.grids, pathOf);
    return below.length === 0 || below.some((one) => left.includes(one));
  });
}

const belowOf = (code, codes, pathOf) =>
  codes.filter((one) => one !== code && (pathOf.get(one) ?? "").startsWith(pathOf.get(code) ?? "?"));

// Of these grids those that have none of the others below them: as many as people would count.
export function lowest(codes, grids) {
  const pathOf = new Map(grids.map((grid) => [grid.code, grid.path]));
  return codes.filter((code) => belowOf(code, codes, pathOf).length === 0);
}

// Does it still want something of this person?
export const asks = (alert, records, grids) =>
  alert.grids.length > 0 && (!isSeen(alert, records) || leftIn(alert, records, grids).length > 0);

export const isLate = (alert, now) => Date.parse(alert.deadline_at) < now;
