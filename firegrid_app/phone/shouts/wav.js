// A recording as the server takes it and every browser plays it: WAV, one voice, µ-law (shouts/sound.py).

export const RATE = 16000;
export const MOST_SECONDS = 60;
const HEAD = 58;
const MU_LAW = 7;
const BIAS = 0x84;
const CLIP = 32635;
// Softer than this at its loudest, nobody spoke.
const QUIET = 0.015;
const LOUD = 0.95;

// One sample of -1 to 1 as the byte that stands for it (ITU-T G.711).
export function muLaw(sample) {
  let value = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
  const sign = value < 0 ? 0x80 : 0;
  value = Math.min(Math.abs(value), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(value >> 7);
  const mantissa = (value >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

export const loudest = (samples) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

// Is there a voice in it at all?
export const isHeard = (samples) => loudest(samples) >= QUIET;

// Samples of one voice at `RATE`, made as loud as they go, as the bytes of a file. What is longer is cut.
export function wavOf(samples) {
  const length = Math.min(samples.length, RATE * MOST_SECONDS);
  const louder = LOUD / Math.max(loudest(samples), QUIET);
  const bytes = new Uint8Array(HEAD + length);
  const view = new DataView(bytes.buffer);
  const word = (at, letters) => [...letters].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, HEAD - 8 + length, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 18, true);
  view.setUint16(20, MU_LAW, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  view.setUint16(36, 0, true);
  word(38, "fact");
  view.setUint32(42, 4, true);
  view.setUint32(46, length, true);
  word(50, "data");
  view.setUint32(54, length, true);
  for (let at = 0; at < length; at += 1) bytes[HEAD + at] = muLaw(samples[at] * louder);
  return bytes;
}
