// What leaves the store, in its time or early when room has run out. Reached through store.js.
import { all, tilesOf, write } from "./database.js";
import { leavesAt } from "./fate.js";
import { isFull, mayLeaveEarly } from "./room.js";

const KEPT_AFTER_SENDING = 2 * 24 * 3600 * 1000;
const KEPT_WITH_PHOTOS_TAKEN_OUT = 30 * 24 * 3600 * 1000;

// Sent records stay two days, because today's minutes and doors are drawn from them; then they go.
// Those put aside go when nothing is lost with them (fate.js).
export async function sweep(owner, now) {
  const sent = await all("outbox", "owner_state", [owner, "sent"]);
  const aside = await all("outbox", "owner_state", [owner, "aside"]);
  await remove(
    [
      ...sent.filter((record) => now - record.sent > KEPT_AFTER_SENDING),
      ...aside.filter((record) => (leavesAt(record) ?? Infinity) <= now),
    ],
    now,
  );
}

async function remove(old, now) {
  if (old.length === 0) return;
  await write(["outbox", "photos"], async (store) => {
    for (const record of old) {
      const photos = await store("photos").index("item").getAll(record.id);
      if (photos.some((photo) => photo.state === "waiting" || photo.state === "refused")) continue;
      const takenOut = record.state === "sent" && photos.some((photo) => photo.state === "aside");
      if (takenOut && now - record.sent < KEPT_WITH_PHOTOS_TAKEN_OUT) continue;
      for (const photo of photos) await store("photos").delete(photo.id);
      await store("outbox").delete(record.id);
    }
  });
}

// Is there something on this phone that it has no room to keep? The frame says so on every screen.
let out = false;
const listeners = new Set();
export const roomIsOut = () => out;
export function onRoom(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function noteRoom(isOut) {
  if (isOut === out) return;
  out = isOut;
  listeners.forEach((listener) => listener());
}

// Keep something of a person; when the phone is full, once more after what may leave early has left.
export async function withRoom(owner, keep) {
  try {
    const kept = await keep().catch(async (error) => {
      if (!isFull(error)) throw error;
      await sweepEarly(owner);
      return keep();
    });
    noteRoom(false);
    return kept;
  } catch (error) {
    if (isFull(error)) noteRoom(true);
    throw error;
  }
}

async function sweepEarly(owner) {
  const now = Date.now();
  // What can be fetched again goes before anything somebody made.
  await write(["packs"], (store) => store("packs").delete(tilesOf(owner)));
  await sweep(owner, now);
  await remove(mayLeaveEarly(await all("outbox", "owner", owner), new Date(now).setHours(0, 0, 0, 0)), now);
}
