// The service worker: the app opens without network, and what waits goes out with no page open. It keeps
// files, never records; of requests it sees GET only.

const PRECACHE = /*PRECACHE*/{};
// The same, language by language, of texts in one language alone: kept for who reads it.
const LANGUAGES = /*LANGUAGES*/{};
const SPOKEN = Object.assign({}, ...Object.values(LANGUAGES));
// The address, hash included, of the one script that sends what waits (pwa/background.py).
const BACKGROUND = /*BACKGROUND*/"";
const VERSION = [...Object.values(PRECACHE), ...Object.values(SPOKEN)].reduce((sum, hash) => {
  let next = sum;
  for (const char of hash) next = (Math.imul(next, 31) + char.charCodeAt(0)) >>> 0;
  return next;
}, 7);
const OFFLINE = "/offline.html";
const CACHE = `firegrid-${VERSION.toString(16)}`;
// Under it lies which language this phone reads; the site itself has no such address.
const CHOSEN = "/chosen-language";

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(bringBackground));
});

// A script not imported before the end of the install cannot be imported after it. The app opens without
// this one: whatever becomes of it, the install goes on.
function bringBackground() {
  if (!BACKGROUND || !("SyncManager" in self)) return;
  try {
    importScripts(BACKGROUND);
  } catch (error) {
    console.warn("no sending in the background:", error);
  }
}

// The browser has a line. A rejection asks it to try again later; pages send by themselves in any case.
self.addEventListener("sync", (event) => {
  if (event.tag === "firegrid-outbox" && BACKGROUND) event.waitUntil(drain());
});

async function drain() {
  if (!self.drainOutbox) importScripts(BACKGROUND);
  await self.drainOutbox();
}

// All or nothing: a half-filled cache would open a page without its code.
async function fill() {
  const older = (await caches.keys()).some((name) => name.startsWith("firegrid-"));
  const language = await chosenLanguage();
  const cache = await caches.open(CACHE);
  // A worker before this one kept every language and did not know which is read.
  const languages = older && !language ? Object.keys(LANGUAGES) : [language];
  if (language) await cache.put(CHOSEN, new Response(language));
  await Promise.all(
    [...Object.keys(PRECACHE), ...languages.flatMap(filesOf)].map((address) => keep(cache, address)),
  );
}

async function keep(cache, address) {
  // Hashed files never change: what an older worker kept is as good as the network's.
  const kept = address.startsWith("/assets/") ? await caches.match(address) : undefined;
  const response = kept ?? (await fetch(address, { cache: "no-cache" }));
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await cache.put(address, response);
}

const filesOf = (language) => Object.keys(LANGUAGES[language] ?? {});

// Of several caches the oldest answers: that of the worker the pages talk to.
const chosenLanguage = async () => (await (await caches.match(CHOSEN))?.text()) ?? "";

// Pages say at every start which language they read: what is here already costs nothing.
async function keepLanguage(language) {
  const cache = await caches.open(CACHE);
  await cache.put(CHOSEN, new Response(language));
  await Promise.all(
    filesOf(language).map(async (address) => (await cache.match(address)) ?? keep(cache, address)),
  );
}

// "take over": asked by a page whose person said yes; until then the new version waits. "take me in": asked
// by a page that was loading when this worker became active, and so belongs to none. "renew pages": asked by a
// page whose headers a setting of the server has outgrown. `language`: what the person reads.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "take me in") event.waitUntil(self.clients.claim());
  if (event.data === "renew pages") event.waitUntil(renewPages().then(() => event.source.postMessage("renewed"), () => {}));
  if (event.data?.language) event.waitUntil(keepLanguage(String(event.data.language)).catch(() => {}));
});

// The same pages with the headers of today. One of another build is left: it comes with its own worker.
async function renewPages() {
  const cache = await caches.open(CACHE);
  for (const address of Object.keys(PRECACHE).filter((one) => one.endsWith("/"))) {
    const [kept, fresh] = await Promise.all([cache.match(address), fetch(address, { cache: "no-cache" })]);
    if (fresh.ok && (await fresh.clone().text()) === (await kept?.text())) await cache.put(address, fresh);
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // Chosen while this version waited: without a line it comes with the page's next word.
      await keepLanguage(await chosenLanguage()).catch(() => {});
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
    const scanned = pointCode(url);
    if (scanned) {
      event.respondWith(Response.redirect(`/patrol?at=${scanned}`, 302));
      return;
    }
    const address = page(url.pathname);
    event.respondWith(address ? fromCache(request, address) : fromServer(request));
    return;
  }
  if (url.pathname in PRECACHE || url.pathname in SPOKEN) event.respondWith(fromCache(request, url.pathname));
});

// The precached address of a page of the app; boards and API pages are none.
function page(path) {
  const address = path.endsWith("/") ? path : `${path}/`;
  return address in PRECACHE ? address : "";
}

// The code of a check point's own address, /p/…: on a phone with the app it opens the app, with or
// without network. `?notice=1` asks for the public notice all the same.
function pointCode(url) {
  const found = /^\/p\/([0-9A-Za-z]{1,40})\/?$/.exec(url.pathname);
  return found && "/patrol/" in PRECACHE && url.searchParams.get("notice") !== "1" ? found[1] : "";
}

// The app's own shell at once: it is the same for everybody, and its code is in the same cache.
const fromCache = async (request, address) =>
  (await (await caches.open(CACHE)).match(address)) ?? fetch(request);

// Pages that live from the server (desk, boards): without it, words instead of the browser's own.
const fromServer = (request) =>
  fetch(request).catch(async () => (await (await caches.open(CACHE)).match(OFFLINE)) ?? Response.error());
