// The only door to what the phone keeps. Everything a member does is here before it is anywhere else.
import { all, count, get, open, sectionsOf, write } from "./database.js";
import { fate, freed, isDue, lacksStart } from "./fate.js";
import { newId } from "./ids.js";
import { isFull } from "./room.js";
import { withRoom } from "./sweeping.js";
import { applied, isOfOneDay, merged } from "./packs.js";

export { onChange } from "./database.js";
export * from "./sealed.js";
export { noteRoom, onRoom, roomIsOut, sweep } from "./sweeping.js";

export const fact = async (key) => (await get("facts", key))?.value;
export const putFact = (key, value) => write(["facts"], (store) => store("facts").put({ key, value }));

// Make a fact's value of its last one, with nobody in between.
export const changeFact = (key, change) =>
  write(["facts"], async (store) => {
    const value = change((await store("facts").get(key))?.value);
    await store("facts").put({ key, value });
    return value;
  });

// Keep a record and its photos together; resolves when all of it is durable. An id that is here
// already stays as it is (a form killed between keeping and clearing keeps its record once), unless
// it was refused: then this is the record mended, to be sent again. Says whether it was kept. Only
// whoever is logged in here keeps records: those of somebody who left in another tab would lie in
// plain for the next person. Throws what room.js reads: nothing of it is kept then, not even in part.
export const keepRecord = (record, photos) => withRoom(record.owner, () => putRecord(record, photos));

const putRecord = (record, photos) =>
  write(["outbox", "photos", "facts"], async (store) => {
    if ((await store("facts").get("me"))?.value.person_id !== record.owner) throw new Error("not logged in");
    const known = await store("outbox").get(record.id);
    if (known && known.state !== "refused") return false;
    const last = await store("outbox").index("seq").openCursor(null, "prev");
    const seq = known?.seq ?? (last?.value.seq ?? 0) + 1;
    const whole = known ? { ...mended(known), ...record, clock: clockOf(known, record) } : record;
    await store("outbox").put({ ...whole, seq, state: "waiting" });
    const wanted = new Set(photos.map((photo) => photo.id));
    for (const old of await store("photos").index("item").getAllKeys(record.id)) {
      if (!wanted.has(old)) await store("photos").delete(old);
    }
    for (const photo of photos) {
      await store("photos").put({ ...photo, item: record.id, owner: record.owner, state: "waiting" });
    }
    return true;
  });

// What stays of a record when it is mended: also what it was at first.
function mended({ code: _code, message: _message, fields: _fields, ...known }) {
  const first = known.first ?? { captured_at: known.captured_at, version: known.version, body: known.body };
  return { ...known, first, tries: 0, again_at: 0 };
}

// A mended record keeps the clock it was made by, unless its maker has set the moment by hand.
const clockOf = (known, record) => (known.captured_at === record.captured_at ? known.clock : undefined);

// Change a record by what stands there now: `change(record, its photos, all records of its owner)`
// gives what to put and which photos to drop, or null to leave it. Says whether it was changed.
export function revise(id, change) {
  return write(["outbox", "photos"], async (store) => {
    const record = await store("outbox").get(id);
    if (!record) return false;
    const photos = await store("photos").index("item").getAll(id);
    const own = await store("outbox").index("owner").getAll(record.owner);
    const changed = change(record, photos, own);
    if (!changed) return false;
    const last = await store("outbox").index("seq").openCursor(null, "prev");
    for (const one of changed.put ?? []) await store("outbox").put({ seq: last.value.seq + 1, ...one });
    for (const photo of changed.drop ?? []) await store("photos").delete(photo);
    for (const photo of changed.photos ?? []) await store("photos").put(photo);
    return true;
  });
}

export const recordsOf = async (owner) =>
  (await all("outbox", "owner", owner)).sort((a, b) => a.seq - b.seq);

// The next that may go now, in the order they were made: some wait for a server that can take them.
// Of those that wait only the keys are read: a thousand are sent in batches, not read in each.
export async function waitingRecords(owner, most, now) {
  const { store } = (await open()).transaction("outbox");
  const waiting = new Set(await store.index("owner_state").getAllKeys([owner, "waiting"]));
  const next = [];
  if (waiting.size === 0) return next;
  for (const id of await store.index("seq").getAllKeys()) {
    if (!waiting.has(id) || unwritten.has(id)) continue;
    const record = await store.get(id);
    if (isDue(record, now)) next.push(record);
    if (next.length === most) break;
  }
  return next;
}

// A press on the button: nothing waits for its hour.
export function hurry(owner) {
  return write(["outbox"], async (store) => {
    for (const record of await store("outbox").index("owner_state").getAll([owner, "waiting"])) {
      if (record.again_at) await store("outbox").put({ ...record, again_at: 0 });
    }
  });
}

