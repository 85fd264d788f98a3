// Tells the server which records its person has put aside: nobody is reminded of them any more. What
// lies aside stays on the phone as it is; a server that does not know of this loses nothing.
import { noteTold, untold } from "../outbox/aside.js";
import { tellAside as tell } from "./door.js";
import { asideOf, revise } from "../keeping/store.js";

const MOST = 200;

export async function tellAside(owner) {
  const ids = untold(await asideOf(owner)).slice(0, MOST);
  if (ids.length === 0) return;
  try {
    await tell(ids);
  } catch (error) {
    // Nobody there, or an older server: said again in the next round. Only a log-in concerns the round.
    if (error.status === 401) throw error;
    return;
  }
  for (const id of ids) await revise(id, noteTold);
}
