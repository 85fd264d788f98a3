// Open hazards of one's grids: what was done about one is recorded on the spot, also without network.
import { lazy, Suspense, useState } from "react";
import { bodyOf, missing, NOTHING_SAID } from "./dissuading.js";
import { useSearchParams } from "react-router";
import { useDraft } from "../keeping/drafts.js";
import { localDay } from "../frame/formats.js";
import { useDay, useMe, usePack, usePlace, useQueue, useRecords } from "../frame/hooks.js";
import { Photos, useTaking } from "../photos/photos.jsx";
import { Banner, Field, Gate, clock, useToast } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { FILTERS, known, NEEDS_WORDS, narrowed, stepsFor } from "./seeing.js";
import "../texts.loop.js";
import { useTexts } from "../texts.js";

const Dissuasion = lazy(() => import("./dissuasion.jsx"));
const PAGE = 30;

export function HazardList() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Hazards me={me} pack={pack} />
    </Gate>
  );
}

function Hazards({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { pack: day } = pack;
  const today = localDay(new Date(), day.timezone);
  const groups = narrowed(known(day.hazards, records, pack.fetched), me.person_id, today);
  const [chosen, choose] = useState(() => (groups.mine.length ? "mine" : "all"));
  const [shown, show] = useState(PAGE);
  const [asked] = useSearchParams();
  const [open, setOpen] = useState(asked.get("open") ?? "");
  const [toast, say] = useToast();
  return (
    <>
      <div className="fg-chips" role="group" aria-label={t("loop.narrow")}>
        {FILTERS.map((one) => (
          <button
            key={one}
            type="button"
            className="fg-chip"
            aria-pressed={chosen === one}
            onClick={() => {
              choose(one);
              show(PAGE);
            }}
          >
            <span>{t(`loop.phone.${one}`)}</span>
            <strong className="fg-number">{groups[one].length}</strong>
          </button>
        ))}
      </div>
      {groups[chosen].length === 0 && <p className="fg-empty">{t("loop.phone.none")}</p>}
      <ul className="fg-hazards">
        {groups[chosen].slice(0, shown).map((hazard) => (
          <Hazard
            key={hazard.id}
            me={me}
            pack={pack}
            records={records}
            hazard={hazard}
            late={hazard.due_on < today}
            open={open === hazard.id}
            onOpen={() => setOpen(open === hazard.id ? "" : hazard.id)}
            onKept={(step) => {
              setOpen("");
              say(t("loop.phone.kept", { step: t(`loop.step.${step}`) }));
            }}
          />
        ))}
      </ul>
      {groups[chosen].length > shown && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => show(shown + PAGE)}>
          {t("loop.phone.more", { count: groups[chosen].length - shown })}
        </button>
      )}
      {toast}
    </>
  );
}

function Hazard({ me, pack, records, hazard, late, open, onOpen, onKept }) {
  const t = useTexts();
  const [step, setStep] = useState("");
  const rung = t(`loop.rung.${hazard.rung}`);
  return (
    <li className="fg-card">
      <button type="button" className="fg-desk-row" aria-expanded={open} onClick={onOpen}>
        <span className="fg-row-name">{t(`hazards.category.${hazard.category}`)}</span>
        <span className={`fg-tag ${hazard.status === "open" ? (late ? "fg-tag-danger" : "fg-tag-warn") : ""}`}>
          {hazard.status === "open"
            ? t(late ? "phone.overdue_since" : "phone.due_on", { day: hazard.due_on.slice(5) })
            : t(`hazards.status.${hazard.status}`)}
        </span>
        <span className="fg-row-line">
          {[hazard.grid_name, hazard.where_words, t(`hazards.status.${hazard.status}`)].filter(Boolean).join(" · ")}
        </span>
        <span className="fg-row-line fg-muted">
          {hazard.owner_name ? t("loop.owner", { name: hazard.owner_name, rung }) : t("loop.nobody", { rung })}
        </span>
      </button>
      {hazard.urges_open > 0 && <p className="fg-tag fg-tag-warn">{t("loop.urges_open", { count: hazard.urges_open })}</p>}
      {hazard.said.map((one) => (
        <p key={one.id} className="fg-muted">
          ✓ {t("loop.phone.noted", { time: clock(one.happened_at ?? one.captured_at), step: t(`loop.step.${one.body.step}`) })}
        </p>
      ))}
      {open && (
        <>
          {hazard.words && <p>{hazard.words}</p>}
          <Pictures hazard={hazard} />
          {step ? (
            <Step
              me={me}
              pack={pack}
              records={records}
              hazard={hazard}
              step={step}
              onDrop={() => setStep("")}
              onKept={() => {
                setStep("");
                onKept(step);
              }}
            />
          ) : (
            <div className="fg-row">
              {stepsFor(hazard, me.person_id).map((one) => (
                <button
                  key={one}
                  type="button"
                  className={`fg-button fg-button-small ${one === "corrected" ? "fg-button-primary" : ""} ${one === "skipped" ? "fg-button-danger" : ""}`}
                  onClick={() => setStep(one)}
                >
                  {t(`loop.do.${one}`)}
                </button>
              ))}
            </div>
          )}
        </>
      )}
    </li>
  );
}

// What the server has kept is fetched from there; without a line, words instead of broken frames.
function Pictures({ hazard: { photos, category } }) {
  const t = useTexts();
  const { reach } = useQueue();
  const [lost, setLost] = useState(false);
  if (photos.length === 0) return null;
  if (reach === "away" || lost) return <p className="fg-muted">{t("loop.phone.photos_online", { count: photos.length })}</p>;
  return (
    <div className="fg-thumbnails">
      {photos.map((id) => (
        <a key={id} href={`/api/photos/${id}/screen`} target="_blank" rel="noreferrer">
          <img src={`/api/photos/${id}/thumbnail`} alt={t(`hazards.category.${category}`)} onError={() => setLost(true)} />
        </a>
      ))}
    </div>
  );
}

function Step({ me, pack, records, hazard, step, onDrop, onKept }) {
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
  const save = async (event) => {
    event.preventDefault();
    const note = draft.note.trim();
    if (needed && !note) {
      setMistakes({ note: t("loop.phone.words_first") });
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
        { hazard: hazard.id, patrol: active?.id ?? null, step, note, dissuasion: bodyOf(draft.dissuasion) },
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
      {step === "corrected" && (
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
