// Who is logged in on this phone, with which key, and what lies sealed for whom. In plain the phone
// holds only what belongs to the person logged in. Reached through store.js.
import { all, count, get, indexKeys, open, sectionsOf, write } from "./database.js";

const KEY = "key:";
const UNSENT = ["outbox", "photos", "drafts"];
const nameOf = (store, key) => `${store}/${[key].flat().join("/")}`;
const isHere = async (store, owner) => (await store("facts").get("me"))?.value.person_id === owner;

async function dropPack(packs, owner) {
  await packs.delete(owner);
  await packs.delete(sectionsOf(owner));
}

export const keyOf = async (owner) => (await get("facts", KEY + owner))?.value;

// A person comes in. What the last one left is sealed next, with the key that stays until then.
export function enterHere(me, key) {
  return write(["facts"], async (store) => {
    await store("facts").put({ key: "me", value: me });
    await store("facts").put({ key: KEY + me.person_id, value: key });
    await store("facts").delete("leaving");
  });
}

// For a phone that was logged in before there were keys.
export const putKey = (owner, key) => write(["facts"], (store) => store("facts").put({ key: KEY + owner, value: key }));

// Log-out: nobody is logged in here, and what the server told this person is gone. With `leaving`
// the server has yet to hear of it.
export function leaveHere(owner, leaving) {
  return write(["packs", "facts"], async (store) => {
    await dropPack(store("packs"), owner);
    // Somebody else may have logged in meanwhile, in another tab.
    if (!(await isHere(store, owner))) return;
    await store("facts").delete("me");
    if (leaving) await store("facts").put({ key: "leaving", value: true });
  });
}

// Everybody but the person logged in who has something in plain on this phone, or a key.
export async function othersHere() {
  const db = await open();
  const me = (await get("facts", "me"))?.value.person_id;
  const keys = await db.getAllKeys("facts", IDBKeyRange.bound(KEY, `${KEY}\uffff`));
  const owners = [
    ...keys.map((key) => Number(key.slice(KEY.length))),
    ...(await db.getAllKeys("packs")).map((key) => [key].flat()[0]),
    ...(await db.getAllKeys("drafts")).map(([owner]) => owner),
    ...(await indexKeys("outbox", "owner", "nextunique")),
    ...(await indexKeys("photos", "owner", "nextunique")),
  ];
  return [...new Set(owners)].filter((owner) => owner !== me);
}

// Is there anything to seal, to wipe or to open? Asked at every start; reads no entry.
export async function isUnsettled() {
  for (const owner of await othersHere()) {
    if ((await keyOf(owner)) || (await get("packs", owner)) || (await count("outbox", "owner_state", [owner, "sent"]))) {
      return true;
    }
  }
  const me = (await get("facts", "me"))?.value.person_id;
  if (me === undefined || !(await keyOf(me))) return false;
  return (await count("sealed", "owner", me)) > (await troubled(me));
}

const troubled = (owner) =>
  count("sealed", "owner_trouble", IDBKeyRange.bound([owner], [owner, "\uffff"]));

// What the server has, and what it told: of a person who is not logged in none of it stays.
export async function forgetSent(owner) {
  const sent = await all("outbox", "owner_state", [owner, "sent"]);
  await write(["outbox", "photos", "packs", "facts"], async (store) => {
    if (await isHere(store, owner)) return;
    await dropPack(store("packs"), owner);
    for (const { id } of sent) {
      const photos = await store("photos").index("item").getAll(id);
      if (photos.some((photo) => photo.state !== "sent")) continue;
      for (const photo of photos) await store("photos").delete(photo.id);
      await store("outbox").delete(id);
    }
  });
}

// Where this person's entries lie in plain: [store, key] of each. Drafts first, they are wanted first.
export async function plainOf(owner) {
  const db = await open();
  const drafts = (await db.getAllKeys("drafts")).filter(([of]) => of === owner);
  const records = await db.getAllKeysFromIndex("outbox", "owner", owner);
  const photos = await db.getAllKeysFromIndex("photos", "owner", owner);
  return [
    ...drafts.map((key) => ["drafts", key]),
    ...records.map((key) => ["outbox", key]),
    ...photos.map((key) => ["photos", key]),
  ];
}

