// What a round of sending does, in a page and in the service worker: records before photos, nothing dropped.
import { BatchSize } from "./batches.js";
import { heard, knownOffsets } from "./clock.js";
import { Away, knock, knownItem, Refusal, sendItems, whoAmI } from "./door.js";
import { isForgotten } from "../keeping/fate.js";
import { photoBegun, sendSome } from "./sending.js";
import { tellAside } from "./settled.js";
import { askAgain, fact, isSent, lastSent, nextPhoto, noteAnswers, photoRefused, photoSent, sendAllAgain, sweep, waitingRecords } from "../keeping/store.js";
import { photosMayGo } from "./wifi.js";

const batch = new BatchSize();
const BETWEEN_SWEEPS = 60 * 60 * 1000;
let swept = -Infinity;
// Photos that the server has a fault with: one must not stand in the way of all.
const stumbled = new Set();

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

// The first request takes along a record the server said to have: it tells whether it still has it.
async function sendRecords(owner, onThrough) {
  let asked = false;
  for (;;) {
    const records = await waitingRecords(owner, batch.records, Date.now());
    if (records.length === 0) return;
    const last = asked || batch.records === 1 ? undefined : await lastSent(owner);
    if (last) records.push(last);
    let answer;
    try {
      answer = await sendItems(records.map(asItem), await knownOffsets(records));
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
    // First of all: what is noted next would be the one to ask about.
    if (last && isForgotten(answer.results.pop())) await sendAllAgain(owner);
    await noteAnswers(answer.results, Date.now());
    asked = true;
    batch.more();
    onThrough();
  }
}

// Some of one photo, and whether there was one: records made meanwhile go ahead of the next part.
async function sendOfPhotos(owner, onThrough) {
  const photo = await nextPhoto(owner, photoBegun(), stumbled);
  if (!photo) return false;
  try {
    if (await sendSome(photo)) await photoSent(photo.id);
    onThrough();
  } catch (error) {
    const final = error instanceof Refusal && [404, 409, 413, 422].includes(error.status);
    // Somebody else may have logged in meanwhile: to them the server says no to this photo, and to
    // its maker it would not.
    if (error instanceof Refusal && error.code === "server_error") stumbled.add(photo.id);
    if (!final || (await whoAmI()) !== owner) throw error;
    if (error.code === "photos.unknown" && (await isSent(photo.item)) && (await isLost(photo.item))) {
      await sendAllAgain(owner);
    } else {
      await photoRefused(photo.id, error.code, error.message);
    }
  }
  return true;
}

async function isLost(id) {
  try {
    await knownItem(id);
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === "sync.unknown_item") return true;
    throw error;
  }
}

// What was sent days ago leaves the phone, once the server has been asked whether it still has it: at each
// opening and every hour, also when nothing is old enough. True when it has not: all of it goes again. Where the
// question is not answered nothing leaves.
export async function letGo(owner, now) {
  if (Math.abs(now - swept) < BETWEEN_SWEEPS) return false;
  const last = await lastSent(owner);
  if (last && (await isLost(last.id))) {
    await sendAllAgain(owner);
    return true;
  }
  await sweep(owner, now);
  swept = now;
  return false;
}
