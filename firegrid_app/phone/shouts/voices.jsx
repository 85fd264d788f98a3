// Whose voice calls a script out: a recording, or the phone's own. Who may speak for the grid records here.
import { lazy, Suspense, useEffect, useState } from "react";
import { follow } from "../keeping/answers.js";
import { Choices, Sheet } from "../frame/pieces.jsx";
import { alongBlob } from "../keeping/store.js";
import { soundsFor } from "./sounds.js";
import { sendNow } from "../sending/queue.js";
import "../texts.recordings.js";
import { useTexts } from "../texts.js";

const Recordings = lazy(() => import("./recordings.jsx"));
const OWN = "";

// `onSound(blob)` is told of the recording chosen, null for the phone's own voice and while none is here.
export default function Voices({ me, day, grid, script, onSound }) {
  const t = useTexts();
  const sounds = soundsFor(day, grid, script);
  const [wanted, setWanted] = useState(null);
  const [here, setHere] = useState(undefined);
  const [recording, setRecording] = useState(false);
  const chosen = wanted === OWN ? null : (sounds.find(({ id }) => id === wanted) ?? sounds[0] ?? null);
  useEffect(() => {
    const hear = (blob) => {
      setHere(Boolean(blob));
      onSound(blob ?? null);
    };
    if (!chosen) {
      hear(null);
      return undefined;
    }
    const { person_id } = me;
    const stop = follow(`sound ${person_id} ${chosen.id}`, ["packs"], () => alongBlob(person_id, "sound", chosen.id), hear);
    return () => {
      stop();
      onSound(null);
    };
    // eslint-disable-next-line -- `onSound` sets what the form holds
  }, [chosen?.id, me.person_id]);
  const nameOf = (one) => t("recordings.voice", { name: one.dialect || t("recordings.no_dialect"), seconds: one.seconds });
  return (
    <>
      {sounds.length > 0 && (
        <Choices
          label={t("recordings.whose")}
          options={[...sounds.map((one) => ({ value: one.id, text: nameOf(one) })), { value: OWN, text: t("recordings.phones_own") }]}
          chosen={chosen?.id ?? OWN}
          onChoose={setWanted}
        />
      )}
      {chosen && here === false && (
        <p className="fg-row fg-row-apart">
          <span className="fg-muted fg-grow">{t("recordings.not_here")}</span>
          <button type="button" className="fg-button fg-button-small" onClick={sendNow}>
            {t("recordings.fetch")}
          </button>
        </p>
      )}
      {me.can_speak && (
        <button type="button" className="fg-button fg-button-quiet" onClick={() => setRecording(true)}>
          ● {t("recordings.speak")}
        </button>
      )}
      {recording && (
        <Sheet name={t("recordings.speak")} onClose={() => setRecording(false)}>
          <p className="fg-muted">{t("recordings.for_grid", { name: day.grids.find(({ code }) => code === grid)?.name ?? grid })}</p>
          <Suspense fallback={null}>
            <Recordings me={me} grid={grid} script={script} />
          </Suspense>
        </Sheet>
      )}
    </>
  );
}
