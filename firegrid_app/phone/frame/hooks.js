// What the screens read: live views of the store and of the queue. They hold no copies.
import { startTransition, useEffect, useState, useSyncExternalStore } from "react";
import { answerOf, follow, known } from "../keeping/answers.js";
import { clockRuns, onRighted, rightNow, withMoments } from "../sending/clock.js";
import { stands } from "../keeping/fate.js";
import { activeOf, fieldMinutes, leftOpen, mergedWalks } from "../patrols/fieldtime.js";
import { format } from "./formats.js";
import { lookForPlace } from "./place.js";
import { onStatus, queueStatus } from "../sending/queue.js";
import {
  counts,
  fact,
  getPack,
  onRoom,
  photosByItem,
  recordsOf,
  roomIsOut,
  sealedHere,
  stillSealed,
  tilesHeld,
} from "../keeping/store.js";

const QUIET = { reach: "unknown", busy: false, silent: false, login: false, problem: "", held: false };
export const useQueue = () => useSyncExternalStore(onStatus, queueStatus, () => QUIET);

// Has React taken over the page the build made? Until then every screen draws what the build drew.
let takenOver = false;

// The answer to a question about the store, asked again after every write to `stores`; undefined at first,
// and while there is no name. What another screen has asked already is there at once.
function useLive(name, stores, question) {
  const [held, hold] = useState({ name, answer: takenOver ? known(name) : undefined });
  useEffect(() => {
    takenOver = true;
    if (!name) return undefined;
    return follow(name, stores, question, (answer) =>
      startTransition(() => hold((old) => (old.name === name && Object.is(old.answer, answer) ? old : { name, answer }))),
    );
    // eslint-disable-next-line -- the name says all that the question depends on
  }, [name]);
  return held.name === name || !takenOver ? held.answer : known(name);
}

// The same object as before for the same answer: screens are not drawn anew for it.
function steady(question) {
  let last;
  return async (...about) => {
    const answer = await question(...about);
    if (JSON.stringify(answer) !== JSON.stringify(last)) last = answer;
    return last;
  };
}

const ME = ["me", ["facts"], steady(async () => (await fact("me")) ?? null)];
// undefined while looking, null when nobody is logged in on this phone.
export const useMe = () => useLive(...ME);

const ofOwner = (what, stores, question) => (owner) => [`${what} ${owner}`, stores, () => question(owner)];
const nobody = ["", [], null];
const useOfMe = (me, asked) => useLive(...(me ? asked(me.person_id) : nobody));

const PACK = ofOwner("pack", ["packs"], async (owner) => (await getPack(owner)) ?? null);
// undefined while looking, null while there is no pack yet.
export const usePack = (me) => useOfMe(me, PACK);

const RECORDS = ofOwner("records", ["outbox", "facts"], async (owner) => withMoments(await recordsOf(owner), await clockRuns()));
// Each with the moment it counts for, `happened_at` in milliseconds.
export const useRecords = (me) => useOfMe(me, RECORDS);

const PHOTOS = ofOwner("photos", ["photos"], photosByItem);
export const usePhotosByItem = (me) => useOfMe(me, PHOTOS);

const SEALED = ofOwner("sealed", ["sealed"], steady(stillSealed));
export const useStillSealed = (me) => useOfMe(me, SEALED);
export const useSealedHere = () => useLive("sealed here", ["sealed", "outbox", "facts"], sealedHere);

const COUNTS = ofOwner("counts", ["outbox", "photos"], steady(counts));
export const useCounts = (me) => useOfMe(me, COUNTS);

// The switch of this phone, not of a person; undefined while looking.
export const useWifiOnly = () => useLive("wifi_only", ["facts"], async () => (await fact("wifi_only")) ?? false);

// A page's code says that it will want these: they are read while React still takes over the page.
export async function readAhead() {
  // The build draws the pages, too, and has no store.
  if (typeof window === "undefined") return;
  const me = await answerOf(...ME);
  if (me) await Promise.all([PACK, RECORDS].map((asked) => answerOf(...asked(me.person_id))));
}

// Has this phone no room for something that is filled in?
export const useRoomIsOut = () => useSyncExternalStore(onRoom, roomIsOut, () => false);

const TILES = ofOwner("tiles", ["packs"], steady(tilesHeld));
// The tiles of the base map that are kept here; null for none.
export const useTiles = (me) => useOfMe(me, TILES);
export const useBaseMapOff = () => useLive("base_map_off", ["facts"], async () => (await fact("base_map_off")) ?? false);

// Percent of the storage the browser grants that is used; null where it does not tell. Asked anew after
// every round of sending, which makes room.
export function useStorage() {
  const [share, setShare] = useState(null);
  const { busy } = useQueue();
  useEffect(() => {
    navigator.storage?.estimate?.().then(
      ({ usage, quota }) => setShare(quota ? Math.round((usage / quota) * 100) : null),
      () => {},
    );
  }, [busy]);
  return share;
}

// How many minutes the phone's clock is off the server's, when that is more than ten.
export function useSkew() {
  const skew = useLive("skew", ["facts"], async () => (await clockRuns()).at(-1)?.offset ?? 0) ?? 0;
  return Math.abs(skew) > 10 * 60000 ? Math.round(Math.abs(skew) / 60000) : 0;
}

// A new version that waits for this person's word; undefined while there is none.
export function useWaitingVersion() {
  const [waiting, setWaiting] = useState(undefined);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.ready.then((registration) => {
      const look = () => setWaiting(registration.waiting ?? undefined);
      const follow = () =>
        registration.installing?.addEventListener("statechange", (event) => {
          if (event.target.state === "installed") look();
        });
      registration.addEventListener("updatefound", follow);
      follow();
      look();
    });
  }, []);
  return waiting;
}

// Today's walks and minutes: the server's word, and on top what this phone has not sent yet.
export function useDay(pack, records) {
  const now = useNow(30000);
  if (!pack || !records) return { walks: [], minutes: 0, active: null, asked: [], longestGap: 0, now };
  const { pack: day } = pack;
  const [start, end] = dayBounds(now, day.timezone);
  const longestGap = (day.gap_minutes ?? 60) * 60000;
  const isOfToday = (walk) => Math.max(walk.ended_at ?? 0, walk.last_record_at) >= start;
  const walks = mergedWalks(
    day.walks,
    records.filter(stands),
  );
  return {
    walks: walks.filter(isOfToday),
    minutes: fieldMinutes(walks, start, end, longestGap),
    active: activeOf(walks, now),
    // Open, and silent for long: was the browser killed, the battery flat, the end forgotten?
    asked: leftOpen(walks, now, longestGap),
    longestGap,
    now,
  };
}

export function dayBounds(now, timezone) {
  const parts = format("en-GB", {
    timeZone: timezone,
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  const start = now - (now % 1000) - ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1000;
  return [start, start + 24 * 3600000];
}

export function useNow(every) {
  const [now, setNow] = useState(rightNow);
  useEffect(() => {
    const look = () => setNow(rightNow());
    const timer = setInterval(look, every);
    const stop = onRighted(look);
    // It may have been righted since the first drawing.
    look();
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [every]);
  return now;
}

// The best fix since the screen opened.
export function usePlace() {
  const [place, setPlace] = useState(null);
  useEffect(() => lookForPlace(setPlace), []);
  return place;
}
