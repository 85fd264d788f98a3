// The only door to what the phone keeps. Everything a member does is here before it is anywhere else.
import { mended, saysTheSame } from "./again.js";
import { all, count, get, indexKeys, open, write } from "./database.js";
import { fate, freed, isDue, lacksStart } from "./fate.js";
import { isFull } from "./room.js";
import { withRoom } from "./sweeping.js";

export * from "./alongstore.js";
export * from "./forgotten.js";
export * from "./packstore.js";
export * from "./sealed.js";
export * from "./tilestore.js";
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
// it was refused: then this is the record mended, to be sent again. Says whether it was "kept", is "here"
// already, or whether "another" with other content is here under its id. Only whoever is logged in here
// keeps records: those of somebody who left in another tab would lie in plain for the next person. Throws
// what room.js reads: nothing of it is kept then, not even in part.
export const keepRecord = (record, photos) => withRoom(record.owner, () => putRecord(record, photos));

// What has to be known first is asked for at once: on a slow phone every answer waited for is felt.
const putRecord = (record, photos) =>
  write(
    ["outbox", "photos"],
    async (store) => {
      const [me, known, last] = await Promise.all([
        store("facts").get("me"),
        store("outbox").get(record.id),
        store("outbox").index("seq").openKeyCursor(null, "prev"),
      ]);
      if (me?.value.person_id !== record.owner) throw new Error("not logged in");
      if (known && known.state !== "refused") return saysTheSame(known, record) ? "here" : "another";
      const seq = known?.seq ?? (last?.key ?? 0) + 1;
      const whole = known ? mended(known, record) : record;
      const puts = [store("outbox").put({ ...whole, seq, state: "waiting" })];
      for (const photo of photos) {
        puts.push(store("photos").put({ ...photo, item: record.id, owner: record.owner, state: "waiting" }));
      }
      if (known) await dropPhotosBut(store("photos"), record.id, new Set(photos.map(({ id }) => id)));
      await Promise.all(puts);
      return "kept";
    },
    ["facts"],
  );

async function dropPhotosBut(photos, item, wanted) {
  for (const old of await photos.index("item").getAllKeys(item)) {
    if (!wanted.has(old)) await photos.delete(old);
  }
}

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

// These records are in a file the person has: in one transaction, however many they are.
export const noteExported = (ids, at) =>
  write(["outbox"], async (store) => {
    const found = await Promise.all(ids.map((id) => store("outbox").get(id)));
    await Promise.all(found.filter(Boolean).map((one) => store("outbox").put({ ...one, exported: at })));
  });

export const recordsOf = async (owner) =>
  (await all("outbox", "owner", owner)).sort((a, b) => a.seq - b.seq);

export const asideOf = (owner) => all("outbox", "owner_state", [owner, "aside"]);

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
// of it is there already; those the server stumbled over go last, no other waits for them.
export async function nextPhoto(owner, begun, stumbled) {
  const transaction = (await open()).transaction(["photos", "outbox"]);
  const first = begun && (await transaction.objectStore("photos").get(begun));
  if (first?.owner === owner && first.state === "waiting") return first;
  const waiting = transaction.objectStore("photos").index("owner_state");
  let cursor = await waiting.openCursor([owner, "waiting"]);
  let last;
  while (cursor) {
    const record = await transaction.objectStore("outbox").get(cursor.value.item);
    if (GOES_ON.has(record?.state) || unwritten.get(record?.id)) {
      if (!stumbled.has(cursor.value.id)) return cursor.value;
      last = cursor.value;
    }
    cursor = await cursor.continue();
  }
  return last;
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
  for (const { item, id, kind, state, code, message } of await all("photos", "owner", owner)) {
    found.set(item, [...(found.get(item) ?? []), { id, kind, state, code, message }]);
  }
  return found;
}

// The records on this phone that have photos here.
export const itemsWithPhotos = async () => new Set(await indexKeys("photos", "item", "nextunique"));

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

export const getDraft = (owner, form) => get("drafts", [owner, form]);
export const putDraft = (owner, form, value) =>
  withRoom(owner, () =>
    write(
      ["drafts"],
      async (store) => {
        if ((await store("facts").get("me"))?.value.person_id !== owner) return;
        await store("drafts").put({ owner, form, value });
      },
      ["facts"],
    ),
  );
export const dropDraft = (owner, form) =>
  write(["drafts"], (store) => store("drafts").delete([owner, form]));
