// Where recordings lie: beside the day pack they come with, and they leave with it. Reached through store.js.
import { get, open, sectionsOf, write } from "./database.js";

const keyOf = (owner, id) => [owner, "sound", id];

// {id} of each that is on this phone, without its bytes.
export async function heldSounds(owner) {
  const keys = await (await open()).getAllKeys("packs", sectionsOf(owner));
  return keys.filter((key) => key[1] === "sound").map(([, , id]) => ({ id }));
}

export const soundBlob = async (owner, id) => (await get("packs", keyOf(owner, id)))?.blob ?? null;

// Only for whoever is logged in here, as all of the pack.
export const keepSound = (owner, id, blob) =>
  write(
    ["packs"],
    async (store) => {
      if ((await store("facts").get("me"))?.value.person_id !== owner) return;
      await store("packs").put({ owner: keyOf(owner, id), blob });
    },
    ["facts"],
  );

export const dropSound = (owner, id) => write(["packs"], (store) => store("packs").delete(keyOf(owner, id)));
