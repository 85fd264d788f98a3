// The best of several fixes: which is kept, when looking ends, and when it begins again.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { isBetter, lookForPlace, placeSaid } from "./place.js";

let watches;
let listeners;
let found;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  watches = new Map();
  listeners = new Set();
  found = [];
  globalThis.window = { isSecureContext: true };
  globalThis.document = {
    visibilityState: "visible",
    addEventListener: (name, listener) => listeners.add(listener),
    removeEventListener: (name, listener) => listeners.delete(listener),
  };
  let next = 0;
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: {
      geolocation: {
        watchPosition: (told) => (watches.set(next, told), next++),
        clearWatch: (id) => watches.delete(id),
      },
    },
  });
});
afterEach(() => mock.timers.reset());

// A fix so many metres north of one spot.
const fix = (accuracy_m, north = 0) => ({ lat: 29.35 + north / 111320, lon: 105.9, accuracy_m });
const comes = (accuracy, north = 0) =>
  [...watches.values()].forEach((told) =>
    told({ coords: { latitude: 29.35 + north / 111320, longitude: 105.9, accuracy }, timestamp: 0 }),
  );
const begin = () => lookForPlace((best) => found.push(Math.round(best.accuracy_m)));

test("the finer one is kept, whatever comes after it", () => {
  begin();
  for (const accuracy of [80, 30, 45, 12, 20]) comes(accuracy);
  assert.deepEqual(found, [80, 30, 12]);
});

test("five metres are good enough at once", () => {
  begin();
  comes(5);
  assert.equal(watches.size, 0);
  assert.deepEqual(found, [5]);
});

test("a minute is long enough, and the best of it stays", () => {
  begin();
  comes(60);
  mock.timers.tick(60000);
  assert.equal(watches.size, 0);
  assert.deepEqual(found, [60]);
});

test("who walked on is where the phone is now, not where it was surest", () => {
  assert.equal(isBetter(fix(8), fix(20, 25)), false);
  assert.equal(isBetter(fix(8), fix(20, 40)), true);
  assert.equal(isBetter(null, fix(5000)), true);
});

test("back from the camera it looks again, and a spot further on replaces the good one", () => {
  begin();
  comes(4);
  assert.equal(watches.size, 0);
  listeners.forEach((again) => again());
  assert.equal(watches.size, 1);
  comes(15, 60);
  assert.deepEqual(found, [4, 15]);
});

test("a form that is left stops looking", () => {
  const stop = begin();
  stop();
  assert.equal(watches.size, 0);
  assert.equal(listeners.size, 0);
});

test("without a place to be had nothing is asked", () => {
  globalThis.window.isSecureContext = false;
  begin();
  assert.equal(watches.size, 0);
});

test("the accuracy is said, warned of from a hundred metres on, and never stands in the way", () => {
  const said = (accuracy_m) => placeSaid({ accuracy_m }, true);
  assert.deepEqual(said(12.4), ["phone.place_found", { metres: 12 }]);
  assert.equal(said(99)[0], "phone.place_found");
  assert.deepEqual(said(100), ["phone.place_coarse", { metres: 100 }]);
  assert.deepEqual([placeSaid(null, true)[0], placeSaid(null, false)[0]], ["phone.place_looking", "phone.place_impossible"]);
});
