// The only file that talks to the server. Every answer is one of: ok, away, or a refusal.

// Nobody came to the door, or somebody else did: no network, a captive portal, a proxy's page.
export class Away extends Error {}

// The server itself answered no. `status`, `code` and `message` are its own words.
export class Refusal extends Error {
  constructor(status, code, message, fields) {
    super(message || code);
    Object.assign(this, { status, code, fields });
  }
}

async function ask(path, { timeout = 20000, ...options } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), timeout);
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
    const body = await response.json();
    if (response.ok) return { response, body };
    if (typeof body?.code !== "string") throw new Away("not our server");
    throw new Refusal(response.status, body.code, body.message, body.fields);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Away(String(error));
  } finally {
    clearTimeout(timer);
  }
}

const json = (method, content) => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(content),
});

// Is our server really there? The expected word is read; `navigator.onLine` is only a hint.
export async function isThere() {
  try {
    const { body } = await ask("/api/ping", { timeout: 6000 });
    return body?.firegrid === "here";
  } catch {
    return false;
  }
}

export async function sendItems(items) {
  const { body } = await ask("/api/sync", {
    ...json("POST", { sent_at: new Date().toISOString(), app_version: "1", items }),
    timeout: 60000,
  });
  if (!Array.isArray(body?.results) || body.results.length !== items.length) {
    throw new Away("an answer that answers nothing");
  }
  return body;
}

export async function sendPhoto(id, blob) {
  const { body } = await ask(`/api/photos/${id}`, {
    method: "PUT",
    headers: { "content-type": "image/jpeg" },
    body: blob,
    timeout: 120000,
  });
  if (body?.id !== id) throw new Away("an answer about something else");
  return body;
}

export async function fetchPack(etag) {
  const { response, body } = await ask("/api/pack", {
    headers: etag ? { "if-none-match": etag } : {},
    timeout: 60000,
  });
  if (response.status === 304) return null;
  if (!body?.me || !Array.isArray(body.grids)) throw new Away("not a pack");
  return { pack: body, etag: response.headers.get("etag") };
}

export const logIn = async (phone, password) =>
  (await ask("/api/session", json("POST", { phone, password }))).body;
export const logOut = () => ask("/api/session", { method: "DELETE" });
export const lookAtInvitation = async (token) =>
  (await ask("/api/invitation/look", json("POST", { token }))).body;
export const acceptInvitation = async (token, password) =>
  (await ask("/api/invitation/accept", json("POST", { token, password }))).body;
export const myDevices = async () => (await ask("/api/sessions")).body;
export const endDevice = (id) => ask(`/api/sessions/${id}`, { method: "DELETE" });
