// Hazard: photo first, then category, grade, place, words. One screen, nothing typed that is known.
import { lazy, startTransition, Suspense, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useNavigate, useSearchParams } from "react-router";
import { wayBack } from "../frame/back.js";
import { CategoryChoice } from "./category_choice.jsx";
import { severityFor } from "./choosing.js";
import { Dictation } from "../frame/dictation.jsx";
import { bodyOf, missing, NOTHING_SAID } from "./dissuading.js";
import { useDraft } from "../keeping/drafts.js";
import { readAhead, useDay, useMe, usePack, usePlace, useRecords } from "../frame/hooks.js";
import { MOST_PHOTOS, Photos, useTaking } from "../photos/photos.jsx";
import { Banner, Choices, Field, Gate, GridChoice, PlaceLine } from "../frame/pieces.jsx";
import { canLocate } from "../frame/place.js";
import { ofTheResult, ofTheScene, told, withResult, withScene } from "./pictured.js";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { sayAndShow } from "../frame/said.js";
import { useTexts } from "../texts.js";
import { Twins } from "./twins.jsx";
import { WhereChoice } from "./where_choice.jsx";

// Fetched (from the worker's cache) by who talked to somebody.
const Dissuasion = lazy(() => import("./dissuasion.jsx"));

readAhead();

const MOST_WORDS = 1000;
const EMPTY = {
  grid: "",
  photos: [],
  category: "",
  severity: "",
  where: "",
  place: null,
  marked: null,
  words: "",
  fixed: false,
  dissuasion: null,
};

export function HazardForm() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Form me={me} day={pack?.pack} pack={pack} />
    </Gate>
  );
}

function mistakesIn(draft, t) {
  const wrong = {};
  if (!draft.category) wrong.category = t("phone.choose_category");
  if (draft.category === "other" && !draft.words.trim()) wrong.words = t("refusals.hazards.no_words_for_other");
  const unsaid = missing(draft.dissuasion);
  if (Object.keys(unsaid).length) wrong.dissuasion = unsaid;
  return wrong;
}

// What stands wrong first comes into view: the button that found it is far below.
const showFirst = () =>
  requestAnimationFrame(() => document.querySelector("main .fg-mistake")?.scrollIntoView({ block: "center" }));

