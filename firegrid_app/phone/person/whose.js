// Whose phone this is: what a log-in, a log-out or a kill in the middle of either leaves to be done.
import { logOut, myKey, Refusal } from "../sending/door.js";
import { fact, isUnsettled, keyOf, putFact, putKey } from "../keeping/store.js";

let settling = Promise.resolve();

// Seal what others left, open what was sealed for this person. Its code is fetched when needed.
export function settle(options) {
  settling = settling
    .catch(() => {})
    .then(async () => {
      if (options || (await isUnsettled())) await (await import("./sealing.js")).settleAll(options);
    });
  return settling;
}

// A log-out without network is the server's to know now, before anybody else logs in.
export async function tellOfLeaving() {
  if (!(await fact("leaving"))) return;
  await logOut();
  await putFact("leaving", false);
}

// For a phone that was logged in before there were keys. True when it has just got one.
export async function haveKey(owner) {
  if (await keyOf(owner)) return false;
  const { person_id, key } = await myKey();
  if (person_id !== owner) throw new Refusal(401, "access.not_logged_in", "");
  await putKey(owner, key);
  return true;
}
