// The phone reads words aloud, over and over: the browser's own voices, without network where they are its own.

const LONGEST = 60;
const PAUSE = 2500;
// A voice that has not begun by then is not going to.
const BEGINS_WITHIN = 6000;
// Chinese is read at four characters a second, other scripts faster: three times that is stuck.
const STUCK = (text) => 8000 + text.length * 750;

// In which language words are read out, by the script they are written in.
export function languageOf(text) {
  if (/\p{Script=Hangul}/u.test(text)) return "ko-KR";
  return /\p{Script=Han}/u.test(text) ? "zh-CN" : "en-US";
}

// Pieces that a browser reads to their end: some stop long ones in the middle.
export function pieces(text) {
  const found = [];
  for (const sentence of text.match(/[^。！？!?；;\n]+[。！？!?；;]*/gu) ?? []) {
    let rest = sentence.trim();
    while (rest.length > LONGEST) {
      const cut = Math.max(rest.lastIndexOf("，", LONGEST), rest.lastIndexOf(",", LONGEST), rest.lastIndexOf(" ", LONGEST));
      const end = cut > 0 ? cut + 1 : LONGEST;
      found.push(rest.slice(0, end).trim());
      rest = rest.slice(end).trim();
    }
    if (rest) found.push(rest);
  }
  return found;
}

const plain = (name) => name.replace("_", "-").toLowerCase();

// The voice for a language; null where the phone has voices and none of them speaks it. Undefined: it tells
// of none, which some phones do that speak all the same. The phone's own come before those over the network.
export function voiceFor(language, voices, online) {
  if (voices.length === 0) return undefined;
  const [base] = language.toLowerCase().split("-");
  const fit = voices.filter(
    // Cantonese is written in the same script; read in it, the words are strange to most.
    ({ lang, localService }) =>
      plain(lang).split("-")[0] === base && plain(lang) !== "zh-hk" && (localService || online),
  );
  const rank = ({ lang, localService }) => (localService ? 0 : 2) + (plain(lang) === language.toLowerCase() ? 0 : 1);
  return fit.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

async function voicesOf(synth) {
  if (synth.getVoices().length === 0) {
    // Some browsers read their list only once it is asked for.
    await new Promise((done) => {
      synth.addEventListener?.("voiceschanged", done, { once: true });
      setTimeout(done, 1000);
    });
  }
  return synth.getVoices();
}

// Reads `text` in a loop until the function it gives back is called. `onRound(n)` is told of each round
// that begins, `onSilence()` once, when this phone cannot read it out. Called from a tap, as browsers want.
export function speakInALoop(text, { onRound, onSilence, synth = globalThis.speechSynthesis, pause = PAUSE }) {
  let stopped = false;
  let wake = () => {};
  const sleep = (time) =>
    new Promise((done) => {
      wake = done;
      setTimeout(done, time);
    });
  const loop = async () => {
    const language = languageOf(text);
    const voice = voiceFor(language, await voicesOf(synth), globalThis.navigator?.onLine !== false);
    if (voice === null) throw new Error("no voice");
    const parts = pieces(text);
    if (parts.length === 0) throw new Error("no words");
    for (let round = 1; !stopped; round += 1) {
      onRound(round);
      for (const part of parts) if (!stopped) await say(synth, part, language, voice);
      if (!stopped) await sleep(pause);
    }
  };
  const silent = () => {
    if (!stopped) onSilence();
    stopped = true;
  };
  if (synth && globalThis.SpeechSynthesisUtterance) loop().catch(silent);
  else silent();
  return () => {
    stopped = true;
    synth?.cancel();
    wake();
  };
}

// One piece to its end. Rejects when it does not begin, or breaks off by itself.
function say(synth, text, language, voice) {
  return new Promise((done, broken) => {
    const words = new globalThis.SpeechSynthesisUtterance(text);
    words.lang = voice?.lang ?? language;
    if (voice) words.voice = voice;
    words.rate = 0.9;
    words.volume = 1;
    const lost = setTimeout(() => end(broken, new Error("never began")), BEGINS_WITHIN);
    let stuck = 0;
    const end = (how, why) => {
      clearTimeout(lost);
      clearTimeout(stuck);
      // Kept reachable until here: a browser that forgets the words never tells of their end.
      words.onstart = words.onend = words.onerror = null;
      how(why);
    };
    words.onstart = () => {
      clearTimeout(lost);
      // It was heard for long enough: on with the next.
      stuck = setTimeout(() => {
        synth.cancel();
        end(done);
      }, STUCK(text));
    };
    words.onend = () => end(done);
    words.onerror = ({ error }) =>
      error === "interrupted" || error === "canceled" ? end(done) : end(broken, new Error(error));
    synth.speak(words);
  });
}

// Keeps the screen on where the browser can, also after a look at another app; gives back how to let go.
export function keepAwake() {
  let lock = null;
  let wanted = Boolean(globalThis.navigator?.wakeLock);
  const hold = async () => {
    if (!wanted || document.visibilityState !== "visible") return;
    // A phone low on power says no: then it sleeps when it must.
    const held = await navigator.wakeLock.request("screen").catch(() => null);
    if (wanted) lock = held;
    else held?.release();
  };
  document.addEventListener("visibilitychange", hold);
  hold();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", hold);
    lock?.release().catch(() => {});
  };
}