// Whether the server took a record, where a full phone has no room to write down its answer: its
// photos go on all the same, which makes room. Asked again in the next round, it says "already".
const unwritten = new Map();
export const askAgain = () => unwritten.clear();

// What the server said of each record. Nothing is removed here: `sent` ones are swept days later.
export const noteAnswers = (answers, at) =>
  putAnswers(answers, at).catch((error) => {
    if (!isFull(error)) throw error;
    for (const answer of answers) unwritten.set(answer.id, fate({}, answer, at).state === "sent");
  });

function putAnswers(answers, at) {
  return write(["outbox"], async (store) => {
    const told = await Promise.all(answers.map((answer) => noteAnswer(store("outbox"), answer, at)));
    for (const one of told) {
      if (one?.kind === "patrol.start" && one.state === "sent") await free(store("outbox"), one);
    }
  });
}

async function noteAnswer(outbox, answer, at) {
  const record = await outbox.get(answer.id);
  if (!record) return undefined;
  const now = { ...record, ...fate(record, answer, at) };
  await outbox.put(now);
  return now;
}

async function free(outbox, start) {
  for (const one of await outbox.index("owner_state").getAll([start.owner, "refused"])) {
    if (lacksStart(one, start.id)) await outbox.put(freed(one));
  }
}

// A photo of a record put aside goes when the server's version awaits it.
const GOES_ON = new Set(["sent", "aside"]);

// The next photo whose record the server has; a photo never goes ahead of its record. One at a time
// is read: the bytes of all that wait may be more than the phone's memory. `begun` goes first: some
// of it is there already.
export async function nextPhoto(owner, begun) {
  const transaction = (await open()).transaction(["photos", "outbox"]);
  const first = begun && (await transaction.objectStore("photos").get(begun));
  if (first?.owner === owner && first.state === "waiting") return first;
  const waiting = transaction.objectStore("photos").index("owner_state");
  let cursor = await waiting.openCursor([owner, "waiting"]);
  while (cursor) {
    const record = await transaction.objectStore("outbox").get(cursor.value.item);
    if (GOES_ON.has(record?.state) || unwritten.get(record?.id)) return cursor.value;
    cursor = await cursor.continue();
  }
  return undefined;
}

const changePhoto = (id, change) =>
  write(["photos"], async (store) => {
    const photo = await store("photos").get(id);
    if (photo) await store("photos").put({ ...photo, ...change });
  });

// The bytes go only now that the server has said it keeps them.
// Without room even for that word the whole row goes: nothing is lost with it, and there is room.
export const photoSent = (id) =>
  changePhoto(id, { state: "sent", blob: null, message: "" }).catch((error) => {
    if (!isFull(error)) throw error;
    return write(["photos"], (store) => store("photos").delete(id));
  });
export const photoRefused = (id, code, message) => changePhoto(id, { state: "refused", code, message });

export function sendAgain(id) {
  return write(["outbox", "photos"], async (store) => {
    const again = async (name, one) => {
      if (one?.state === "refused") await store(name).put({ ...one, state: "waiting", message: "" });
    };
    await again("outbox", await store("outbox").get(id));
    for (const photo of await store("photos").index("item").getAll(id)) await again("photos", photo);
  });
}

// Photos of a person by record, without their bytes: for lists.
export async function photosByItem(owner) {
  const found = new Map();
  for (const { item, id, state, code, message } of await all("photos", "owner", owner)) {
    found.set(item, [...(found.get(item) ?? []), { id, state, code, message }]);
  }
  return found;
}

export const photosOf = (item) => all("photos", "item", item);

export async function counts(owner) {
  const [waiting, photos, refused, refusedPhotos] = await Promise.all([
    count("outbox", "owner_state", [owner, "waiting"]),
    count("photos", "owner_state", [owner, "waiting"]),
    count("outbox", "owner_state", [owner, "refused"]),
    count("photos", "owner_state", [owner, "refused"]),
  ]);
  return { waiting, photos, refused: refused + refusedPhotos };
}

export const sentSince = async (owner, moment) =>
  (await all("outbox", "owner_state", [owner, "sent"])).some((record) => record.sent >= moment);

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
    const sections = await packs.getAll(sectionsOf(owner));
    lastMerged = { stamp: head.stamp, pack: merged(sections) };
  }
  return { pack: lastMerged.pack, fetched: head.fetched };
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
      if (!names.has(key[1])) await packs.delete(key);
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

export const getDraft = (owner, form) => get("drafts", [owner, form]);
export const putDraft = (owner, form, value) =>
  withRoom(owner, () =>
    write(["drafts", "facts"], async (store) => {
      if ((await store("facts").get("me"))?.value.person_id !== owner) return;
      await store("drafts").put({ owner, form, value });
    }),
  );
export const dropDraft = (owner, form) =>
  write(["drafts"], (store) => store("drafts").delete([owner, form]));
