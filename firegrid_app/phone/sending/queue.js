// The queue of a page: keeps a record, then begins rounds of sending, later and later while nobody answers.
import { Away, fetchPackChange, giveUp, Refusal } from "./door.js";
import { localDay } from "../frame/formats.js";
import { noteUnsent } from "../keeping/gone.js";
import { tagsOf } from "../keeping/packs.js";
import { painted } from "../keeping/painted.js";
import { alone, hearTheClock, letGo, sendWaiting } from "./rounds.js";
import { thisRun } from "./clock.js";
import { isFull } from "../keeping/room.js";
import { counts, dropLists, fact, heldAlong, keepRecord, noteRoom, packHead, putPackChange, sentSince, tilesHeld, unsentHere } from "../keeping/store.js";
import { newId } from "../keeping/ids.js";
import { NEWEST } from "./kinds.js";
import { Turns } from "./turns.js";
import { askToBeWoken } from "./wake.js";
import { photosMayGo } from "./wifi.js";
import { haveKey, settle, tellOfLeaving } from "../person/whose.js";

const PACK_STALE = 2 * 60 * 1000;
const SILENT_AFTER = 8000;

// What the frame shows: reach is unknown, here or away; login says that the server wants one.
// `silent`: this round waits, and nothing has gone through for some seconds. `problem` is the server's own sentence when it refuses this person or this phone altogether.
let status = { reach: "unknown", busy: false, silent: false, login: false, problem: "", held: false };
const listeners = new Set();
const turns = new Turns(round, alone);
// The person pressed "send now": photos go over any line until they are through.
let pressed = false;
// Something at the server was changed from here past the queue: the pack is asked for, however fresh.
let stale = false;
let bringing = null;
let listening = null;

export const queueStatus = () => status;
export function onStatus(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function tell(change) {
  status = { ...status, ...change };
  listeners.forEach((listener) => listener());
}

// Make a record durable on this phone, then try to send it. Resolves with its id once it is kept; with
// null for one mended too late: it has been accepted meanwhile as it was. `names` stay on the phone:
// what the ids in the body were called, for when they are on no list any more.
export async function record(kind, body, { owner, position = null, photos = [], id = newId(), at, names }) {
  const captured_at = at ?? new Date().toISOString();
  // Not to know the clock is no reason not to keep the record.
  const clock = await thisRun().catch(() => undefined);
  const whole = { clock, owner, kind, version: NEWEST[kind], captured_at, position, names };
  const keep = (under, along) =>
    keepRecord({ ...whole, id: under, body: withPhotos(kind, body, along) }, along);
  let kept = await keep(id, photos);
  let name = id;
  // A form that came back after a kill, or stood open in two tabs, and says something else by now: what it
  // said before is kept already, and this is a record of its own.
  if (kept === "another" && !at) {
    name = newId();
    kept = await keep(name, photos.map((photo) => ({ ...photo, id: newId() })));
  }
  if (status.reach !== "here") askToBeWoken();
  // The page says first that it is kept.
  painted().then(drainSoon);
  return at && kept !== "kept" ? null : name;
}

const PICTURED = new Set(["hazard.report", "hazard.move", "shout.log", "visit.log", "equipment.checked", "letter.signed"]);

function withPhotos(kind, body, photos) {
  if (!PICTURED.has(kind)) return body;
  const announced = photos.map(({ id, sha256, kind, purpose, taken_at, position }) => ({ id, sha256, kind, purpose, taken_at, position }));
  return { ...body, photos: announced };
}

export const drainSoon = () => turns.soon();
export const drainNow = () => turns.now();

export function lookAgain() {
  stale = true;
  return drainNow();
}

export function sendNow() {
  pressed = true;
  return tryAnew();
}

// What hangs is not waited for: by now the line may be another one.
function tryAnew() {
  if (status.silent) giveUp();
  return drainNow();
}

// From now on, until something goes through or the round is over.
function listen() {
  clearTimeout(listening);
  if (status.silent) tell({ silent: false });
  listening = setTimeout(() => tell({ silent: true }), SILENT_AFTER);
}

// How it went, as `Turns` wants to know it.
async function round() {
  tell({ busy: true });
  listen();
  await tellUnsent();
  try {
    return (await sendAndRefresh()) ? "more" : "good";
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      tell({ login: true });
      return "person";
    }
    if (error instanceof Away && status.reach !== "away") wakeIfNeeded().catch(() => {});
    if (isFull(error)) noteRoom(true);
    else tell(error instanceof Away ? { reach: "away" } : { problem: error.message });
    return "failed";
  } finally {
    await tellUnsent();
    clearTimeout(listening);
    tell({ busy: false, silent: false });
  }
}

