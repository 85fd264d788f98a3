// Asks the browser to wake the service worker once it has a line, also with no page open (woken.js).

// assets/sw.js listens for this name.
const TAG = "firegrid-outbox";

// Chromium over https has it. Without locks page and worker might send at once: then not. A browser that
// refuses changes nothing: opening, coming back to the front, every minute and the button send as ever.
export async function askToBeWoken() {
  if (!navigator.locks || !navigator.serviceWorker) return;
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.sync?.register(TAG);
  } catch {
    // Forbidden by the person, or no worker is active yet.
  }
}
