// What the service worker runs when the browser wakes it with a line. The build makes one script of this
// file and all it imports (pwa/background.py); assets/sw.js calls `drainOutbox`.
import { thisRun } from "./clock.js";
import { Refusal } from "./door.js";
import { alone, hearTheClock, sendWaiting } from "./rounds.js";
import { counts, fact } from "../keeping/store.js";

// Sends what waits. Rejects when the browser should try again later; what needs the person (to log in,
// say) does not get better by trying and stays for the page.
self.drainOutbox = () => alone(drain);

async function drain() {
  const me = await fact("me");
  if (!me || (await isEmpty(me.person_id))) return;
  try {
    await thisRun().catch(() => {});
    await hearTheClock();
    await sendWaiting(me.person_id);
  } catch (error) {
    if (needsThePerson(error)) return;
    throw error;
  }
  if ((await counts(me.person_id)).waiting) throw new Error("the server cannot take all of it yet");
}

async function isEmpty(owner) {
  const { waiting, photos } = await counts(owner);
  return waiting + photos === 0;
}

const needsThePerson = (error) =>
  error instanceof Refusal && error.status < 500 && ![408, 425, 429].includes(error.status);
