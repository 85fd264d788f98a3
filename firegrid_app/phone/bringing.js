// Brings recordings of the day pack onto the phone, one by one, where the line allows; lets go of the others.
import { fetchSound, Refusal } from "./door.js";
import { sha256 } from "./hash.js";
import { dropSound, getPack, heldSounds, keepSound } from "./store.js";
import { wanted } from "./sounds.js";

// Throws `Away` where nobody is. One that was taken off meanwhile, or came otherwise than announced, is left.
export async function bringSounds(owner, mayGo) {
  const head = await getPack(owner);
  const { fetch, drop } = wanted(head?.pack ?? {}, await heldSounds(owner));
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
