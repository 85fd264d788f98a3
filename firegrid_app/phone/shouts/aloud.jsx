// The button that makes the phone a loudspeaker for some words. What it does is fetched when first pressed.
import { lazy, Suspense, useState } from "react";
import { useTexts } from "../texts.js";

const Loudspeaker = lazy(() => import("./loudspeaker.jsx"));

// Some browsers speak and play only if they were made to within a tap; the code that does is still to come.
function unlock(sound) {
  if (sound) {
    const player = new Audio(URL.createObjectURL(sound));
    // What follows says whether it plays.
    player.play().catch(() => {});
    return player;
  }
  if (globalThis.speechSynthesis && globalThis.SpeechSynthesisUtterance) {
    globalThis.speechSynthesis.speak(new globalThis.SpeechSynthesisUtterance(""));
  }
  return null;
}

// `sound`: the words as somebody spoke them, a blob; without one the phone's own voice reads them.
// `played`: seconds so far. `onPlayed({ seconds, spoken })` as time goes by; `onReached(people, { seconds,
// spoken })` is the one tap that keeps the record. `pictured`, `voiced`: what its photos and its recording are taken with (calling.js).
export function Aloud({ words, sound, pictured, voiced, played, onPlayed, onReached }) {
  const t = useTexts();
  const [open, setOpen] = useState(null);
  const close = () => {
    if (open?.player) URL.revokeObjectURL(open.player.src);
    setOpen(null);
  };
  return (
    <>
      <button
        type="button"
        className="fg-button fg-button-wide"
        onClick={() => {
          setOpen({ player: unlock(sound) });
        }}
      >
        ▶ {t(played > 0 ? "phone.play_on" : "phone.play_aloud", { minutes: Math.max(1, Math.round(played / 60)) })}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Loudspeaker
            words={words}
            player={open.player}
            pictured={pictured}
            voiced={voiced}
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
