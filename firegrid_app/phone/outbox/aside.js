// A refused record the person has decided about: put aside, never dropped silently. Pure: from what
// stands in the store to what is to stand there (store.js, `revise`).
import { lacksStart } from "../keeping/fate.js";

// how:  "server"  the server's version is right
//       "new"     sent as a new record (`as` is its id)
//       "given_up" the person gives the record up and says why
//       "with"    put aside together with the start of its walk (`with` is its id)

const aside = (record, how, at, more = {}) => ({
  ...record,
  state: "aside",
  aside: { how, at, code: record.code, message: record.message, reason: "", ...more },
});
const away = (photo) => (photo.state === "sent" ? photo : { ...photo, state: "aside" });

// Nobody but the server may end what the server has not decided: only refused ones are put aside.
const decided = (record) => record?.state === "refused";

// The server's version holds. Photos it has announced with the same bytes still go: it waits for them.
export function trustServer(record, photos, known, at) {
  if (!decided(record)) return null;
  const awaited = new Map((known.body.photos ?? []).map((one) => [one.id, one.sha256]));
  const goes = (photo) => photo.state !== "sent" && awaited.get(photo.id) === photo.sha256;
  return {
    put: [aside(record, "server", at)],
    photos: photos.map((photo) => (goes(photo) ? { ...photo, state: "waiting" } : away(photo))),
  };
}

// Mine as a record of its own: a new id, new ids for its photos, which go with it. What of the same
// walk has not arrived names the new start.
export function sendAsNew(record, photos, own, ids, at) {
  if (!decided(record)) return null;
  const [as, ...photoIds] = ids;
  // A photo the server has already is with the server's version; its bytes are not here any more.
  const moving = photos.filter((photo) => photo.state !== "sent");
  const renamed = new Map(moving.map((photo, number) => [photo.id, photoIds[number]]));
  const announced = (record.body.photos ?? []).filter((one) => renamed.has(one.id));
  const body = record.body.photos
    ? { ...record.body, photos: announced.map((one) => ({ ...one, id: renamed.get(one.id) })) }
    : record.body;
  const { seq: _seq, fields: _fields, ...kept } = record;
  const fresh = { ...kept, id: as, body, state: "waiting", code: "", message: "", tries: 0, again_at: 0 };
  const follows = (one) => one.id !== record.id && one.body.patrol === record.id && ["waiting", "refused"].includes(one.state);
  const followers = record.kind === "patrol.start" ? own.filter(follows) : [];
  return {
    put: [
      aside(record, "new", at, { as }),
      fresh,
      ...followers.map((one) => {
        const moved = { ...one, body: { ...one.body, patrol: as } };
        return one.code === "patrols.unknown" ? { ...moved, state: "waiting", code: "", message: "" } : moved;
      }),
    ],
    photos: moving.map((photo) => ({ ...photo, id: renamed.get(photo.id), item: as, state: "waiting", message: "", code: "" })),
    drop: moving.map((photo) => photo.id),
  };
}

// Given up with a reason. Giving up a start puts aside what cannot go without it.
export function giveUp(record, photos, own, reason, at) {
  if (!decided(record) || !reason.trim()) return null;
  const stuck = record.kind === "patrol.start" ? own.filter((one) => lacksStart(one, record.id)) : [];
  return {
    put: [
      aside(record, "given_up", at, { reason: reason.trim() }),
      ...stuck.map((one) => aside(one, "with", at, { reason: reason.trim(), with: record.id })),
    ],
    photos: photos.map(away),
  };
}

// Back among the refused, with what went aside with it; as it was.
export function takeBack(record, photos, own) {
  if (record?.state !== "aside" || record.aside.how === "new") return null;
  const back = ({ aside: { code, message }, ...one }) => ({ ...one, state: "refused", code, message });
  const along = own.filter((one) => one.state === "aside" && one.aside.with === record.id);
  return {
    put: [back(record), ...along.map(back)],
    photos: photos.map((photo) => (photo.state === "aside" ? { ...photo, state: "waiting" } : photo)),
  };
}

// A refused photo taken out: its record stays, the bytes stay with it until the record goes.
export const dropPhoto = (photo) => (photo.state === "refused" ? { ...photo, state: "aside" } : photo);

// Of records put aside, those the server was not told of: it noted their refusal (settled.js).
export const untold = (records) => records.filter(({ state, aside }) => state === "aside" && !aside.told).map(({ id }) => id);

// As it stands then: taken back in between, it is not aside any more and is left as it is.
export const noteTold = (record) => (record.state === "aside" ? { put: [{ ...record, aside: { ...record.aside, told: true } }] } : null);
