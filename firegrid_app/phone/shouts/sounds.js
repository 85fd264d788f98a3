// Recordings of scripts: which are heard where, and which this phone should have. No screen, no store.

// All that are brought along take no more than this: a phone has little room, and some lines cost money.
export const MOST_BYTES = 20 * 1024 * 1024;

// Recordings of a script for a grid, those made for the grid itself before those of who is above it.
export function soundsFor(day, grid, script) {
  const path = day.grids.find((one) => one.code === grid)?.path?.split("/") ?? [];
  return (day.recordings ?? [])
    .filter((one) => one.script === script && path.includes(one.grid))
    .sort((a, b) => path.indexOf(b.grid) - path.indexOf(a.grid));
}

// What to fetch and what to let go, of `have` ({id}). The shipped scripts' season order decides what comes
// first where not all finds room.
export function wanted(day, have, most = MOST_BYTES) {
  const place = new Map((day.scripts ?? []).map((code, at) => [code, at]));
  const first = [...(day.recordings ?? [])].sort((a, b) => (place.get(a.script) ?? -1) - (place.get(b.script) ?? -1));
  let bytes = 0;
  const kept = new Set();
  for (const one of first) {
    if (bytes + one.bytes > most) continue;
    bytes += one.bytes;
    kept.add(one.id);
  }
  const here = new Set(have.map(({ id }) => id));
  return {
    fetch: first.filter(({ id }) => kept.has(id) && !here.has(id)),
    drop: have.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  };
}

const PAUSE = 1500;

// Plays a sound in a loop until the function it gives back is called. `onRound(n)` is told of each round that
// begins, `onSilence()` once, when this phone cannot play it.
export function playInALoop(player, { onRound, onSilence, pause = PAUSE }) {
  let stopped = false;
  let round = 0;
  let timer = 0;
  const silent = () => {
    if (stopped) return;
    stop();
    onSilence();
  };
  const begin = () => {
    round += 1;
    onRound(round);
    player.currentTime = 0;
    Promise.resolve(player.play()).catch(silent);
  };
  const ended = () => {
    timer = setTimeout(begin, pause);
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    player.removeEventListener("ended", ended);
    player.removeEventListener("error", silent);
    player.pause();
  };
  player.addEventListener("ended", ended);
  player.addEventListener("error", silent);
  begin();
  return stop;
}
