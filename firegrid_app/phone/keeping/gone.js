// What the browser cleared by itself. Short of space, or not opened for long, it may empty what a site keeps,
// without a word; the store cannot tell of its own end. A cookie outlives it: it says how much was unsent, in
// numbers only, so that its person hears of it. (Who clears cookies as well is told nothing.)
const UNSENT = "firegrid_unsent";
const GONE = "firegrid_gone";
const YEAR = 365 * 24 * 3600;

// The service worker has no cookies at hand, and the build that draws the pages no document.
const page = () => globalThis.document ?? { cookie: "" };

function read(jar, name) {
  const found = jar.cookie.match(new RegExp(`(?:^|; )${name}=(\\d+)\\.(\\d+)\\.(\\d+)`));
  if (!found) return null;
  const [records, photos, at] = found.slice(1).map(Number);
  return { records, photos, at };
}

function put(jar, name, { records, photos, at }) {
  const age = records + photos > 0 ? YEAR : 0;
  jar.cookie = `${name}=${records}.${photos}.${at}; path=/; max-age=${age}; samesite=lax`;
}

// So much waits on this phone now, of whomever.
export function noteUnsent({ records, photos }, at, jar = page()) {
  const last = read(jar, UNSENT) ?? { records: 0, photos: 0 };
  if (last.records !== records || last.photos !== photos) put(jar, UNSENT, { records, photos, at });
}

// The store had to be made anew: what was noted as waiting before is gone.
export function noteNewStore(jar = page()) {
  const lost = read(jar, UNSENT);
  if (!lost) return;
  const before = read(jar, GONE) ?? { records: 0, photos: 0 };
  put(jar, GONE, { records: lost.records + before.records, photos: lost.photos + before.photos, at: lost.at });
  put(jar, UNSENT, { records: 0, photos: 0, at: 0 });
}

// {records, photos, at} of what is gone and the person has not yet said to have read; else null.
export const goneNow = (jar = page()) => read(jar, GONE);
export const goneIsRead = (jar = page()) => put(jar, GONE, { records: 0, photos: 0, at: 0 });
