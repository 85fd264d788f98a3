// What the screens read: live views of the store and of the queue. They hold no copies.
import { startTransition, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { clockRuns, onRighted, rightNow, withMoments } from "./clock.js";
import { stands } from "./fate.js";
import { activeOf, fieldMinutes, leftOpen, mergedWalks } from "./fieldtime.js";
import { newId } from "./ids.js";
import { lookForPlace } from "./place.js";
import { onStatus, queueStatus } from "./queue.js";
import {
  counts,
  dropDraft,
  fact,
  getDraft,
  getPack,
  onChange,
  onRoom,
  photosByItem,
  putDraft,
  recordsOf,
  roomIsOut,
  sealedHere,
  stillSealed,
} from "./store.js";

const QUIET = { reach: "unknown", busy: false, login: false, problem: "", held: false };
export const useQueue = () => useSyncExternalStore(onStatus, queueStatus, () => QUIET);

// After an answer a question rests, the longer the more it cost: while hundreds of records go out,
// the screens follow, and the fingers come first.
const REST = 150;
const REST_FOR_WORK = 5;
const rest = (worked) => new Promise((done) => setTimeout(done, Math.max(REST, worked * REST_FOR_WORK)));

// The answer to a question about the store, asked again after every write; undefined at first.
function useLive(question, key) {
  const [answer, setAnswer] = useState(undefined);
  useEffect(() => {
    let gone = false;
    let asking = false;
    let again = false;
    const ask = async () => {
      if (asking) {
        again = true;
        return;
      }
      asking = true;
      do {
        again = false;
        const began = performance.now();
        const found = await question().catch(() => undefined);
        const worked = performance.now() - began;
        if (!gone) startTransition(() => setAnswer(found));
        await rest(worked);
      } while (again && !gone);
      asking = false;
    };
    ask();
    const stop = onChange(ask);
    return () => {
      gone = true;
      stop();
    };
    // eslint-disable-next-line -- `question` is new at every draw; `key` says when it differs
  }, [key]);
  return answer;
}

// undefined while looking, null when nobody is logged in on this phone.
export const useMe = () => useLive(async () => (await fact("me")) ?? null, "me");

const nothing = async () => undefined;
const useOfMe = (me, question) => {
  const owner = me?.person_id;
  return useLive(owner === undefined ? nothing : () => question(owner), owner);
};

// undefined while looking, null while there is no pack yet.
export const usePack = (me) => useOfMe(me, async (owner) => (await getPack(owner)) ?? null);
// Each with the moment it counts for, `happened_at` in milliseconds.
export const useRecords = (me) =>
  useOfMe(me, async (owner) => withMoments(await recordsOf(owner), await clockRuns()));
export const usePhotosByItem = (me) => useOfMe(me, photosByItem);
export const useStillSealed = (me) => useOfMe(me, stillSealed);
export const useSealedHere = () => useLive(sealedHere, "sealed");
export const useCounts = (me) => useOfMe(me, counts);

// The switch of this phone, not of a person; undefined while looking.
export const useWifiOnly = () => useLive(async () => (await fact("wifi_only")) ?? false, "wifi_only");

// Has this phone no room for something that is filled in?
export const useRoomIsOut = () => useSyncExternalStore(onRoom, roomIsOut, () => false);

// Percent of the storage the browser grants that is used; null where it does not tell.
export function useStorage() {
  const [share, setShare] = useState(null);
  useEffect(() => {
    navigator.storage?.estimate?.().then(
      ({ usage, quota }) => setShare(quota ? Math.round((usage / quota) * 100) : null),
      () => {},
    );
  }, []);
  return share;
}

// How many minutes the phone's clock is off the server's, when that is more than ten.
export function useSkew() {
  const skew = useLive(async () => (await clockRuns()).at(-1)?.offset, "skew") ?? 0;
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
  const parts = new Intl.DateTimeFormat("en-GB", {
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

const DRAFT_PAUSE = 300;
const DRAFT_AGAIN = 5000;

// A form's value that comes back after a killed browser: saved when one pauses or looks away (not
// at every key: photos are part of it), dropped when the record is kept.
export function useDraft(owner, form, empty) {
  const [value, setValue] = useState(empty);
  const unsaved = useRef(null);
  const timer = useRef(0);
  const clearing = useRef(0);
  const save = useRef(() => {});
  save.current = async () => {
    clearTimeout(timer.current);
    const draft = unsaved.current;
    unsaved.current = null;
    if (!draft || owner === undefined) return;
    const { current: cleared } = clearing;
    try {
      await putDraft(owner, form, draft);
    } catch {
      // No room: what is filled in stays to be saved, unless its record was kept meanwhile.
      if (cleared !== clearing.current || unsaved.current) return;
      unsaved.current = draft;
      timer.current = setTimeout(() => save.current(), DRAFT_AGAIN);
    }
  };
  useEffect(() => {
    if (owner === undefined) return undefined;
    let gone = false;
    getDraft(owner, form).then((draft) => {
      if (draft && !gone) setValue({ ...empty, ...draft.value });
    });
    const now = () => save.current();
    addEventListener("pagehide", now);
    document.addEventListener("visibilitychange", now);
    return () => {
      gone = true;
      now();
      removeEventListener("pagehide", now);
      document.removeEventListener("visibilitychange", now);
    };
    // eslint-disable-next-line -- `empty` is the form's constant
  }, [owner, form]);
  const change = (part) =>
    setValue((old) => {
      // The record's id is the draft's: saved twice (a kill in between), it is kept once.
      const next = { id: newId(), ...old, ...part };
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => save.current(), DRAFT_PAUSE);
      return next;
    });
  // Nobody waits for it: what it says is kept. Killed before it is gone, it is the same record again.
  const clear = () => {
    clearing.current += 1;
    clearTimeout(timer.current);
    unsaved.current = null;
    dropDraft(owner, form).catch(() => {});
    setValue(empty);
  };
  return [value, change, clear];
}
