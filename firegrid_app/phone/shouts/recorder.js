// The microphone, and what any sound this browser can read becomes: the one shape of recordings (wav.js).
import { isHeard, MOST_SECONDS, RATE, wavOf } from "./wav.js";

export const canRecord = () => Boolean(globalThis.navigator?.mediaDevices?.getUserMedia && globalThis.MediaRecorder);

// Begins to record; throws where the microphone is denied or missing. `stop()` gives what was recorded,
// also when it was the limit that stopped it (`onFull`); `drop()` forgets it.
export async function startRecording(onFull) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  const recorder = new MediaRecorder(stream);
  const parts = [];
  const ended = new Promise((done) => {
    recorder.onstop = () => done(new Blob(parts, { type: recorder.mimeType }));
  });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  const timer = setTimeout(onFull, MOST_SECONDS * 1000);
  const end = () => {
    clearTimeout(timer);
    if (recorder.state !== "inactive") recorder.stop();
    // The light of the microphone goes out.
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    stop: () => {
      end();
      return ended;
    },
    drop: end,
  };
}

// Why a file became no recording: a code of `recordings.wrong.`.
export class NoSound extends Error {}

// Any sound as {blob, seconds}; throws `NoSound`.
export async function soundOf(file) {
  const context = new AudioContext();
  let read;
  try {
    read = await context.decodeAudioData(await file.arrayBuffer());
  } catch {
    throw new NoSound("unreadable");
  } finally {
    context.close();
  }
  if (read.duration < 1) throw new NoSound("short");
  if (read.duration > MOST_SECONDS + 1) throw new NoSound("long");
  // One voice, at the rate wanted: the browser mixes and resamples better than we would.
  const offline = new OfflineAudioContext(1, Math.ceil(read.duration * RATE), RATE);
  const source = offline.createBufferSource();
  source.buffer = read;
  source.connect(offline.destination);
  source.start();
  const samples = (await offline.startRendering()).getChannelData(0);
  if (!isHeard(samples)) throw new NoSound("silent");
  const bytes = wavOf(samples);
  return { blob: new Blob([bytes], { type: "audio/wav" }), seconds: Math.round(bytes.length / RATE) };
}
