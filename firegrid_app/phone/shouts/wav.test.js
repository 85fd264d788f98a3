// Recordings: the head the server wants, and samples that come back as they were spoken.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isHeard, MOST_SECONDS, muLaw, RATE, wavOf } from "./wav.js";

// The other direction, as a player does it.
function heard(byte) {
  const value = ~byte & 0xff;
  const size = ((((value & 0x0f) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
  return (value & 0x80 ? -size : size) / 32768;
}
const tone = (seconds, height = 0.5) =>
  Float32Array.from({ length: RATE * seconds }, (_, at) => height * Math.sin((2 * Math.PI * 440 * at) / RATE));

test("a sample comes back within a step of its size", () => {
  for (const sample of [0, 0.001, -0.001, 0.03, -0.25, 0.5, -0.99, 1, -1]) {
    assert.ok(Math.abs(heard(muLaw(sample)) - sample) <= Math.abs(sample) / 16 + 0.001, String(sample));
  }
  assert.equal(muLaw(7), muLaw(1), "what is too loud is as loud as it goes");
});

test("the file says what it is, to the byte", () => {
  const bytes = wavOf(tone(2));
  const view = new DataView(bytes.buffer);
  const word = (at) => String.fromCharCode(...bytes.slice(at, at + 4));
  assert.deepEqual([word(0), word(8), word(12), word(38), word(50)], ["RIFF", "WAVE", "fmt ", "fact", "data"]);
  assert.equal(view.getUint32(4, true), bytes.length - 8);
  assert.deepEqual([view.getUint16(20, true), view.getUint16(22, true), view.getUint32(24, true)], [7, 1, RATE]);
  assert.equal(view.getUint32(54, true), bytes.length - 58);
  assert.equal(bytes.length, 58 + 2 * RATE);
});

test("a soft voice is made loud, a long speech is cut, silence is none", () => {
  const peak = Math.max(...[...wavOf(tone(1, 0.05)).slice(58)].map(heard));
  assert.ok(peak > 0.9 && peak <= 1);
  assert.equal(wavOf(tone(MOST_SECONDS + 1)).length, 58 + MOST_SECONDS * RATE);
  assert.equal(isHeard(tone(1, 0.05)), true);
  assert.equal(isHeard(new Float32Array(RATE)), false);
});
