// A server put back from a backup has lost what came since, and had said to have it. Here that stays for
// some days more (sweeping.js), so it can go once more; what the server has after all it knows by its id.
// Reached through store.js.
import { get, open, write } from "./database.js";

// Of what the server said to have the one made last: while it has that, it has them all.
export async function lastSent(owner) {
  const { store } = (await open()).transaction("outbox");
  const sent = new Set(await store.index("owner_state").getAllKeys([owner, "sent"]));
  if (sent.size === 0) return undefined;
  return store.get((await store.index("seq").getAllKeys()).findLast((id) => sent.has(id)));
}

export const isSent = async (id) => (await get("outbox", id))?.state === "sent";

// Photos whose bytes have left this phone do not come again: their records do.
export const sendAllAgain = (owner) =>
  write(["outbox"], async (store) => {
    const sent = await store("outbox").index("owner_state").getAll([owner, "sent"]);
    await Promise.all(sent.map((record) => store("outbox").put({ ...record, state: "waiting" })));
  });
