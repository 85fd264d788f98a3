// Where kept tiles of the base map lie: beside the day pack whose grids they show, and they leave with it.
// One row says which there are, one holds each. Reached through store.js.
import { get, tilesOf, write } from "./database.js";

const rowOf = (owner, key = "") => [owner, 0, key];

// {of, tiles: {key: {at, bytes}}}, or null.
export const tilesHeld = async (owner) => (await get("packs", rowOf(owner))) ?? null;
export const tileBlob = async (owner, key) => (await get("packs", rowOf(owner, key)))?.blob ?? null;

// These ({key, blob}) of the map named `of`, without those in `drop`. Only for whoever is logged in here.
export const changeTiles = (owner, of, { fresh = [], drop = [], at }) =>
  write(
    ["packs"],
    async (store) => {
      if ((await store("facts").get("me"))?.value.person_id !== owner) return;
      const packs = store("packs");
      const tiles = { ...(await packs.get(rowOf(owner)))?.tiles };
      for (const key of drop) {
        delete tiles[key];
        await packs.delete(rowOf(owner, key));
      }
      for (const { key, blob } of fresh) {
        tiles[key] = { at, bytes: blob.size };
        await packs.put({ owner: rowOf(owner, key), blob });
      }
      await packs.put({ owner: rowOf(owner), of, tiles });
    },
    ["facts"],
  );

export const dropTiles = (owner) => write(["packs"], (store) => store("packs").delete(tilesOf(owner)));
