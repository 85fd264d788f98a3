// The microphone of a form: it runs until it is stopped, or a minute is full.
import { useEffect, useRef, useState } from "react";
import { startRecording } from "./recorder.js";
import { MOST_SECONDS } from "./wav.js";
import "../texts.recordings.js";
import { useTexts } from "../texts.js";

// `onTake(sound)` is given the promise of what was recorded, whatever stopped it, and what it makes of that
// comes back from `stop()`; `onFault(error)` where the microphone is denied or missing. A form that goes away
// drops what runs.
export function useMicrophone({ onTake, onFault }) {
  const running = useRef(null);
  const gone = useRef(false);
  const take = useRef(onTake);
  take.current = onTake;
  const [since, setSince] = useState(0);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      running.current?.drop();
    };
  }, []);
  useEffect(() => {
    if (!since) return undefined;
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1000)), 250);
    return () => clearInterval(timer);
  }, [since]);
  const stop = () => {
    const { current } = running;
    running.current = null;
    setSince(0);
    return current ? take.current(current.stop()) : undefined;
  };
  const start = async () => {
    try {
      const begun = await startRecording(stop);
      // Allowed only after the form had gone: the microphone is let go at once.
      if (gone.current) {
        begun.drop();
        return;
      }
      running.current = begun;
      setSeconds(0);
      setSince(Date.now());
    } catch (error) {
      onFault(error);
    }
  };
  return { runs: since > 0, seconds, start, stop };
}

export function StopButton({ seconds, onStop }) {
  const t = useTexts();
  return (
    <button type="button" className="fg-button fg-button-danger fg-button-wide" onClick={onStop}>
      ■ {t("recordings.stop", { seconds, most: MOST_SECONDS })}
    </button>
  );
}
