// The service worker: the app opens without network. It keeps files, never records; it sees GET only.

const PRECACHE = /*PRECACHE*/{};
const VERSION = Object.values(PRECACHE).reduce((sum, hash) => {
  let next = sum;
  for (const char of hash) next = (Math.imul(next, 31) + char.charCodeAt(0)) >>> 0;
  return next;
}, 7);
const OFFLINE = "/offline.html";
const CACHE = `firegrid-${VERSION.toString(16)}`;

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

// All or nothing: a half-filled cache would open a page without its code.
async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    Object.keys(PRECACHE).map(async (address) => {
      // Hashed files never change: what an older worker kept is as good as the network's.
      const kept = address.startsWith("/assets/") ? await caches.match(address) : undefined;
      const response = kept ?? (await fetch(address, { cache: "no-cache" }));
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      await cache.put(address, response);
    }),
  );
}

// Asked by a page whose person said yes; until then the new version waits.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("firegrid-") && name !== CACHE) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const address = page(url.pathname);
    event.respondWith(address ? fromCache(request, address) : fromServer(request));
    return;
  }
  if (url.pathname in PRECACHE) event.respondWith(fromCache(request, url.pathname));
});

// The precached address of a page of the app; boards and API pages are none.
function page(path) {
  const address = path.endsWith("/") ? path : `${path}/`;
  return address in PRECACHE ? address : "";
}

// The app's own shell at once: it is the same for everybody, and its code is in the same cache.
const fromCache = async (request, address) =>
  (await (await caches.open(CACHE)).match(address)) ?? fetch(request);

// Pages that live from the server (desk, boards): without it, words instead of the browser's own.
const fromServer = (request) =>
  fetch(request).catch(async () => (await (await caches.open(CACHE)).match(OFFLINE)) ?? Response.error());
