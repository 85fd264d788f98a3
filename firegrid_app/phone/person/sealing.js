// Settles the phone: in plain it holds only what belongs to the person logged in. Fetched when there
// is something to do. It may be killed at any entry and goes on from there at the next start.
import { Damaged, OtherKey, seal, unseal } from "./seal.js";
import {
  dropKey,
  fact,
  forgetSent,
  keyOf,
  noteTrouble,
  othersHere,
  plainEntry,
  plainOf,
  putOpened,
  putSealed,
  sealedEntry,
  sealedOf,
} from "../keeping/store.js";

// `onStep(done, total)` after each entry. With `again` what did not open before is tried once more.
export async function settleAll({ onStep = () => {}, again = false } = {}) {
  for (const owner of await othersHere()) await sealAll(owner, onStep);
  const me = await fact("me");
  const key = me && (await keyOf(me.person_id));
  if (key) await openAll(me.person_id, key, onStep, again);
}

async function sealAll(owner, onStep) {
  await forgetSent(owner);
  const key = await keyOf(owner);
  // Left by a version that had no keys: it stays as it was, seen by nobody else, until its owner comes.
  if (!key) return;
  const places = await plainOf(owner);
  let done = 0;
  for (const place of places) {
    const { name, value } = await plainEntry(place);
    // What cannot be read or written now (no room) stays in plain, and the key with it.
    if (value) await seal(key, owner, name, value).then((sealed) => putSealed(place, owner, value, sealed)).catch(() => {});
    onStep((done += 1), places.length);
  }
  await dropKey(owner);
}

async function openAll(owner, key, onStep, again) {
  const ids = await sealedOf(owner);
  let done = 0;
  for (const id of ids) {
    const sealed = await sealedEntry(id);
    if (sealed && (again || !sealed.trouble)) await openOne(sealed, owner, key);
    onStep((done += 1), ids.length);
  }
}

async function openOne(sealed, owner, key) {
  try {
    await putOpened(sealed.id, owner, unseal(key, owner, sealed.id, sealed));
  } catch (error) {
    if (error instanceof OtherKey) await noteTrouble(sealed.id, "key");
    else if (error instanceof Damaged) await noteTrouble(sealed.id, "damaged");
    // Else the phone has no room at the moment: it is tried again.
  }
}
