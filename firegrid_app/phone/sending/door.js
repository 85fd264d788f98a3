// The only file that talks to the server. Every answer is one of: ok, away, or a refusal.
import { isChange } from "../keeping/packs.js";

// Nobody came to the door, or somebody else did: no network, a captive portal, a proxy's page.
// `silent`: the line was there and nothing came back for as long as we waited.
export class Away extends Error {
  silent = false;
}

// The server itself answered no. `status`, `code` and `message` are its own words.
export class Refusal extends Error {
  constructor(status, code, message, fields) {
    super(message || code);
    Object.assign(this, { status, code, fields });
  }
}

// What a round of sending waits for: it may be given up before its time.
const awaited = new Set();

// The line swallows everything, and somebody will not wait any longer.
export const giveUp = () => awaited.forEach((patience) => patience.abort());

async function ask(path, { timeout = 20000, as = "json", ofRound = false, ...options } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), timeout);
  if (ofRound) awaited.add(patience);
  try {
    const response = await fetch(path, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      ...options,
      signal: patience.signal,
    });
    if (response.status === 204 || response.status === 304) return { response, body: null };
    // A cut body or a proxy's HTML under a good status throws here and counts as away.
    const body = await (response.ok ? response[as]() : response.json());
    if (response.ok) return { response, body };
    if (typeof body?.code !== "string") throw new Away("not our server");
    throw new Refusal(response.status, body.code, body.message, body.fields);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw Object.assign(new Away(String(error)), { silent: patience.signal.aborted });
  } finally {
    clearTimeout(timer);
    awaited.delete(patience);
  }
}

const json = (method, content) => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(content),
});

// Is our server really there? The expected word is read; `navigator.onLine` is only a hint. Gives how
// far its clock is ahead of ours in milliseconds, to a second or two; null where it does not say.
export async function knock() {
  const began = Date.now();
  const { response, body } = await ask("/api/ping", { timeout: 6000, ofRound: true });
  if (body?.firegrid !== "here") throw new Away("not our server");
  const said = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(said) ? null : said + 500 - (began + Date.now()) / 2;
}

// `offsets`: by item, how far the server's clock was ahead of ours when it was made.
export async function sendItems(items, offsets) {
  const content = { sent_at: new Date().toISOString(), app_version: "1", clock_offsets_ms: offsets, items };
  const { body } = await ask("/api/sync", {
    ...json("POST", content),
    timeout: 60000,
    ofRound: true,
  });
  if (!Array.isArray(body?.results) || body.results.length !== items.length) {
    throw new Away("an answer that answers nothing");
  }
  return body;
}

export const tellAside = (ids) => ask("/api/sync/aside", json("POST", { ids }));

// What the public sees of a hazard's photo; rectangles in thousandths of the picture.
export const askPublic = async (id) => (await ask(`/api/photos/${id}/public`)).body;
export const publishPhoto = async (id, boxes) =>
  (await ask(`/api/photos/${id}/public`, { ...json("PUT", { boxes }), timeout: 60000 })).body;
export const withholdPhoto = async (id) => (await ask(`/api/photos/${id}/public`, { method: "DELETE" })).body;

// A photo or a recording, or some of it: a part no longer says of what.
const bytes = (method, blob) => ({
  method,
  headers: { "content-type": blob.type || "application/octet-stream" },
  body: blob,
  timeout: 120000,
  ofRound: true,
});

export async function sendPhoto(id, blob) {
  const { body } = await ask(`/api/photos/${id}`, bytes("PUT", blob));
  if (body?.id !== id) throw new Away("an answer about something else");
}

// The byte to go on from with a photo that goes in parts; null when the server has all of it.
export const photoStanding = async (id) => standing(id, (await ask(`/api/photos/${id}`)).body);

// The next bytes of a photo of `of` bytes, from byte `start` on; where to go on, as above.
export async function sendPhotoPart(id, part, start, of) {
  return standing(id, (await ask(`/api/photos/${id}?start=${start}&of=${of}`, bytes("PATCH", part))).body);
}

function standing(id, body) {
  if (body?.id !== id) throw new Away("an answer about something else");
  if (body.status !== "partial") return null;
  if (!Number.isInteger(body.offset)) throw new Away("an answer that answers nothing");
  return body.offset;
}

// At the desk: a photo of a meeting or a drill, and out again.
const attachedTo = (kind, record) => `/api/photos/of/${kind}/${record}`;
export const attachPhoto = (kind, record, blob) => ask(attachedTo(kind, record), bytes("POST", blob));
export const takeOutPhoto = (kind, record, id) => ask(`${attachedTo(kind, record)}/${id}`, { method: "DELETE" });

// The picture of a campaign's leaflet: looked at under its hash, put in and taken out at the desk.
export const leafletAddress = (campaign, sha256) => `/api/campaigns/${campaign}/leaflet/${sha256}`;
export async function fetchLeaflet({ campaign, sha256 }) {
  const { body } = await ask(leafletAddress(campaign, sha256), { as: "blob", timeout: 60000 });
  if (body.type !== "image/jpeg") throw new Away("not a leaflet");
  return body;
}
export const putLeaflet = (campaign, blob) => ask(`/api/campaigns/${campaign}/leaflet`, bytes("PUT", blob));
export const takeLeafletOut = (campaign) => ask(`/api/campaigns/${campaign}/leaflet`, { method: "DELETE" });

