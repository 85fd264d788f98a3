// When the phone's storage is full, or nearly. Pure: who knows it by its error, who may leave early to make
// room, and what the person is told.

// Browsers name it QuotaExceededError; Firefox says NS_ERROR_… where the disk itself is full.
const FULL = new Set(["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED", "NS_ERROR_FILE_NO_DEVICE_SPACE"]);
export const isFull = (error) => FULL.has(error?.name) || FULL.has(error?.inner?.name);

// The text that says why a form's content was not kept, and what to do.
export const whyNotKept = (error) => (isFull(error) ? "phone.no_room" : "phone.not_kept");

const FULL_SHARE = 80;
const MANY_UNSENT = 10_000;

// What to say of a phone that holds much before it can hold no more; `share` in percent, null where the
// browser does not tell. Empty: nothing to warn of.
export function warningOf(share, unsent) {
  if (share >= FULL_SHARE) return "phone.storage_full";
  return unsent >= MANY_UNSENT ? "phone.many_unsent" : "";
}

const walkOf = ({ kind, id, body }) => (kind === "patrol.start" ? id : body.patrol);

// Sent records that nothing of today is drawn from: made and sent before today, of no walk that has
// a record of today's or is not ended. `today` is the beginning of the phone's day, in milliseconds.
export function mayLeaveEarly(records, today) {
  const isOld = ({ state, sent, captured_at }) => state === "sent" && sent < today && Date.parse(captured_at) < today;
  const ended = new Set(records.filter((one) => one.kind === "patrol.end").map(walkOf));
  const needed = new Set(
    records.filter((one) => !isOld(one) || (one.kind === "patrol.start" && !ended.has(one.id))).map(walkOf),
  );
  needed.delete(undefined);
  needed.delete(null);
  return records.filter((one) => isOld(one) && !needed.has(walkOf(one)));
}