// Is something left to do at once?
async function sendAndRefresh() {
  // What a kill left half sealed or half opened. Without room or network for it, sending goes on.
  await settle().catch(() => {});
  const me = await fact("me");
  if (me) await dropYesterday(me.person_id);
  await thisRun().catch(() => {});
  // A first visit waits for its pack, whose answer says as well that the server is there.
  if (me && !(await packHead(me.person_id))) await refreshPack(me.person_id);
  else await hearTheClock();
  tell({ reach: "here" });
  await tellOfLeaving();
  if (!me) return false;
  const asked = pressed;
  await sendWaiting(me.person_id, { isPressed: () => pressed, onHeld, onThrough });
  // Nothing waits for the key: it is asked for again in the next round.
  const more = await haveKey(me.person_id).catch(() => false);
  await refreshPack(me.person_id);
  bringAlong(me.person_id);
  // A press while this was on may have come too late for it: it counts for the next round.
  if (asked) pressed = false;
  const forgotten = await letGo(me.person_id, Date.now()).catch(() => false);
  tell({ login: false, problem: "" });
  return more || forgotten;
}

// Noted outside the store, which the browser may clear (gone.js).
const tellUnsent = () =>
  unsentHere().then(
    (unsent) => noteUnsent(unsent, Date.now()),
    () => {},
  );

function onThrough() {
  turns.wentThrough();
  listen();
}

function onHeld(held) {
  if (held !== status.held) tell({ held });
}

// Should this page be closed now, the browser may still send what waits.
async function wakeIfNeeded() {
  const me = await fact("me");
  if (!me || status.login) return;
  const { waiting, photos } = await counts(me.person_id);
  if (waiting || (photos && !status.held)) await askToBeWoken();
}

const isOfToday = ({ day, timezone }) => localDay(new Date(), timezone) === day;

async function refreshPack(owner) {
  const head = await packHead(owner);
  const inSections = head?.sections?.length > 0;
  if (
    !stale &&
    inSections &&
    isOfToday(head) &&
    Math.abs(Date.now() - head.fetched) < PACK_STALE &&
    !(await sentSince(owner, head.fetched))
  ) {
    return;
  }
  const sent = tagsOf(head?.sections ?? []);
  // Before it is asked for: what is changed at the server meanwhile is not in this answer.
  const asked = stale;
  stale = false;
  let fresh;
  try {
    fresh = await fetchPackChange(inSections ? head.etag : "", sent);
  } catch (error) {
    stale ||= asked;
    throw error;
  }
  const me = fresh?.change.changed.me?.[1];
  if (me && me.person_id !== owner) throw new Refusal(401, "access.not_logged_in", "");
  if (!inSections && !me) throw new Away("a pack without its person");
  await putPackChange(owner, { head, sent, ...fresh, at: Date.now() });
}

// Recordings, pictures and tiles come by themselves where photos may go by themselves; a press brings them over any
// line. Beside the rounds, not in them: a server of tiles that never answers holds no record up.
function bringAlong(owner) {
  bringing ??= bringWhatIsMissing(owner, pressed)
    .catch((error) => {
      // Without room for them the words are still there.
      if (!isFull(error) && !(error instanceof Away || error instanceof Refusal)) throw error;
    })
    .finally(() => {
      bringing = null;
    });
}

// Most grids have none, and their phones never fetch the code that would bring them.
async function bringWhatIsMissing(owner, isPressed) {
  const sections = (await packHead(owner))?.sections ?? [];
  const has = sections.some(({ name }) => name.startsWith("recordings:") || name === "base" || name === "leaflets");
  if (!has && !(await heldAlong(owner)).length && !(await tilesHeld(owner))) return;
  const { bring } = await import("./bringing.js");
  await bring(owner, photosMayGo(await fact("wifi_only"), isPressed), () => turns.isWanted);
}

// Also without network: what a list says of households is for one day.
async function dropYesterday(owner) {
  const head = await packHead(owner);
  if (head?.sections && !isOfToday(head)) await dropLists(owner);
}

if (typeof window !== "undefined") {
  addEventListener("online", tryAnew);
  navigator.connection?.addEventListener?.("change", tryAnew);
  addEventListener("offline", () => tell({ reach: "away" }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tryAnew();
    else wakeIfNeeded().catch(() => {});
  });
  begin();
}

// The first round waits until the screen is drawn: both read the store, and the person waits for the one.
// With no pack here yet the screen waits for the round.
async function begin() {
  const me = await fact("me").catch(() => undefined);
  if (me && (await packHead(me.person_id).catch(() => undefined))) await idle();
  drainSoon();
}

const idle = () =>
  new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 2000 }) : setTimeout(done, 500)));

