// The member's own voice calling it out, recorded for the record it goes with, and kept with it like a photo.
import { useEffect, useRef, useState } from "react";
import { sha256 } from "../keeping/hash.js";
import { newId } from "../keeping/ids.js";
import { Player } from "./listening.jsx";
import { StopButton, useMicrophone } from "./microphone.jsx";
import { NoSound, soundOf } from "./recorder.js";
import { MOST_SECONDS } from "./wav.js";
import "../texts.recordings.js";
import { useTexts } from "../texts.js";

async function voiceOf(file, taken_at, position) {
  const { blob, seconds } = await soundOf(file);
  const hash = await sha256(new Uint8Array(await blob.arrayBuffer()));
  return { id: newId(), kind: "sound", blob, sha256: hash, seconds, taken_at, position };
}

// Begins to record as it comes, where there is nothing yet. `taking`: see photos.jsx; who saves while it runs
// saves what was said until then.
export default function Voice({ voice, place, taking, onChange, onClose }) {
  const t = useTexts();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const began = useRef("");
  const here = useRef(place);
  here.current = place;
  const tell = (error) => {
    const wrong = error instanceof NoSound ? error.message : "denied";
    setSaid(t(`recordings.wrong.${wrong}`, { most: MOST_SECONDS }));
  };
  const make = async (sound) => {
    setBusy(true);
    try {
      const made = await voiceOf(await sound, began.current, here.current);
      onChange(made);
      return [made];
    } catch (error) {
      tell(error);
      return [];
    } finally {
      setBusy(false);
    }
  };
  const work = useRef(null);
  const { runs, seconds, start, stop } = useMicrophone({ onTake: (sound) => (work.current = make(sound)), onFault: tell });
  const begin = () => {
    setSaid("");
    began.current = new Date().toISOString();
    return start();
  };
  useEffect(() => {
    if (!voice) begin();
    // eslint-disable-next-line -- once, as it comes
  }, []);
  useEffect(() => {
    if (!runs && !busy) return undefined;
    const finish = () => stop() ?? work.current ?? [];
    const { current } = taking;
    current.add(finish);
    return () => current.delete(finish);
  });
  return (
    <section className="fg-field" aria-label={t("recordings.own_voice")}>
      {runs && <StopButton seconds={seconds} onStop={stop} />}
      {voice && !runs && <Player blob={voice.blob} name={t("recordings.listen", { seconds: voice.seconds })} />}
      {!runs && (
        <div className="fg-row">
          <button type="button" className="fg-button fg-button-small" disabled={busy} onClick={begin}>
            ● {t("recordings.record_again")}
          </button>
          <button
            type="button"
            className="fg-button fg-button-small fg-button-quiet"
            disabled={busy}
            onClick={() => {
              onChange(null);
              onClose();
            }}
          >
            {t("recordings.drop")}
          </button>
        </div>
      )}
      {said && (
        <p className="fg-mistake" role="alert">
          {said}
        </p>
      )}
      <p className="fg-muted">{t("recordings.who_hears")}</p>
    </section>
  );
}
