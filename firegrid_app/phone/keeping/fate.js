// What becomes of a record when the server has answered. Pure: no word of the server's, known to this
// version of the app or not, makes a phone let go of a record.

const ACCEPTED = new Set(["created", "already"]);
// These need the person; every other word means "not now".
const DECIDED = new Set(["refused", "rejected", "conflict"]);
// Said of a record that is right: the server is older than this app, or had a fault of its own, or its
// maker's training before the post is not on record yet.
const NOT_YET = new Set(["sync.unknown_kind", "sync.unknown_version", "server_error", "busy", "access.training_first"]);

const FIRST_WAIT = 60 * 1000;
export const LONGEST_WAIT = 60 * 60 * 1000;

// The change to a record; `at` is the phone's moment in milliseconds.
export function fate(record, { status, code, message, fields }, at) {
  if (ACCEPTED.has(status)) return { state: "sent", sent: at, code: "", message: "", tries: 0, again_at: 0 };
  if (DECIDED.has(status) && !NOT_YET.has(code)) {
    return { state: "refused", code: code ?? `sync.${status}`, message: message ?? "", fields };
  }
  const tries = (record.tries ?? 0) + 1;
  const wait = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT);
  return { state: "waiting", code: code ?? "", message: message ?? "", tries, again_at: at + wait };
}

// What the server says to a record that it once said to have: has it lost it since? Whatever it knows by its
// id it calls `already`, or a conflict, before it looks at anything else.
export const isForgotten = ({ status, code }) =>
  status === "created" || (status === "refused" && code !== "server_error" && code !== "busy");

// May this record go now? A clock set back in between does not keep it longer than the longest wait.
export function isDue({ again_at = 0 }, now) {
  return again_at <= now || again_at > now + LONGEST_WAIT;
}

// Is it refused only because the start of its walk has not arrived?
export const lacksStart = ({ state, code, body }, start) =>
  state === "refused" && code === "patrols.unknown" && body.patrol === start;

// The start of its walk is there now: what waited for it goes by itself.
export const freed = (record) => ({ ...record, state: "waiting", code: "", message: "", again_at: 0 });

// Put aside (aside.js), what the server has is safe: in its version, or sent as a new record.
const SAFE = new Set(["server", "new"]);
const KEPT_ASIDE = 30 * 24 * 3600 * 1000;

// When a record put aside may leave the phone, in milliseconds; null: not before it is in a file. What
// the server has, in its version or under a new id, goes after 30 days; what nobody else has does not.
export function leavesAt({ state, aside: put, exported }) {
  if (state !== "aside") return null;
  if (SAFE.has(put.how)) return put.at + KEPT_ASIDE;
  return exported ? Math.max(exported, put.at) + KEPT_ASIDE : null;
}

// Does it count in today's minutes, points and doors? Not what was refused, nor what was put aside.
export const stands = ({ state }) => state === "waiting" || state === "sent";
