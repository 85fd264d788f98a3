// One piece of fire equipment: tested or looked at in a tap; a fault says what is wrong and opens its hazard.
import { useMemo, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { wayBack } from "../frame/back.js";
import { Dictation } from "../frame/dictation.jsx";
import { useDraft } from "../keeping/drafts.js";
import { faultOf, FAULTS, looked, piecesOf, whereOf } from "./equipment.js";
import { localDay } from "../frame/formats.js";
import { readAhead, useDay, useMe, usePack, usePlace, useRecords } from "../frame/hooks.js";
import { newId } from "../keeping/ids.js";
import { Photos, useTaking } from "../photos/photos.jsx";
import { Banner, calendarDay, Field, Gate } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { sayAndShow } from "../frame/said.js";
import { putDraft } from "../keeping/store.js";
import "../texts.equipment.js";
import { useTexts } from "../texts.js";

readAhead();

const EMPTY = { photos: [], found: "", note: "", hazard: "" };
const MOST_NOTE = 300;

export function EquipmentScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Asked me={me} pack={pack} />
    </Gate>
  );
}

function Asked({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const [search] = useSearchParams();
  const { active } = useDay(pack, records);
  const { pack: day } = pack;
  const wanted = Number(search.get("piece"));
  const today = localDay(new Date(), day.timezone);
  const piece = useMemo(() => piecesOf(day, records, today).find((one) => one.id === wanted), [day, records, today, wanted]);
  if (records === undefined) return <p className="fg-empty">{t("phone.loading")}</p>;
  if (!piece) {
    return (
      <section className="fg-card fg-empty">
        <h2>{t("equipment.not_here")}</h2>
        <p>{t("equipment.not_here_more")}</p>
        <Link className="fg-button" to="/map">
          {t("equipment.to_map")}
        </Link>
      </section>
    );
  }
  return (
    <>
      <Standing day={day} piece={piece} />
      {me.can_record && <Look key={piece.id} me={me} day={day} piece={piece} records={records} patrol={active?.id} back={wayBack(search.get("back"))} />}
    </>
  );
}

function Standing({ day, piece }) {
  const t = useTexts();
  const grid = day.grids.find((one) => one.code === piece.grid)?.name;
  return (
    <section className="fg-card" aria-label={piece.name}>
      <h2>{piece.name}</h2>
      <p className="fg-row">
        <span className="fg-tag">{t(`equipment.kind.${piece.kind}`)}</span>
        {piece.due && <span className="fg-tag fg-tag-warn">{t("equipment.due_now")}</span>}
        {piece.found && (
          <span className={`fg-tag ${piece.found === "fine" ? "fg-tag-ok" : "fg-tag-danger"}`}>
            {t("equipment.last", { day: calendarDay(piece.at), found: t(`equipment.found.${piece.found}`) })}
          </span>
        )}
      </p>
      <p className="fg-muted">
        {[whereOf(day, piece), grid, !piece.due && !piece.tested && piece.next_on && t("equipment.next", { day: piece.next_on })].filter(Boolean).join(" · ")}
      </p>
    </section>
  );
}

function Look({ me, day, piece, records, patrol, back }) {
  const t = useTexts();
  const navigate = useNavigate();
  const place = usePlace();
  const [draft, change, clear] = useDraft(me.person_id, `equipment:${piece.id}`, EMPTY);
  const [taking, withThem] = useTaking();
  const [problem, setProblem] = useState("");
  const [saving, setSaving] = useState(false);
  const shut = useRef(false);
  const toHazard = (hazard) => navigate(`/hazard?${new URLSearchParams({ mend: hazard, back })}`);
  const keep = async (found, { tested = false, report = false } = {}) => {
    const note = found === "fine" ? "" : draft.note.trim();
    if (found !== "fine" && note.length < 2) {
      setProblem(t("equipment.say_wrong"));
      return;
    }
    // A second tap before the first is kept is the same look.
    if (shut.current) return;
    shut.current = true;
    setSaving(true);
    try {
      const photos = await withThem(draft.photos);
      const hazard = report ? draft.hazard || newId() : null;
      if (hazard) {
        change({ hazard });
        await putDraft(me.person_id, `hazard:${hazard}`, faultOf(piece, day, `${piece.name}：${note}`, photos, hazard));
      }
      // What was photographed goes with the hazard, where somebody sees to it.
      await record("equipment.checked", looked(piece, patrol, { found, tested, note, hazard }), {
        id: draft.id,
        owner: me.person_id,
        position: place,
        photos: hazard ? [] : photos,
        names: { piece: piece.name },
      });
      await sayAndShow(t("equipment.kept", { name: piece.name, found: t(`equipment.found.${found}`) }));
      clear();
      if (hazard) toHazard(hazard);
      else navigate(back);
    } catch (error) {
      setProblem(t(whyNotKept(error)));
      shut.current = false;
      setSaving(false);
    }
  };
  const wrong = (found, note) => {
    setProblem("");
    change({ found, note: draft.note || note });
  };
  const begun = unreported(piece, records, day);
  return (
    <section className="fg-card" aria-label={t("equipment.look")}>
      {begun && (
        <Banner kind="warn">
          {t("equipment.hazard_begun")}{" "}
          <button type="button" className="fg-button fg-button-small" onClick={() => toHazard(begun)}>
            {t("equipment.report_on")}
          </button>
        </Banner>
      )}
      <Photos photos={draft.photos} place={place} taking={taking} label="equipment.photo" onChange={(photos) => change({ photos })} />
      {draft.found ? (
        <Wrong draft={draft} change={change} problem={problem} saving={saving} onKeep={(report) => keep(draft.found, { report })} onBack={() => change({ found: "", note: "" })} />
      ) : (
        <>
          <button type="button" className="fg-button fg-button-primary fg-button-wide" disabled={saving} onClick={() => keep("fine")}>
            {t("equipment.looked_fine")}
          </button>
          <button type="button" className="fg-button fg-button-wide" disabled={saving} onClick={() => keep("fine", { tested: true })}>
            {t("equipment.tested_fine")}
          </button>
          <div className="fg-choices">
            <button type="button" className="fg-choice" onClick={() => wrong("faulty", "")}>
              {t("equipment.found.faulty")}
            </button>
            <button type="button" className="fg-choice" onClick={() => wrong("gone", t("equipment.found.gone"))}>
              {t("equipment.found.gone")}
            </button>
          </div>
          <p className="fg-muted">{t("equipment.test_how")}</p>
          {problem && <Banner kind="danger">{problem}</Banner>}
        </>
      )}
    </section>
  );
}

// What is wrong: a tap for what usually is, else words.
function Wrong({ draft, change, problem, saving, onKeep, onBack }) {
  const t = useTexts();
  const says = (words) => draft.note.includes(words);
  const toggle = (words) => change({ note: says(words) ? draft.note.replace(words, "").replace(/^，|，$/g, "").replace("，，", "，") : [draft.note.trim(), words].filter(Boolean).join("，") });
  return (
    <>
      <div className="fg-choices" role="group" aria-label={t("equipment.usual")}>
        {draft.found === "faulty" &&
          FAULTS.map((one) => t(`equipment.fault.${one}`)).map((words) => (
            <button key={words} type="button" className="fg-choice" aria-pressed={says(words)} onClick={() => toggle(words)}>
              {words}
            </button>
          ))}
      </div>
      <Field id="what-wrong" label={t("equipment.what_wrong")} mistake={problem}>
        <textarea id="what-wrong" className="fg-input" maxLength={MOST_NOTE} aria-invalid={Boolean(problem)} value={draft.note} onChange={(event) => change({ note: event.target.value })} />
        <Dictation words={draft.note} most={MOST_NOTE} onWords={(note) => change({ note })} />
      </Field>
      <button type="button" className="fg-button fg-button-primary fg-button-wide" disabled={saving} onClick={() => onKeep(true)}>
        {t("equipment.keep_and_report")}
      </button>
      <button type="button" className="fg-button fg-button-wide" disabled={saving} onClick={() => onKeep(false)}>
        {t("equipment.keep_reported")}
      </button>
      <button type="button" className="fg-button fg-button-quiet" onClick={onBack}>
        {t("equipment.look_back")}
      </button>
    </>
  );
}

// The hazard of the last fault noted here that was begun and is not kept: the browser was killed in between.
function unreported(piece, records, day) {
  const own = records.filter((one) => one.kind === "equipment.checked" && one.body.piece === piece.id);
  const hazard = own.at(-1)?.body.hazard;
  const isKept = hazard && (records.some((one) => one.id === hazard) || day.hazards.some((one) => one.id === hazard));
  return hazard && !isKept ? hazard : "";
}
