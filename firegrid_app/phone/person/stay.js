// What may clear this phone's storage: Safari does after seven days without a visit, unless the app
// is on the home screen.

const ASK_AGAIN = 5 * 24 * 3600 * 1000;
const KEY = "firegrid-install-later";

// `standalone` is Safari's own word on iPhone and iPad, and false only in its ordinary tabs.
export function wantsInstalling(phone = globalThis.navigator, kept = globalThis.localStorage, now = Date.now()) {
  if (phone?.standalone !== false || /MicroMessenger/.test(phone.userAgent)) return false;
  try {
    return Math.abs(now - Number(kept.getItem(KEY) ?? 0)) > ASK_AGAIN;
  } catch {
    return true;
  }
}

export function askLater(kept = globalThis.localStorage, now = Date.now()) {
  try {
    kept.setItem(KEY, String(now));
  } catch {
    // Without room for a date it is asked again next time.
  }
}
