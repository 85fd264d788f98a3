// What is done about one hazard, recorded on the spot: words, photos of how it looks put right, a talk.
import { lazy, Suspense, useState } from "react";
import { useDraft } from "../keeping/drafts.js";
import { useDay, usePlace } from "../frame/hooks.js";
import { Photos, useTaking } from "../photos/photos.jsx";
import { Banner, Field } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { bodyOf, missing, NOTHING_SAID } from "./dissuading.js";
import { NEEDS_WORDS, recordedAs } from "./seeing.js";
import "../texts.loop.js";
import { useTexts } from "../texts.js";

const Dissuasion = lazy(() => import("./dissuasion.jsx"));

export function Step({ me, pack, records, hazard, step, onDrop, onKept }) {
  const t = useTexts();
  const place = usePlace();
  const { active } = useDay(pack, records);
  const [draft, change, clear] = useDraft(me.person_id, `move ${hazard.id} ${step}`, {
    note: "",
    photos: [],
    dissuasion: step === "dissuaded" ? NOTHING_SAID : null,
  });
  const [mistakes, setMistakes] = useState({});
  const needed = NEEDS_WORDS.has(step);
  const [taking, withThem] = useTaking();
  const pictured = step === "pictured";
  const save = async (event) => {
    event.preventDefault();
    const note = draft.note.trim();
    if (needed && !note) {
      setMistakes({ note: t("loop.phone.words_first") });
      return;
    }
    if (pictured && !(await withThem(draft.photos)).length) {
      setMistakes({ form: t("loop.phone.photo_first") });
      return;
    }
    const unsaid = missing(draft.dissuasion);
    if (Object.keys(unsaid).length) {
      setMistakes({ dissuasion: unsaid });
      return;
    }
    try {
      await record(
        "hazard.move",
        { hazard: hazard.id, patrol: active?.id ?? null, step: recordedAs(step), note: note || (pictured ? t("loop.do.pictured") : ""), dissuasion: bodyOf(draft.dissuasion) },
        {
          id: draft.id,
          owner: me.person_id,
          position: place,
          photos: await withThem(draft.photos),
          names: { hazard: t(`hazards.category.${hazard.category}`) },
        },
      );
    } catch (error) {
      setMistakes({ form: t(whyNotKept(error)) });
      return;
    }
    clear();
    onKept();
  };
  return (
    <form className="fg-field fg-sunk" onSubmit={save} noValidate>
      <h3>{t(`loop.do.${step}`)}</h3>
      <p className="fg-muted">{t(`loop.ask.${step}`)}</p>
      {(pictured || step === "corrected") && (
        <>
          <p>{t("loop.phone.photo_after")}</p>
          <Photos photos={draft.photos} place={place} taking={taking} onChange={(photos) => change({ photos })} purpose="after" />
        </>
      )}
      {draft.dissuasion && (
        <Suspense fallback={<p className="fg-empty">{t("phone.loading")}</p>}>
          <Dissuasion
            value={draft.dissuasion}
            timezone={pack.pack.timezone}
            mistakes={mistakes.dissuasion ?? {}}
            onChange={(dissuasion) => change({ dissuasion })}
          />
        </Suspense>
      )}
      <Field id="note" label={t(needed ? "loop.phone.say" : "loop.phone.say_optional")} mistake={mistakes.note}>
        <textarea
          id="note"
          className="fg-input"
          maxLength={1000}
          aria-invalid={Boolean(mistakes.note)}
          value={draft.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Field>
      {mistakes.form && <Banner kind="danger">{mistakes.form}</Banner>}
      <div className="fg-row">
        <button className="fg-button fg-button-primary">{t(`loop.do.${step}`)}</button>
        <button type="button" className="fg-button fg-button-quiet" onClick={onDrop}>
          {t("loop.phone.drop")}
        </button>
      </div>
    </form>
  );
}
