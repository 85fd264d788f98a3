// The queue between the store and the door: records before photos, one at a time, nothing dropped.
import { Away, fetchPack, isThere, Refusal, sendItems, sendPhoto } from "./door.js";
import {
  fact,
  getPack,
  keepRecord,
  nextPhoto,
  noteAnswers,
  photoRefused,
  photoSent,
  putFact,
  putPack,
  sentSince,
  sweep,
  waitingRecords,
} from "./store.js";
import { newId } from "./ids.js";

const BATCH = 50;
const PACK_STALE = 2 * 60 * 1000;
const LONGEST_WAIT = 5 * 60 * 1000;

// What the frame shows: reach is unknown, here or away; login says that the server wants one.
// `problem` is the server's own sentence when it refuses this person or this phone altogether.
let status = { reach: "unknown", busy: false, login: false, problem: "" };
const listeners = new Set();
let failures = 0;
let timer = null;
let running = null;
let wanted = false;
let batch = BATCH;

export const queueStatus = () => status;
export function onStatus(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function tell(change) {
  status = { ...status, ...change };
  listeners.forEach((listener) => listener());
}

// Make a record durable on this phone, then try to send it. Resolves with its id once it is kept.
export async function record(kind, body, { owner, position = null, photos = [], id = newId(), at }) {
  const made = at ?? new Date().toISOString();
  const announced = photos.map(({ id, sha256, purpose, taken_at, position }) => ({
    id,
    sha256,
    purpose,
    taken_at,
    position,
  }));
  const full = kind === "hazard.report" ? { ...body, photos: announced } : body;
  await keepRecord({ id, owner, kind, version: 1, captured_at: made, position, body: full }, photos);
  drainSoon();
  return id;
}

const asItem = ({ id, kind, version, owner, captured_at, position, body }) => ({
  id,
  kind,
  version,
  made_by: owner,
  captured_at,
  position,
  body,
});

export function drainSoon() {
  // What comes in while a round is on may have been missed by it: one more round follows.
  wanted = true;
  schedule(0);
}

// A press on the button forgets the waiting time.
export function drainNow() {
  failures = 0;
  return drain();
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(drain, delay);
}

function drain() {
  // One at a time: in this page by the promise, across tabs by a lock where the browser has locks.
  running ??= withLock(drainOnce).finally(() => {
    running = null;
  });
  return running;
}

const withLock = (work) =>
  navigator.locks ? navigator.locks.request("firegrid-outbox", work) : work();

async function drainOnce() {
  wanted = false;
  tell({ busy: true });
  let again = 60000;
  try {
    const me = await fact("me");
    if (!(await isThere())) throw new Away("no answer");
    tell({ reach: "here" });
    if (me) {
      do {
        await sendRecords(me.person_id);
      } while (await sendOnePhoto(me.person_id));
      await refreshPack(me.person_id);
      await sweep(me.person_id, Date.now());
      tell({ login: false, problem: "" });
    }
    failures = 0;
    if (wanted) again = 0;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      tell({ login: true });
    } else {
      tell(error instanceof Away ? { reach: "away" } : { problem: error.message });
      failures += 1;
      again = Math.min(1000 * 2 ** failures, LONGEST_WAIT) * (0.75 + Math.random() / 2);
    }
  } finally {
    tell({ busy: false });
    schedule(again);
  }
}

async function sendRecords(owner) {
  for (;;) {
    const records = await waitingRecords(owner, batch);
    if (records.length === 0) return;
    let answer;
    try {
      answer = await sendItems(records.map(asItem));
    } catch (error) {
      if (error.status === 413 && batch > 1) {
        batch = Math.ceil(batch / 2);
        continue;
      }
      throw error;
    }
    // Another person's cookie on this phone: nothing of this owner may be marked by it.
    if (answer.person_id !== owner) throw new Refusal(401, "access.not_logged_in", "");
    await noteAnswers(answer.results, Date.now());
    await putFact("skew", new Date(answer.server_time) - Date.now());
    batch = Math.min(BATCH, batch * 2);
  }
}

// One photo, and whether there was one: records made meanwhile go ahead of the next.
async function sendOnePhoto(owner) {
  const photo = await nextPhoto(owner);
  if (!photo) return false;
  try {
    await sendPhoto(photo.id, photo.blob);
    await photoSent(photo.id);
  } catch (error) {
    const final = error instanceof Refusal && [404, 409, 413, 422].includes(error.status);
    if (!final) throw error;
    await photoRefused(photo.id, error.code, error.message);
  }
  return true;
}

async function refreshPack(owner) {
  const kept = await getPack(owner);
  const today = kept && localDay(new Date(), kept.pack.timezone) === kept.pack.day;
  if (kept && today && Date.now() - kept.fetched < PACK_STALE && !(await sentSince(owner, kept.fetched))) {
    return;
  }
  const fresh = await fetchPack(kept?.etag);
  if (fresh && fresh.pack.me.person_id !== owner) {
    throw new Refusal(401, "access.not_logged_in", "");
  }
  if (fresh) await putFact("me", fresh.pack.me);
  await putPack(owner, fresh?.pack ?? kept.pack, fresh?.etag ?? kept.etag, Date.now());
}

export function localDay(moment, timezone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }).format(moment);
}

if (typeof window !== "undefined") {
  addEventListener("online", drainNow);
  addEventListener("offline", () => tell({ reach: "away" }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") drainNow();
  });
  drainSoon();
}
