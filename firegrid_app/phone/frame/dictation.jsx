// The button that takes dictation for a field; nothing at all where the browser cannot.
import { useEffect, useRef, useState } from "react";
import { MicIcon } from "./icons.jsx";
import { isOwn, listen, recogniser } from "./dictate.js";
import { useTexts, useLanguage } from "../texts.js";
import { cut, joined } from "./words.js";

// The person has read, since the app was opened, where the speech may go.
let isRead = false;

// `words`: what stands in the field; `onWords(words)`: with what was spoken behind it.
export function Dictation({ words, most, onWords }) {
  const t = useTexts();
  const language = useLanguage();
  const [Recognition, setRecognition] = useState(null);
  const [own, setOwn] = useState(false);
  const [stage, setStage] = useState("");
  const [problem, setProblem] = useState("");
  const stop = useRef(null);
  // What stands in the field now: typed while somebody speaks, it stays.
  const now = useRef(words);
  now.current = words;
  useEffect(() => {
    const found = recogniser();
    // In a function: React would call a class itself.
    setRecognition(() => found);
    if (found) isOwn(found, language).then(setOwn);
  }, [language]);
  useEffect(() => () => stop.current?.(), []);
  if (!Recognition) return null;
  const begin = () => {
    setProblem("");
    if (stop.current) {
      stop.current();
      return;
    }
    if (!own && navigator.onLine === false) {
      setProblem("phone.dictate.network");
      return;
    }
    if (!own && !isRead) {
      isRead = true;
      setStage("read");
      return;
    }
    setStage("on");
    let [base, last, used, heardBefore] = [words, words, 0, 0];
    stop.current = listen(Recognition, {
      language,
      own,
      onWords: (heard) => {
        if (now.current !== last) [base, used] = [now.current, heardBefore];
        heardBefore = heard.length;
        last = cut(joined(base, heard.slice(used)), most);
        onWords(last);
      },
      onEnd: (why) => {
        stop.current = null;
        setStage("");
        setProblem(why && `phone.dictate.${why}`);
      },
    });
  };
  return (
    <>
      <button type="button" className="fg-button fg-button-small fg-start" aria-pressed={stage === "on"} onClick={begin}>
        <MicIcon />
        {t(stage === "on" ? "phone.dictate.stop" : stage === "read" ? "phone.dictate.begin" : "phone.dictate")}
      </button>
      {stage === "read" && <p role="status">{t("phone.dictate.privacy")}</p>}
      {problem && (
        <p className="fg-mistake" role="alert">
          {t(problem)}
        </p>
      )}
    </>
  );
}
