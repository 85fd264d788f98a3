// The only file that touches IndexedDB. Everything a member does is here before it is anywhere else.
import { openDB } from "idb";

const NAME = "firegrid";
const VERSION = 1;

// outbox  records made on this phone; state: waiting, refused, sent
// photos  their photos, bytes included until the server has them; state: waiting, refused, sent
// packs   the last day pack of each person who works with this phone
// drafts  half-filled forms, one a form and person
// facts   small things: who is logged in here, how far the phone's clock is off
function upgrade(db) {
  const outbox = db.createObjectStore("outbox", { keyPath: "id" });
  outbox.createIndex("seq", "seq");
  outbox.createIndex("owner", "owner");
  outbox.createIndex("owner_state", ["owner", "state"]);
  const photos = db.createObjectStore("photos", { keyPath: "id" });
  photos.createIndex("item", "item");
  photos.createIndex("owner", "owner");
  photos.createIndex("owner_state", ["owner", "state"]);
  db.createObjectStore("packs", { keyPath: "owner" });
  db.createObjectStore("drafts", { keyPath: ["owner", "form"] });
  db.createObjectStore("facts", { keyPath: "key" });
}

let opening = null;

// Opened on first use, and again when the system has closed it under memory pressure (iOS does).
function open() {
  opening ??= openDB(NAME, VERSION, {
    upgrade,
    blocking: (_now, _next, event) => {
      event.target.close();
      opening = null;
    },
    terminated: () => {
      opening = null;
    },
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

// Screens are told of every write, also of those in another tab.
const listeners = new Set();
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("firegrid-store") : null;
const tell = () => listeners.forEach((listener) => listener());
if (channel) channel.onmessage = tell;

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// One transaction. It resolves when the flash has it (`strict`), not when the browser promised it.
// Inside `work`, await nothing but the store: the transaction would close.
async function write(stores, work) {
  const db = await open();
  const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
  const store = (name) => transaction.objectStore(name);
  try {
    const [result] = await Promise.all([work(store), transaction.done]);
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // Aborted already: that is why we are here.
    }
    throw error;
  } finally {
    tell();
    channel?.postMessage("changed");
  }
}

const get = async (store, key) => (await open()).get(store, key);
const all = async (store, index, key) => (await open()).getAllFromIndex(store, index, key);
const count = async (store, index, key) => (await open()).countFromIndex(store, index, key);

export const fact = async (key) => (await get("facts", key))?.value;
export const putFact = (key, value) => write(["facts"], (store) => store("facts").put({ key, value }));

// Keep a record and its photos together; resolves when all of it is durable. An id that is here
// already stays as it is (a form killed between keeping and clearing keeps its record once), unless
// it was refused: then this is the record mended, to be sent again.
export function keepRecord(record, photos) {
  return write(["outbox", "photos"], async (store) => {
    const known = await store("outbox").get(record.id);
    if (known && known.state !== "refused") return;
    const last = await store("outbox").index("seq").openCursor(null, "prev");
    const seq = known?.seq ?? (last?.value.seq ?? 0) + 1;
    await store("outbox").put({ ...record, seq, state: "waiting" });
    const wanted = new Set(photos.map((photo) => photo.id));
    for (const old of await store("photos").index("item").getAllKeys(record.id)) {
      if (!wanted.has(old)) await store("photos").delete(old);
    }
    for (const photo of photos) {
      await store("photos").put({ ...photo, item: record.id, owner: record.owner, state: "waiting" });
    }
  });
}

export const recordsOf = async (owner) =>
  (await all("outbox", "owner", owner)).sort((a, b) => a.seq - b.seq);

export const waitingRecords = async (owner, most) =>
  (await all("outbox", "owner_state", [owner, "waiting"])).sort((a, b) => a.seq - b.seq).slice(0, most);

// What the server said of each record. Nothing is removed here: `sent` ones are swept days later.
export function noteAnswers(answers, at) {
  return write(["outbox"], async (store) => {
    for (const { id, status, code, message, fields } of answers) {
      const record = await store("outbox").get(id);
      if (!record) continue;
      const accepted = status === "created" || status === "already";
      const change = accepted
        ? { state: "sent", sent: at, code: "", message: "" }
        : { state: "refused", code: code ?? status, message: message ?? "", fields };
      await store("outbox").put({ ...record, ...change });
    }
  });
}

// The next photo whose record the server has; a photo never goes ahead of its record. One at a time
// is read: the bytes of all that wait may be more than the phone's memory.
export async function nextPhoto(owner) {
  const transaction = (await open()).transaction(["photos", "outbox"]);
  const waiting = transaction.objectStore("photos").index("owner_state");
  let cursor = await waiting.openCursor([owner, "waiting"]);
  while (cursor) {
    const record = await transaction.objectStore("outbox").get(cursor.value.item);
    if (record?.state === "sent") return cursor.value;
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
export const photoSent = (id) => changePhoto(id, { state: "sent", blob: null, message: "" });
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

const KEPT_AFTER_SENDING = 2 * 24 * 3600 * 1000;

// Sent records stay two days, because today's minutes and doors are drawn from them; then they go.
export async function sweep(owner, now) {
  const old = (await all("outbox", "owner_state", [owner, "sent"])).filter(
    (record) => now - record.sent > KEPT_AFTER_SENDING,
  );
  if (old.length === 0) return;
  await write(["outbox", "photos"], async (store) => {
    for (const record of old) {
      const photos = await store("photos").index("item").getAll(record.id);
      if (photos.some((photo) => photo.state !== "sent")) continue;
      for (const photo of photos) await store("photos").delete(photo.id);
      await store("outbox").delete(record.id);
    }
  });
}

export const getPack = (owner) => get("packs", owner);
export const putPack = (owner, pack, etag, fetched) =>
  write(["packs"], (store) => store("packs").put({ owner, pack, etag, fetched }));

export const getDraft = (owner, form) => get("drafts", [owner, form]);
export const putDraft = (owner, form, value) =>
  write(["drafts"], (store) => store("drafts").put({ owner, form, value }));
export const dropDraft = (owner, form) =>
  write(["drafts"], (store) => store("drafts").delete([owner, form]));

// Log-out: household data leaves the phone, unsent work stays for its owner.
export function forgetPerson(owner) {
  return write(["packs", "facts"], async (store) => {
    await store("packs").delete(owner);
    await store("facts").delete("me");
  });
}
