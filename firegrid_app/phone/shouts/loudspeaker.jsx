// The phone as a loudspeaker: it plays a recording of the words or reads them out, over and over, with the
// screen on; without a voice they stand there large enough to read out. Its time and the people who heard it become the record.
import { useEffect, useRef, useState } from "react";
import { Along } from "./along.jsx";
import { playInALoop } from "./sounds.js";
import { keepAwake, languageOf, speakInALoop } from "./speak.js";
import "../texts.loudspeaker.js";
import { useTexts } from "../texts.js";

const REACHED = [1, 5, 10, 20, 50, 100];
// A page that slept has read nothing meanwhile: no tick counts for more.
const LONGEST_TICK = 3;
// So often the time goes into the form's draft, where a killed browser leaves it.
const TELL_EVERY = 5;
const MOST_SECONDS = 43200;

export const asTime = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// A recording where there is one that plays, else the phone's own voice; `onSilence` when it has none either.
function soundInALoop(player, words, told) {
  if (!player) return speakInALoop(words, told);
  let stop = playInALoop(player, { ...told, onSilence: () => (stop = speakInALoop(words, told)) });
  return () => stop();
}

// See `Aloud` for what it is given; `player`: an audio element with the recording in it.
export default function Loudspeaker({ words, player, pictured, voiced, played, onPlayed, onReached, onClose }) {
  const t = useTexts();
  const dialog = useRef(null);
  const [on, setOn] = useState(true);
  const [round, setRound] = useState(0);
  const [silent, setSilent] = useState(false);
  const tell = useRef(onPlayed);
  tell.current = onPlayed;
  const total = useRef(played);
  const spoken = useRef(true);
  const [seconds, setSeconds] = useState(played);

  const told = () => ({ seconds: Math.round(total.current), spoken: spoken.current });
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);
  useEffect(() => {
    if (!on) return undefined;
    spoken.current = true;
    const stop = soundInALoop(player, words, {
      onRound: setRound,
      onSilence: () => {
        spoken.current = false;
        setSilent(true);
      },
    });
    const letSleep = keepAwake();
    let last = performance.now();
    let ticks = 0;
    const count = () => {
      const now = performance.now();
      total.current = Math.min(total.current + Math.min((now - last) / 1000, LONGEST_TICK), MOST_SECONDS);
      last = now;
      ticks += 1;
      setSeconds(total.current);
      if (ticks % TELL_EVERY === 0) tell.current(told());
    };
    const timer = setInterval(count, 1000);
    return () => {
      clearInterval(timer);
      count();
      tell.current(told());
      stop();
      letSleep();
    };
  }, [on, words, player]);

  return (
    <dialog ref={dialog} className="fg-loud" aria-label={t("loudspeaker.name")} onClose={onClose}>
      <p className="fg-loud-words" lang={languageOf(words)}>
        {words}
      </p>
      {on ? (
        <>
          <p className="fg-loud-state" role="status">
            {silent ? t("loudspeaker.read_it") : t("loudspeaker.round", { round: Math.max(round, 1) })}
          </p>
          <p className="fg-number" aria-hidden="true">
            {asTime(seconds)}
          </p>
          {!silent && <p className="fg-muted">{t("loudspeaker.volume")}</p>}
          <button
            type="button"
            className="fg-button fg-button-primary fg-button-wide"
            onClick={() => setOn(false)}
          >
            {t("loudspeaker.stop")}
          </button>
        </>
      ) : (
        <>
          <p className="fg-loud-state" role="status">
            {t("loudspeaker.how_many", { time: asTime(seconds) })}
          </p>
          <div className="fg-choices fg-choices-3">
            {REACHED.map((people) => (
              <button key={people} type="button" className="fg-choice" onClick={() => onReached(people, told())}>
                {people}
              </button>
            ))}
          </div>
          <Along pictured={pictured} voiced={voiced} />
          <button type="button" className="fg-button fg-button-wide" onClick={() => setOn(true)}>
            {t("loudspeaker.again")}
          </button>
          <button type="button" className="fg-button fg-button-quiet fg-button-wide" onClick={onClose}>
            {t("loudspeaker.by_form")}
          </button>
        </>
      )}
    </dialog>
  );
}
