// Keeps tiles of one's own grids on the phone, of maps that may be kept, where the line and the room allow.
import { datumOf } from "./datum.js";
import { Away, fetchTile, Refusal } from "../sending/door.js";
import { pictureOf, smallOf } from "./gridmap.js";
import { isFull } from "../keeping/room.js";
import { changeTiles, dropTiles, fact, tilesHeld } from "../keeping/store.js";
import { addressesOf, bytesOf, changesOf, MOST_BYTES, nameOf, tilesToKeep } from "./tiles.js";

const AT_ONCE = 8;
// In percent of what the browser grants. Records and photos come first, and long before a warning.
const NO_MORE = 60;
const TOO_MUCH = 75;

async function shareUsed() {
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return quota ? (usage / quota) * 100 : 0;
}

// One round of it: stops as soon as `isWanted()` says that something else waits, and goes on in the next.
// A server of tiles that does not answer is nobody's trouble but the map's.
export async function bringTiles(owner, day, mayGo, isWanted) {
  const base = day?.base_map;
  const may = base?.may_be_kept && !(await fact("base_map_off"));
  const share = await shareUsed();
  const held = await tilesHeld(owner);
  const stays = held && may && held.of === nameOf(base) && share < TOO_MUCH;
  if (held && !stays) await dropTiles(owner);
  if (!may || share >= NO_MORE) return;
  const tiles = stays ? held.tiles : {};
  const { fetch, drop } = changesOf(wantedOf(day, base), tiles, Date.now());
  if (drop.length) await changeTiles(owner, nameOf(base), { drop });
  if (!mayGo) return;
  for (const key of drop) delete tiles[key];
  let bytes = bytesOf(tiles);
  for (let from = 0; from < fetch.length && bytes < MOST_BYTES && !isWanted(); from += AT_ONCE) {
    const came = await Promise.all(fetch.slice(from, from + AT_ONCE).map((tile) => bringOne(base, tile)));
    const fresh = came.filter(Boolean);
    if (!fresh.length) return;
    bytes += fresh.reduce((sum, { blob }) => sum + blob.size, 0);
    try {
      await changeTiles(owner, nameOf(base), { fresh, at: Date.now() });
    } catch (error) {
      if (!isFull(error)) throw error;
      await dropTiles(owner);
      return;
    }
  }
}

function wantedOf(day, base) {
  const { onto } = datumOf(base.datum);
  const grids = smallOf(day).filter(({ outline }) => outline);
  return grids.length ? tilesToKeep(pictureOf(grids, [], onto), grids.map((one) => pictureOf([one], [], onto)), base) : [];
}

async function bringOne(base, tile) {
  try {
    return { key: tile.key, blob: await fetchTile(addressesOf(base, tile)[0]) };
  } catch (error) {
    if (error instanceof Away || error instanceof Refusal) return null;
    throw error;
  }
}