// One entry in plain, and the name it is sealed under.
export const plainEntry = async ([store, key]) => ({ name: nameOf(store, key), value: await get(store, key) });

// The sealed form comes and the plain one goes, or neither: a kill leaves one of the two. False when
// the entry is another by now (sent or mended meanwhile) or its owner is back.
export function putSealed([name, key], owner, value, sealed) {
  return write([name, "sealed", "facts"], async (store) => {
    const now = await store(name).get(key);
    // A photo's bytes never change; all else is compared.
    if (!now || JSON.stringify(now) !== JSON.stringify(value) || (await isHere(store, owner))) return false;
    const what = name === "outbox" && value.state !== "aside" ? "unsent" : name;
    await store("sealed").put({ ...sealed, id: nameOf(name, key), owner, store: name, what });
    await store(name).delete(key);
    return true;
  });
}

// The last step of leaving. Only when nothing of this person lies here in plain any more.
export function dropKey(owner) {
  return write(["facts", ...UNSENT], async (store) => {
    if (await isHere(store, owner)) return false;
    const left = [
      await store("outbox").index("owner").count(owner),
      await store("photos").index("owner").count(owner),
      await store("drafts").count(IDBKeyRange.bound([owner], [owner, "\uffff"])),
    ];
    if (left.some(Boolean)) return false;
    await store("facts").delete(KEY + owner);
    return true;
  });
}

export const sealedOf = async (owner) => (await open()).getAllKeysFromIndex("sealed", "owner", owner);
export const sealedEntry = (id) => get("sealed", id);

// The same in the other direction. A form begun anew meanwhile keeps its place: the sealed one waits.
export function putOpened(id, owner, value) {
  return write(["sealed", "facts", ...UNSENT], async (store) => {
    const sealed = await store("sealed").get(id);
    if (!sealed || !(await isHere(store, owner))) return false;
    const target = store(sealed.store);
    const key = sealed.store === "drafts" ? [value.owner, value.form] : value.id;
    const there = await target.get(key);
    if (there && sealed.store === "drafts") return false;
    if (!there) await target.put(value);
    await store("sealed").delete(id);
    return true;
  });
}

// An entry that did not open is kept, with why: `key` (another key) or `damaged`; none to try again.
export function noteTrouble(id, trouble) {
  return write(["sealed"], async (store) => {
    const { trouble: _old, ...sealed } = (await store("sealed").get(id)) ?? {};
    if (sealed.id) await store("sealed").put(trouble ? { ...sealed, trouble } : sealed);
  });
}

// For the log-in page: how much waits here for others than the person logged in, and for how many.
export async function sealedHere() {
  const me = (await get("facts", "me"))?.value.person_id;
  const sealed = await indexKeys("sealed", "owner_what");
  const plain = await indexKeys("outbox", "owner_state");
  const others = [
    ...sealed.map(([owner, what]) => ({ owner, record: what === "unsent" })),
    ...plain.filter(([, state]) => state !== "sent" && state !== "aside").map(([owner]) => ({ owner, record: true })),
  ].filter(({ owner }) => owner !== me);
  return {
    records: others.filter(({ record }) => record).length,
    people: new Set(others.map(({ owner }) => owner)).size,
  };
}

// Records and photos on this phone that no server has, in plain or sealed, whoever's they are. Counted, not
// read: it is asked in every round.
export async function unsentHere() {
  const found = { records: 0, photos: 0 };
  const add = async (what, store, index, kinds) => {
    for (const owner of await indexKeys(store, "owner", "nextunique")) {
      for (const kind of kinds) found[what] += await count(store, index, [owner, kind]);
    }
  };
  await add("records", "outbox", "owner_state", ["waiting", "refused"]);
  await add("photos", "photos", "owner_state", ["waiting", "refused"]);
  await add("records", "sealed", "owner_what", ["unsent"]);
  await add("photos", "sealed", "owner_what", ["photos"]);
  return found;
}

// Of the person logged in: how much is still sealed, and how much of it does not open.
export const stillSealed = async (owner) => ({
  sealed: await count("sealed", "owner", owner),
  troubled: await troubled(owner),
});