// What changed in the day pack since the phone had sections with these tags; null: nothing.
// What the server holds under the id of a record of one's own: the other side of a conflict.
export async function knownItem(id) {
  const { body } = await ask(`/api/sync/${id}`);
  if (body?.id !== id || typeof body.body !== "object") throw new Away("an answer about something else");
  return body;
}

export async function fetchPackChange(etag, tags) {
  const { response, body } = await ask("/api/pack", {
    headers: { "firegrid-have": tags.join(""), ...(etag ? { "if-none-match": etag } : {}) },
    timeout: 60000,
    ofRound: true,
  });
  if (response.status === 304) return null;
  if (!isChange(body)) throw new Away("not a pack");
  return { change: body, etag: response.headers.get("etag") };
}

// A tile of the base map, from its own server where it has one.
export async function fetchTile(address) {
  const { body } = await ask(address, { as: "blob" });
  if (!body?.type.startsWith("image/")) throw new Away("not a tile");
  return body;
}

// A recording's bytes, of a script or of a record: of another type they are somebody else's answer.
export const fetchSound = (id) => soundAt(`/api/recordings/${id}`);
export const fetchVoice = (id) => soundAt(`/api/photos/${id}/sound`);
async function soundAt(address) {
  const { body } = await ask(address, { as: "blob", timeout: 60000 });
  if (body.type !== "audio/wav") throw new Away("not a recording");
  return body;
}
export const recordingsNear = async (grid) => {
  const { body } = await ask(`/api/recordings?${new URLSearchParams({ grid })}`);
  if (!Array.isArray(body)) throw new Away("an answer that answers nothing");
  return body;
};
export const sendSound = (id, blob, about) =>
  ask(`/api/recordings/${id}?${new URLSearchParams(about)}`, { ...bytes("PUT", blob), timeout: 60000 });
export const endSound = (id) => ask(`/api/recordings/${id}`, { method: "DELETE" });

export const logIn = async (phone, password) =>
  (await ask("/api/session", json("POST", { phone, password }))).body;
export const logOut = () => ask("/api/session", { method: "DELETE" });
// The id of the person whose log-in this browser has; refused 401 for none.
export const whoAmI = async () => (await ask("/api/me")).body?.person_id;
export const myKey = async () => (await ask("/api/key")).body;
export const lookAtInvitation = async (token) =>
  (await ask("/api/invitation/look", json("POST", { token }))).body;
export const acceptInvitation = async (token, password) =>
  (await ask("/api/invitation/accept", json("POST", { token, password }))).body;
export const myDevices = async () => (await ask("/api/sessions")).body;
export const endDevice = (id) => ask(`/api/sessions/${id}`, { method: "DELETE" });
// At the desk: a record and a photo of a hand-over file, in their maker's name.
export const takeIn = async (item, clock_offset_ms, signature) =>
  (await ask("/api/handover", json("POST", { item, clock_offset_ms, signature }))).body;
export const takeInPhoto = async (id, blob) => (await ask(`/api/handover/photos/${id}`, bytes("PUT", blob))).body;

// Whether a calendar feed of one's own is in force; a new secret address of it; its end.
export const calendarFeed = async () => (await ask("/api/calendar")).body?.on === true;
export async function makeCalendarFeed() {
  const { body } = await ask("/api/calendar", { method: "POST" });
  if (!body?.address) throw new Away("an answer that answers nothing");
  return body.address;
}
export const endCalendarFeed = () => ask("/api/calendar", { method: "DELETE" });

// How one is told of what waits, outside the app.
export const messageChoice = async () => choiceIn((await ask("/api/messages/choice")).body);
export const chooseMessages = async (choice) => choiceIn((await ask("/api/messages/choice", json("PUT", choice))).body);

function choiceIn(body) {
  if (!Array.isArray(body?.channels)) throw new Away("an answer that answers nothing");
  return body;
}
// Swaps of shifts need the server: with whom, asked, answered, taken back.
export const swapChoices = async (shift) => (await ask(`/api/rota/shifts/${shift}/choices`)).body;
export const askSwap = (asked) => ask("/api/rota/swaps", json("POST", asked));
export const answerSwap = (id, yes) => ask(`/api/rota/swaps/${id}/answer`, json("POST", { yes }));
export const withdrawSwap = (id) => ask(`/api/rota/swaps/${id}`, { method: "DELETE" });

// At the desk: what a file would change and its mistakes; with `confirm` it is written.
export const takeFile = async (kind, grid, file, confirm, datum = "") => {
  const query = new URLSearchParams({ grid, confirm, datum });
  const { body } = await ask(`/api/import/${kind}?${query}`, { method: "POST", body: file, timeout: 60000 });
  if (!Array.isArray(body?.changes)) throw new Away("an answer that answers nothing");
  return body;
};
