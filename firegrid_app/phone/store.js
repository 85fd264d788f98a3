// The only file that touches IndexedDB. Everything a member does is here before it is anywhere else.
import Dexie from "dexie";

// `strict`: a record counts as kept when it is on the flash, not when the browser has promised it.
export const db = new Dexie("firegrid", { chromeTransactionDurability: "strict" });

db.version(1).stores({
  // Records made on this phone. state: waiting, refused, sent.
  outbox: "id, [owner+state], [owner+made], seq",
  // Photos of records, bytes included until the server has them. state: waiting, refused, sent.
  photos: "id, item, [owner+state]",
  // The last day pack of each person who works with this phone.
  packs: "owner",
  // Half-filled forms, one a form and person.
  drafts: "[owner+form]",
  // Small facts: who is logged in here, the server's clock.
  facts: "key",
});

export const fact = async (key) => (await db.facts.get(key))?.value;
export const putFact = (key, value) => db.facts.put({ key, value });

// Keep a record and its photos in one transaction; resolves when both are durable.
export function keepRecord(record, photos) {
  return db.transaction("rw", db.outbox, db.photos, async () => {
    const last = await db.outbox.orderBy("seq").last();
    await db.outbox.add({ ...record, seq: (last?.seq ?? 0) + 1, state: "waiting", tries: 0 });
    for (const photo of photos) {
      await db.photos.add({ ...photo, item: record.id, owner: record.owner, state: "waiting" });
    }
  });
}

export const waitingRecords = (owner, limit) =>
  db.outbox
    .where("[owner+state]")
    .equals([owner, "waiting"])
    .sortBy("seq")
    .then((found) => found.slice(0, limit));

// What the server said of each record. Nothing is removed here: `sent` ones are swept a day later.
export function noteAnswers(answers, at) {
  return db.transaction("rw", db.outbox, async () => {
    for (const { id, status, code, message, fields } of answers) {
      const accepted = status === "created" || status === "already";
      await db.outbox.update(
        id,
        accepted
          ? { state: "sent", sent: at, code: "", message: "" }
          : { state: "refused", code: code ?? status, message: message ?? "", fields },
      );
    }
  });
}

// Photos whose record the server has; a photo never goes ahead of its record.
export async function nextPhoto(owner) {
  const waiting = await db.photos.where("[owner+state]").equals([owner, "waiting"]).toArray();
  for (const photo of waiting) {
    if ((await db.outbox.get(photo.item))?.state === "sent") return photo;
  }
  return undefined;
}

// The bytes go only now that the server has said it keeps them.
export const photoSent = (id) => db.photos.update(id, { state: "sent", blob: null, message: "" });
export const photoRefused = (id, code, message) =>
  db.photos.update(id, { state: "refused", code, message });

export function sendAgain(id) {
  return db.transaction("rw", db.outbox, db.photos, async () => {
    await db.outbox
      .where("id")
      .equals(id)
      .modify((record) => {
        if (record.state === "refused") Object.assign(record, { state: "waiting", message: "" });
      });
    await db.photos
      .where("item")
      .equals(id)
      .modify((photo) => {
        if (photo.state === "refused") Object.assign(photo, { state: "waiting", message: "" });
      });
  });
}

const KEPT_AFTER_SENDING = 2 * 24 * 3600 * 1000;

// Sent records stay two days, because today's minutes and doors are drawn from them; then they go.
export function sweep(now) {
  return db.transaction("rw", db.outbox, db.photos, async () => {
    const old = await db.outbox
      .filter((record) => record.state === "sent" && now - record.sent > KEPT_AFTER_SENDING)
      .toArray();
    for (const record of old) {
      const photos = await db.photos.where("item").equals(record.id).toArray();
      if (photos.some((photo) => photo.state !== "sent")) continue;
      await db.photos.where("item").equals(record.id).delete();
      await db.outbox.delete(record.id);
    }
  });
}

export const sentSince = async (owner, moment) =>
  (await db.outbox
    .where("[owner+state]")
    .equals([owner, "sent"])
    .filter((record) => record.sent >= moment)
    .count()) > 0;

export const getPack = (owner) => db.packs.get(owner);
export const putPack = (owner, pack, etag, fetched) =>
  db.packs.put({ owner, pack, etag, fetched });

export const getDraft = (owner, form) => db.drafts.get([owner, form]);
export const putDraft = (owner, form, value) => db.drafts.put({ owner, form, value });
export const dropDraft = (owner, form) => db.drafts.delete([owner, form]);

// Log-out: household data leaves the phone, unsent work stays for its owner.
export function forgetPerson(owner) {
  return db.transaction("rw", db.packs, db.facts, async () => {
    await db.packs.delete(owner);
    await db.facts.delete("me");
  });
}
