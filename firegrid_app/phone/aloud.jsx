// The button that makes the phone a loudspeaker for some words. What it does is fetched when first pressed.
import { lazy, Suspense, useState } from "react";
import { useTexts } from "./texts.js";

const Loudspeaker = lazy(() => import("./loudspeaker.jsx"));

// Some browsers speak only if they were made to within a tap; the code that speaks is still to come.
function unlock() {
  if (globalThis.speechSynthesis && globalThis.SpeechSynthesisUtterance) {
    globalThis.speechSynthesis.speak(new globalThis.SpeechSynthesisUtterance(""));
  }
}

// `played`: seconds so far. `onPlayed({ seconds, spoken })` as time goes by; `onReached(people, { seconds,
// spoken })` is the one tap that keeps the record.
export function Aloud({ words, played, onPlayed, onReached }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="fg-button fg-button-wide"
        onClick={() => {
          unlock();
          setOpen(true);
        }}
      >
        ▶ {t(played > 0 ? "phone.play_on" : "phone.play_aloud", { minutes: Math.max(1, Math.round(played / 60)) })}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Loudspeaker
            words={words}
            played={played}
            onPlayed={onPlayed}
            onReached={(people, told) => {
              close();
              onReached(people, told);
            }}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