function Form({ me, day, pack }) {
  const t = useTexts();
  const navigate = useNavigate();
  const records = useRecords(me);
  const { active } = useDay(pack, records);
  const place = usePlace();
  const [search] = useSearchParams();
  const mended = search.get("mend");
  const form = mended ? `hazard:${mended}` : "hazard";
  const [draft, change, clear] = useDraft(me.person_id, form, EMPTY);
  const [mistakes, setMistakes] = useState({});
  const [saving, setSaving] = useState(false);
  const shut = useRef(false);
  const [taking, withThem] = useTaking();
  const camera = useRef(null);
  const grid = draft.grid || active?.grid || day.grids[0]?.code;
  // A spot marked on the map is where it is; where the phone was stands with each photo.
  const marked = draft.marked && { ...draft.marked, source: "manual", fixed_at: null };
  const here = marked ?? (draft.at ? draft.position : place);

  const choose = (code) => {
    change({ category: code, severity: severityFor(day, draft, code) });
    setMistakes({});
  };
  const save = async (event) => {
    event.preventDefault();
    const wrong = mistakesIn(draft, t);
    if (Object.keys(wrong).length) {
      setMistakes(wrong);
      showFirst();
    }
    if (Object.keys(wrong).length || shut.current) return;
    shut.current = true;
    // Drawn once the flash is at work, not before.
    startTransition(() => setSaving(true));
    try {
      const photos = await withThem(draft.photos);
      const kept = await record(
        "hazard.report",
        {
          grid,
          patrol: draft.at ? draft.patrol : (active?.id ?? null),
          category: draft.category,
          severity: draft.severity,
          words: draft.words.trim(),
          where: draft.where.trim(),
          place: draft.place,
          urgent: day.categories.find((one) => one.code === draft.category)?.urgent ?? false,
          fixed_on_spot: draft.fixed,
          dissuasion: bodyOf(draft.dissuasion),
        },
        {
          id: draft.id,
          owner: me.person_id,
          // A mended record keeps the moment and the place it was made at.
          at: draft.at,
          position: here,
          photos: told(photos, draft.fixed),
        },
      );
      // Mended, and accepted meanwhile as it was: the person sees what the server has.
      const late = mended && !kept;
      if (!late) await sayAndShow(t(draft.fixed ? "phone.kept_fixed" : "phone.kept_hazard"));
      clear();
      navigate(late ? `/outbox?record=${mended}` : wayBack(search.get("back")));
    } catch (error) {
      setMistakes({ form: t(whyNotKept(error)) });
      shut.current = false;
      setSaving(false);
    }
  };
  const scene = ofTheScene(draft.photos, draft.fixed);
  const result = ofTheResult(draft.photos, draft.fixed);
  const room = MOST_PHOTOS - draft.photos.length;
  // Whoever says so stands before what is put right: the camera opens with the same tap.
  const putRight = (fixed) => {
    flushSync(() => change({ fixed }));
    if (fixed && !result.length) camera.current?.click();
  };
  return (
    <form className="fg-page-part" onSubmit={save} noValidate>
      <Photos
        photos={scene}
        place={place}
        taking={taking}
        room={room}
        purpose={draft.fixed ? "before" : "scene"}
        onChange={(photos) => change((old) => ({ photos: withScene(old.photos, old.fixed, photos) }))}
      />
      <PlaceLine place={place} possible={canLocate()} />
      <GridChoice grids={day.grids} chosen={grid} onChoose={(code) => change({ grid: code, place: null, marked: null })} />
      <CategoryChoice
        day={day}
        records={records}
        here={place}
        chosen={draft.category}
        onChoose={choose}
        mistake={mistakes.category}
      />
      {draft.category && (
        <Choices
          label={t("phone.severity")}
          columns="fg-choices-3"
          options={["minor", "general", "suspected_major"].map((value) => ({
            value,
            text: t(`hazards.severity.${value}`),
          }))}
          chosen={draft.severity}
          onChoose={(severity) => change({ severity })}
        />
      )}
      <WhereChoice me={me} day={day} grid={grid} here={place} draft={draft} change={change} />
      <Twins day={day} grid={grid} draft={draft} here={here} />
      <Field id="words" label={t("phone.words")} mistake={mistakes.words}>
        <textarea
          id="words"
          className="fg-input"
          maxLength={MOST_WORDS}
          aria-invalid={Boolean(mistakes.words)}
          value={draft.words}
          onChange={(event) => change({ words: event.target.value })}
        />
        <Dictation words={draft.words} most={MOST_WORDS} onWords={(words) => change({ words })} />
      </Field>
      <Choices
        label={t("phone.fixed_question")}
        columns="fg-choices"
        options={[
          { value: false, text: t("phone.not_fixed") },
          { value: true, text: t("phone.fixed") },
        ]}
        chosen={draft.fixed}
        onChoose={putRight}
      />
      {draft.fixed && (
        <Photos
          photos={result}
          place={place}
          taking={taking}
          room={room}
          purpose="after"
          first={scene.length + 1}
          label="phone.photo_after"
          camera={camera}
          onChange={(photos) => change((old) => ({ photos: withResult(old.photos, old.fixed, photos) }))}
        />
      )}
      {draft.dissuasion ? (
        <Suspense fallback={<p className="fg-empty">{t("phone.loading")}</p>}>
          <Dissuasion
            value={draft.dissuasion}
            timezone={day.timezone}
            mistakes={mistakes.dissuasion ?? {}}
            onChange={(dissuasion) => change({ dissuasion })}
            onTakeOut={() => change({ dissuasion: null })}
          />
        </Suspense>
      ) : (
        <button type="button" className="fg-button fg-button-wide" onClick={() => change({ dissuasion: NOTHING_SAID })}>
          ＋ {t("phone.dissuaded")}
        </button>
      )}
      {mistakes.form && <Banner kind="danger">{mistakes.form}</Banner>}
      <button className="fg-button fg-button-primary fg-button-wide" disabled={saving}>
        {t(saving ? "phone.shrinking" : "phone.save")}
      </button>
    </form>
  );
}
