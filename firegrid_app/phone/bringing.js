// Brings what belongs to the day pack but is no part of it onto the phone, where the line allows: recordings
// one by one, tiles of the base map. Lets go of what is not listed any more.
import { fetchSound, Refusal } from "./door.js";
import { sha256 } from "./hash.js";
import { dropSound, getPack, heldSounds, keepSound } from "./store.js";
import { wanted } from "./sounds.js";
import { bringTiles } from "./tilekeeping.js";

// Throws `Away` where nobody is. `isWanted()`: is there something by now that must not wait for the map?
export async function bring(owner, mayGo, isWanted) {
  const day = (await getPack(owner))?.pack ?? {};
  await bringSounds(owner, day, mayGo);
  await bringTiles(owner, day, mayGo, isWanted);
}

// One that was taken off meanwhile, or came otherwise than announced, is left.
async function bringSounds(owner, day, mayGo) {
  const { fetch, drop } = wanted(day, await heldSounds(owner));
  for (const id of drop) await dropSound(owner, id);
  if (!mayGo) return;
  for (const one of fetch) {
    let blob;
    try {
      blob = await fetchSound(one.id);
    } catch (error) {
      if (error instanceof Refusal && [403, 404].includes(error.status)) continue;
      throw error;
    }
    if ((await sha256(new Uint8Array(await blob.arrayBuffer()))) === one.sha256) await keepSound(owner, one.id, blob);
  }
}
