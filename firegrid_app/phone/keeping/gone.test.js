// A cookie outlives a store the browser cleared, and says how much went with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { goneIsRead, goneNow, noteNewStore, noteUnsent } from "./gone.js";

// As a browser keeps them.
function jar() {
  const kept = new Map([["firegrid_language", "ko"]]);
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    get cookie() {
      return [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text) {
      writes += 1;
      const [, name, value, age] = text.match(/^(\w+)=([^;]*);.*max-age=(\d+)/);
      if (Number(age)) kept.set(name, value);
      else kept.delete(name);
    },
  };
}

test("what waited when the store went is told until it was read", () => {
  const here = jar();
  noteUnsent({ records: 2, photos: 1 }, 1000, here);
  assert.equal(goneNow(here), null);
  noteNewStore(here);
  noteUnsent({ records: 0, photos: 0 }, 2000, here);
  assert.deepEqual(goneNow(here), { records: 2, photos: 1, at: 1000 });
  goneIsRead(here);
  assert.equal(goneNow(here), null);
  assert.equal(here.cookie, "firegrid_language=ko", "nothing is left behind");
});

test("a first visit, and a store that went with nothing unsent in it, are nothing to tell of", () => {
  const here = jar();
  noteNewStore(here);
  assert.equal(goneNow(here), null);
  noteUnsent({ records: 3, photos: 0 }, 1000, here);
  noteUnsent({ records: 0, photos: 0 }, 2000, here);
  noteNewStore(here);
  assert.equal(goneNow(here), null);
});

test("gone twice before it was read, both are told", () => {
  const here = jar();
  noteUnsent({ records: 2, photos: 1 }, 1000, here);
  noteNewStore(here);
  noteUnsent({ records: 1, photos: 0 }, 5000, here);
  noteNewStore(here);
  assert.deepEqual(goneNow(here), { records: 3, photos: 1, at: 5000 });
});

test("the same number again is not written again", () => {
  const here = jar();
  noteUnsent({ records: 1, photos: 0 }, 1000, here);
  noteUnsent({ records: 1, photos: 0 }, 2000, here);
  assert.equal(here.writes, 1);
});

test("where there are no cookies nothing breaks", () => {
  noteUnsent({ records: 1, photos: 0 }, 1000);
  noteNewStore();
  assert.equal(goneNow(), null);
});
