// Brings what belongs to the day pack but is no part of it onto the phone, where the line allows: recordings
// and pictures of leaflets one by one, tiles of the base map. Lets go of what is not listed any more.
import { fetchLeaflet, fetchSound, Refusal } from "./door.js";
import { sha256 } from "../keeping/hash.js";
import { wantedPictures } from "../doors/leaflets.js";
import { dropAlong, getPack, heldAlong, keepAlong } from "../keeping/store.js";
import { wanted } from "../shouts/sounds.js";
import { bringTiles } from "../maps/tilekeeping.js";

const KINDS = {
  leaflet: { wanted: wantedPictures, fetchOne: fetchLeaflet },
  sound: { wanted, fetchOne: ({ id }) => fetchSound(id) },
};

// Throws `Away` where nobody is. `isWanted()`: is there something by now that must not wait for the map?
export async function bring(owner, mayGo, isWanted) {
  const day = (await getPack(owner))?.pack ?? {};
  for (const kind of Object.keys(KINDS)) await bringKind(owner, kind, day, mayGo);
  await bringTiles(owner, day, mayGo, isWanted);
}

// One that was taken off meanwhile, or came otherwise than announced, is left.
async function bringKind(owner, kind, day, mayGo) {
  const { wanted, fetchOne } = KINDS[kind];
  const have = (await heldAlong(owner)).filter((one) => one.kind === kind);
  const { fetch, drop } = wanted(day, have);
  for (const id of drop) await dropAlong(owner, kind, id);
  if (!mayGo) return;
  for (const one of fetch) {
    let blob;
    try {
      blob = await fetchOne(one);
    } catch (error) {
      if (error instanceof Refusal && [403, 404].includes(error.status)) continue;
      throw error;
    }
    if ((await sha256(new Uint8Array(await blob.arrayBuffer()))) === one.sha256) await keepAlong(owner, kind, one.id, blob);
  }
}
