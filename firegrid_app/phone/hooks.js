// What the screens read: live views of the store and of the queue. They hold no copies.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { fieldMinutes, mergedWalks } from "./fieldtime.js";
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
  photosByItem,
  putDraft,
  recordsOf,
} from "./store.js";

const QUIET = { reach: "unknown", busy: false, login: false, problem: "" };
export const useQueue = () => useSyncExternalStore(onStatus, queueStatus, () => QUIET);

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
        const found = await question().catch(() => undefined);
        if (!gone) setAnswer(found);
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
export const useRecords = (me) => useOfMe(me, recordsOf);
export const usePhotosByItem = (me) => useOfMe(me, photosByItem);
export const useCounts = (me) => useOfMe(me, counts);

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
  const skew = useLive(() => fact("skew"), "skew") ?? 0;
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
  if (!pack || !records) return { walks: [], minutes: 0, active: null, now };
  const { pack: day } = pack;
  const [start, end] = dayBounds(now, day.timezone);
  const told = day.walks.filter((walk) => Date.parse(walk.last_record_at) >= start);
  const walks = mergedWalks(
    told,
    records.filter((record) => record.state !== "refused"),
  );
  const active = walks.findLast((walk) => !walk.ended_at && now - walk.started_at < 16 * 3600000);
  return { walks, minutes: fieldMinutes(walks, start, end), active: active ?? null, now };
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
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
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

// A form's value that comes back after a killed browser: saved when one pauses or looks away (not
// at every key: photos are part of it), dropped when the record is kept.
export function useDraft(owner, form, empty) {
  const [value, setValue] = useState(empty);
  const unsaved = useRef(null);
  const timer = useRef(0);
  const save = useRef(() => {});
  save.current = async () => {
    clearTimeout(timer.current);
    const draft = unsaved.current;
    unsaved.current = null;
    if (draft && owner !== undefined) await putDraft(owner, form, draft).catch(() => {});
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
  const clear = async () => {
    await save.current();
    await dropDraft(owner, form);
    setValue(empty);
  };
  return [value, change, clear];
}
