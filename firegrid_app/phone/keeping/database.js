// Opens IndexedDB in the shape this version of the app wants, and writes to it durably. Only
// store.js and sealed.js come here.
import { openDB } from "idb";
import { changed } from "./answers.js";
import { noteNewStore } from "./gone.js";
import { isFull } from "./room.js";

const NAME = "firegrid";
const VERSION = 2;

// outbox  records made on this phone; state: waiting, refused, sent, aside
// photos  their photos, bytes included until the server has them; state: the same four
// packs   the last day pack of the person who works with this phone: one row that says which
//         sections it has ([owner]), one for each section ([owner, name]), and one for each
//         recording and picture of a leaflet that came after it ([owner, "sound" or "leaflet", id])
//         and tile of the base map ([owner, 0, key])
// drafts  half-filled forms, one a form and person
// facts   small things: who is logged in here, their key, how far the phone's clock is off
// sealed  what others left unsent on this phone, unreadable until they log in again (since 2)
function upgrade(db, from) {
  if (from < 1) {
    noteNewStore();
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
  if (from < 2) {
    const sealed = db.createObjectStore("sealed", { keyPath: "id" });
    sealed.createIndex("owner", "owner");
    sealed.createIndex("owner_what", ["owner", "what"]);
    sealed.createIndex("owner_trouble", ["owner", "trouble"]);
  }
}

let opening = null;

const openAs = (version) =>
  openDB(NAME, version, {
    upgrade,
    blocking: (_now, _next, event) => {
      event.target.close();
      opening = null;
    },
    terminated: () => {
      opening = null;
    },
  });

// Opened on first use, and again when the system has closed it under memory pressure (iOS does).
export function open() {
  opening ??= openAs(VERSION)
    // A newer version has opened it in another tab; every version only adds, so this one may go on.
    .catch((error) => (error?.name === "VersionError" ? openAs(undefined) : Promise.reject(error)))
    .catch((error) => {
      opening = null;
      throw error;
    });
  return opening;
}

// Screens are told of every write, and to which stores; also of those in another tab.
const STORES = ["outbox", "photos", "packs", "drafts", "facts", "sealed"];
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("firegrid-store") : null;
// A tab with another version of the app may not say which.
if (channel) channel.onmessage = ({ data }) => changed(Array.isArray(data) ? data : STORES);

// One transaction. It resolves when the flash has it (`strict`), not when the browser promised it.
// Inside `work`, await nothing but the store: the transaction would close. It writes to `stores` only,
// and may read those of `looks` as well.
export async function write(stores, work, looks = []) {
  const db = await open();
  const transaction = db.transaction([...stores, ...looks], "readwrite", { durability: "strict" });
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
    // A request says at times only that it was aborted, and the transaction why.
    const why = await transaction.done.catch((reason) => reason);
    throw isFull(why) ? why : error;
  } finally {
    changed(stores);
    channel?.postMessage(stores);
  }
}

export const get = async (store, key) => (await open()).get(store, key);
export const all = async (store, index, key) => (await open()).getAllFromIndex(store, index, key);
export const count = async (store, index, key) => (await open()).countFromIndex(store, index, key);

// The keys of an index, without reading what they belong to: entries may hold photos.
export async function indexKeys(store, index, direction = "next") {
  const found = [];
  let cursor = await (await open()).transaction(store).store.index(index).openKeyCursor(null, direction);
  while (cursor) {
    found.push(cursor.key);
    cursor = await cursor.continue();
  }
  return found;
}

// The rows of a person's pack but its head.
export const sectionsOf = (owner) => IDBKeyRange.bound([owner], [owner, []]);
// Of those the tiles of the base map alone: no name, a number comes before every name.
export const tilesOf = (owner) => IDBKeyRange.bound([owner, 0], [owner, 0, []]);
// And all but them: they are many, and no screen reads them with the pack.
export const namedOf = (owner) => IDBKeyRange.bound([owner, ""], [owner, []]);
