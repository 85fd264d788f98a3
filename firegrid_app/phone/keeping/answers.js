// Questions the screens ask of the store: each is asked once for all who want its answer, and anew after
// every write to what it reads. No screen and no store: hooks.js asks, whoever writes calls `changed`.

import { painted } from "./painted.js";

// After an answer a question rests, the longer the more it cost: while hundreds of records go out, the
// screens follow, and the fingers come first.
const REST = 150;
const REST_FOR_WORK = 5;

// By name: {stores, question, followers, answer, known, dirty, again, asking, wake}. `known`: nothing the
// answer was made of has been written since; `dirty`: something was, after the asking began.
const asked = new Map();

// The answer, as long as nothing it was made of has been written since; else undefined.
export function known(name) {
  const one = asked.get(name);
  return one?.known ? one.answer : undefined;
}

// Tell `follower` the answer, now and whenever it was asked for again; gives the function that stops it.
// `stores` are those the question reads, and the name says everything else that it depends on. A question
// that fails is answered by undefined, and asked again after the next write.
export function follow(name, stores, question, follower) {
  if (!asked.has(name)) asked.set(name, { stores, question, followers: new Set() });
  const one = asked.get(name);
  one.followers.add(follower);
  if (one.known) follower(one.answer);
  else {
    // Being read just now, it will be told; resting without an answer, it is asked once more.
    if (!one.asking || one.dirty || one.wake) ask(one);
    one.wake?.();
  }
  return () => one.followers.delete(follower);
}

// The answer once. It is kept for whoever asks next, until something it was made of is written.
export const answerOf = (name, stores, question) =>
  new Promise((done) => {
    const stop = follow(name, stores, question, (answer) => {
      done(answer);
      queueMicrotask(() => stop());
    });
  });

// Something was written to these stores. From now on no old answer is given; the new ones are asked for
// when the page has been drawn: whoever wrote goes on first, and says so.
export function changed(stores) {
  for (const [name, one] of asked) {
    if (!one.stores.some((store) => stores.includes(store))) continue;
    Object.assign(one, { known: false, dirty: true });
    if (one.followers.size > 0) painted().then(() => one.dirty && one.followers.size > 0 && ask(one));
    // Nobody looks: it is not kept, least of all for the next person on this phone.
    else if (!one.asking) asked.delete(name);
    else one.answer = undefined;
  }
}

// One at a time; what was written while it was read is read once more.
function ask(one) {
  one.again = true;
  one.asking ??= rounds(one);
}

async function rounds(one) {
  while (one.again) {
    Object.assign(one, { again: false, dirty: false });
    const began = performance.now();
    const answer = await one.question().catch(() => undefined);
    const worked = performance.now() - began;
    one.known = !one.dirty && answer !== undefined;
    if (one.known || one.followers.size > 0) one.answer = answer;
    for (const follower of [...one.followers]) follower(answer);
    if (one.followers.size > 0) await rest(one, worked);
  }
  one.asking = null;
}

const rest = (one, worked) =>
  new Promise((done) => {
    one.wake = done;
    setTimeout(done, Math.max(REST, worked * REST_FOR_WORK));
  }).then(() => {
    one.wake = null;
  });
