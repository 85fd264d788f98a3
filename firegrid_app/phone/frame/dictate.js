// Speech to words by the browser's own recogniser, where it has one. What is said may go to the browser's
// maker: only after the person has read so; where the browser can do it on the phone itself, nothing leaves.
import { joined } from "./words.js";

const LANGUAGE = { zh_CN: "zh-CN", en: "en-US", ko: "ko-KR" };
// A recogniser that neither hears nor ends is stopped.
const LONGEST = 60000;
// The recogniser's errors as the person can act on them; any other is "broken".
const PROBLEMS = {
  "not-allowed": "refused",
  "service-not-allowed": "refused",
  "audio-capture": "refused",
  network: "network",
  "no-speech": "silence",
  "language-not-supported": "language",
};

export const recogniser = (scope = globalThis) => scope.SpeechRecognition ?? scope.webkitSpeechRecognition ?? null;

// Can this browser do it without anybody else hearing? It may not know the question at all.
export async function isOwn(Recognition, language) {
  try {
    return (await Recognition.available?.({ langs: [LANGUAGE[language]], processLocally: true })) === "available";
  } catch {
    return false;
  }
}

// Listens once. `onWords(words, settled)`: what was heard so far, and whether it stays so; `onEnd(problem)` once,
// with "" when all went well. Gives back how to stop: what was heard until then stays.
export function listen(Recognition, { language, own = false, onWords, onEnd, longest = LONGEST }) {
  const hearing = new Recognition();
  hearing.lang = LANGUAGE[language] ?? LANGUAGE.zh_CN;
  hearing.continuous = true;
  hearing.interimResults = true;
  if (own) hearing.processLocally = true;
  let heard = "";
  let open = "";
  let problem = "";
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    hearing.onresult = hearing.onerror = hearing.onend = null;
    // Words that were never settled were said all the same.
    if (open) onWords(joined(heard, open), true);
    onEnd(problem);
  };
  hearing.onresult = ({ results }) => {
    const pieces = [...results];
    heard = pieces.filter((one) => one.isFinal).reduce((all, one) => joined(all, one[0].transcript), "");
    open = pieces.filter((one) => !one.isFinal).map((one) => one[0].transcript).join("");
    onWords(joined(heard, open), !open);
  };
  hearing.onerror = ({ error }) => {
    if (error === "aborted") return;
    problem = PROBLEMS[error] ?? "broken";
    // Some end by themselves after an error, some do not.
    setTimeout(end, 0);
  };
  hearing.onend = end;
  const stop = () => {
    try {
      hearing.stop();
    } catch {
      end();
    }
  };
  const timer = setTimeout(() => {
    stop();
    setTimeout(end, 1000);
  }, longest);
  try {
    hearing.start();
  } catch {
    problem = "broken";
    setTimeout(end, 0);
  }
  return stop;
}
