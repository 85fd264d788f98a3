// Where recordings and pictures of leaflets lie: beside the day pack they come with, and they leave with it.
// Reached through store.js.
import { get, open, sectionsOf, write } from "./database.js";

const KINDS = ["sound", "leaflet"];
const keyOf = (owner, kind, id) => [owner, kind, id];

// {kind, id} of each that is on this phone, without its bytes.
export async function heldAlong(owner) {
  const keys = await (await open()).getAllKeys("packs", sectionsOf(owner));
  return keys.filter((key) => KINDS.includes(key[1])).map(([, kind, id]) => ({ kind, id }));
}

export const alongBlob = async (owner, kind, id) => (await get("packs", keyOf(owner, kind, id)))?.blob ?? null;

// Only for whoever is logged in here, as all of the pack.
export const keepAlong = (owner, kind, id, blob) =>
  write(
    ["packs"],
    async (store) => {
      if ((await store("facts").get("me"))?.value.person_id !== owner) return;
      await store("packs").put({ owner: keyOf(owner, kind, id), blob });
    },
    ["facts"],
  );

export const dropAlong = (owner, kind, id) => write(["packs"], (store) => store("packs").delete(keyOf(owner, kind, id)));
