// Where a person's day pack lies, in sections. Reached through store.js.
import { get, namedOf, open, sectionsOf, write } from "./database.js";
import { newId } from "./ids.js";
import { applied, isOfOneDay, merged } from "./packs.js";

// What this phone has of a person's pack: {etag, fetched, day, timezone, sections: [{name, tag}]}.
// A row with `pack` in it was written before packs came in sections, and is read as it is.
export const packHead = (owner) => get("packs", owner);

let lastMerged = {};

// The pack in the one shape that screens read. The same object as long as nothing in it changed:
// thousands of doors are not read and joined again for every record.
export async function getPack(owner) {
  const packs = (await open()).transaction("packs").objectStore("packs");
  const head = await packs.get(owner);
  if (!head || head.pack) return head;
  if (lastMerged.stamp !== head.stamp) {
    const sections = (await packs.getAll(namedOf(owner))).filter((one) => one.name);
    lastMerged = { stamp: head.stamp, now: { pack: merged(sections), fetched: head.fetched } };
  }
  // Screens that are told the same object are not drawn anew.
  if (lastMerged.now.fetched !== head.fetched) lastMerged.now = { ...lastMerged.now, fetched: head.fetched };
  return lastMerged.now;
}

// Put what the server said of the pack whose sections were named to it: null for nothing new.
// A change that was asked for from another state (another tab was quicker) changes nothing, nor does
// one for somebody who logged out meanwhile: their households do not come back.
export function putPackChange(owner, { head, sent, change, etag, at }) {
  return write(["packs", "facts"], async (store) => {
    if ((await store("facts").get("me"))?.value.person_id !== owner) return;
    const me = change?.changed.me?.[1];
    if (me) await store("facts").put({ key: "me", value: me });
    const packs = store("packs");
    const now = await packs.get(owner);
    if (now?.stamp !== head?.stamp) return;
    if (!change) {
      await packs.put({ ...now, fetched: at });
      return;
    }
    const sections = applied(now?.sections ?? [], sent, change);
    if (!sections) {
      await packs.put({ ...now, owner, etag: "", sections: [] });
      return;
    }
    const names = new Set(sections.map((one) => one.name));
    for (const key of await packs.getAllKeys(sectionsOf(owner))) {
      if (key.length === 2 && !names.has(key[1])) await packs.delete(key);
    }
    for (const { name, tag, data } of sections) {
      if (data) await packs.put({ owner: [owner, name], name, tag, data });
    }
    const { day, timezone } = change.changed.day?.[1] ?? now;
    const tags = sections.map(({ name, tag }) => ({ name, tag }));
    await packs.put({ owner, etag, stamp: newId(), fetched: at, day, timezone, sections: tags });
  });
}

// Today's lists of doors, once their day is over; they come again with the next pack.
export function dropLists(owner) {
  return write(["packs"], async (store) => {
    const head = await store("packs").get(owner);
    const over = (head?.sections ?? []).filter((one) => isOfOneDay(one.name));
    if (over.length === 0) return;
    for (const { name } of over) await store("packs").delete([owner, name]);
    const sections = head.sections.filter((one) => !isOfOneDay(one.name));
    await store("packs").put({ ...head, etag: "", stamp: newId(), sections });
  });
}
