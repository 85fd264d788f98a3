// What a round of sending does, in a page and in the service worker: records before photos, nothing dropped.
import { BatchSize } from "./batches.js";
import { heard, knownOffsets } from "./clock.js";
import { Away, knock, Refusal, sendItems, whoAmI } from "./door.js";
import { photoBegun, sendSome } from "./sending.js";
import { tellAside } from "./settled.js";
import { askAgain, fact, nextPhoto, noteAnswers, photoRefused, photoSent, waitingRecords } from "../keeping/store.js";
import { photosMayGo } from "./wifi.js";

const batch = new BatchSize();

// Pages and the service worker never send at once, where the browser has locks.
export const alone = (work) =>
  navigator.locks ? navigator.locks.request("firegrid-outbox", work) : work();

// A record as the server takes it, by line or by hand-over file.
export const asItem = ({ id, kind, version, owner, captured_at, position, body }) => ({
  id,
  kind,
  version,
  made_by: owner,
  captured_at,
  position,
  body,
});

// Throws `Away` where nobody is. Not to have room for what is heard stops nothing.
export async function hearTheClock() {
  const ahead = await knock();
  if (ahead !== null) await heard(ahead).catch(() => {});
}

// Everything of this person that may go now. `isPressed()`: photos go over any line; `onHeld(held)`
// is told whether they stay for another line, `onThrough()` of all that went through. Throws `Away`, or
// a `Refusal` of the person or the phone; what has gone by then is noted.
export async function sendWaiting(
  owner,
  { isPressed = () => false, onHeld = () => {}, onThrough = () => {} } = {},
) {
  askAgain();
  let more = true;
  while (more) {
    await sendRecords(owner, onThrough);
    const held = !photosMayGo(await fact("wifi_only"), isPressed());
    onHeld(held);
    more = !held && (await sendOfPhotos(owner, onThrough));
  }
  await tellAside(owner);
}

async function sendRecords(owner, onThrough) {
  for (;;) {
    const records = await waitingRecords(owner, batch.records, Date.now());
    const offsets = await knownOffsets(records);
    if (records.length === 0) return;
    let answer;
    try {
      answer = await sendItems(records.map(asItem), offsets);
    } catch (error) {
      if (error.status === 413 && batch.records > 1) {
        batch.less();
        continue;
      }
      // A line may be so slow that fifty records are more than it carries while we wait.
      if (error instanceof Away && error.silent) batch.less();
      throw error;
    }
    // Another person's cookie on this phone: nothing of this owner may be marked by it.
    if (answer.person_id !== owner) throw new Refusal(401, "access.not_logged_in", "");
    await noteAnswers(answer.results, Date.now());
    batch.more();
    onThrough();
  }
}

// Some of one photo, and whether there was one: records made meanwhile go ahead of the next part.
async function sendOfPhotos(owner, onThrough) {
  const photo = await nextPhoto(owner, photoBegun());
  if (!photo) return false;
  try {
    if (await sendSome(photo)) await photoSent(photo.id);
    onThrough();
  } catch (error) {
    const final = error instanceof Refusal && [404, 409, 413, 422].includes(error.status);
    // Somebody else may have logged in meanwhile: to them the server says no to this photo, and to
    // its maker it would not.
    if (!final || (await whoAmI()) !== owner) throw error;
    await photoRefused(photo.id, error.code, error.message);
  }
  return true;
}
