// When photos may go: the switch, the line, the press.
import assert from "node:assert/strict";
import { test } from "node:test";
import { photosMayGo } from "./wifi.js";

test("without the switch photos go over any line", () => {
  for (const type of ["cellular", "wifi", undefined]) assert.equal(photosMayGo(false, false, type), true);
});

test("with it they go over Wi-Fi and cable", () => {
  for (const type of ["wifi", "ethernet"]) assert.equal(photosMayGo(true, false, type), true);
});

test("over anything else, known or not, they wait for the press", () => {
  for (const type of ["cellular", "unknown", "bluetooth", "none", undefined]) {
    assert.equal(photosMayGo(true, false, type), false, type);
    assert.equal(photosMayGo(true, true, type), true, type);
  }
});
