// Duties by urgency: each opens what does it, or is ticked with a word, with or without network.
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useDraft } from "../keeping/drafts.js";
import { byUrgency, dutyKey, GROUPS, placeOf } from "./due.js";
import { localDay } from "../frame/formats.js";
import { useMe, usePack, useRecords } from "../frame/hooks.js";
import { Field, Gate, useToast } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import "../texts.duties.js";
import { useTexts } from "../texts.js";

const Coming = lazy(() => import("./coming.jsx"));
const TAG = { overdue: "fg-tag-danger", today: "fg-tag-warn", done: "fg-tag-ok" };

export function DutyScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Duties me={me} pack={pack} />
    </Gate>
  );
}

function Duties({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const [open, setOpen] = useState("");
  const [toast, say] = useToast();
  const { pack: day } = pack;
  const today = localDay(new Date(), day.timezone);
  const groups = byUrgency(day.duties, records, today);
  // A building's leader records no walks, and sees nobody's.
  const logged = me.posts.filter(({ role, grid_level }) => grid_level >= 2 && role !== "building_leader");
  const many = logged.length > 1;
  const some = GROUPS.filter((group) => groups[group].length > 0);
  const keep = async (duty, note) => {
    const { rule, grid, first, number } = duty;
    await record("duty.done", { rule, grid, first, number, note }, { owner: me.person_id });
    setOpen("");
    say(t("duties.kept"));
  };
  return (
    <>
      {!day.calendar_known && <p className="fg-muted">{t("phone.calendar_unknown")}</p>}
      {some.length === 0 && <p className="fg-empty">{t("duties.none")}</p>}
      {some.map((group) => (
        <section key={group} className="fg-card">
          <h2>{t(`duties.standing.${group}`)}</h2>
          <ul className="fg-list">
            {groups[group].map((duty) => (
              <Duty
                key={dutyKey(duty)}
                me={me}
                duty={duty}
                group={group}
                many={day.grids.length > 1}
                open={open === dutyKey(duty)}
                onOpen={(wanted) => setOpen(wanted ? dutyKey(duty) : "")}
                onKeep={(note) => keep(duty, note)}
              />
            ))}
          </ul>
        </section>
      ))}
      {day.coming?.length > 0 && (
        <Suspense fallback={null}>
          <Coming day={day} today={today} />
        </Suspense>
      )}
      {logged.map((post) => (
        <a key={post.id} className="fg-bar-link" href={`/worklog/${post.grid_code}`}>
          {[t("duties.work_log"), many && post.grid_name].filter(Boolean).join(" · ")}
        </a>
      ))}
      {toast}
    </>
  );
}

function Duty({ me, duty, group, many, open, onOpen, onKeep }) {
  const t = useTexts();
  const place = placeOf(duty.kind);
  const season = duty.season && t(`duties.season.${duty.season}`);
  return (
    <li>
      <div className="fg-row fg-row-apart">
        <strong>{duty.words || t(`duties.kind.${duty.kind}`)}</strong>
        <span className={`fg-tag ${TAG[group] ?? ""}`}>
          {group === "done" ? t("duties.standing.done") : t("duties.due", { day: duty.due.slice(5) })}
        </span>
      </div>
      <p className="fg-muted">
        {[
          t(`duties.rhythm.${duty.rhythm}`),
          season,
          (many || duty.kind === "go_down") && duty.grid_name,
          duty.wanted > 0 && t(`duties.counted.${duty.kind}`, { done: duty.done, wanted: duty.wanted }),
          duty.note,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {group !== "done" && !open && (
        <div className="fg-row">
          {place && (
            <Link className="fg-button fg-button-small fg-button-primary" to={place}>
              {t(`duties.go.${place.slice(1)}`)}
            </Link>
          )}
          {duty.kind === "recheck" && me.can_lead && (
            <a className="fg-button fg-button-small fg-button-primary" href="/desk">
              {t("duties.go.desk")}
            </a>
          )}
          <button type="button" className="fg-button fg-button-small" onClick={() => onOpen(true)}>
            {t("duties.tick")}
          </button>
        </div>
      )}
      {open && <Tick me={me} duty={duty} group={group} onKeep={onKeep} onDrop={() => onOpen(false)} />}
    </li>
  );
}

function Tick({ me, duty, group, onKeep, onDrop }) {
  const t = useTexts();
  const [draft, change, clear] = useDraft(me.person_id, `duty ${dutyKey(duty)}`, { note: "" });
  const [mistake, setMistake] = useState("");
  const needed = duty.note_needed || group === "overdue";
  const save = async (event) => {
    event.preventDefault();
    const note = draft.note.trim();
    if (needed && !note) {
      setMistake(t("duties.note_first"));
      return;
    }
    try {
      await onKeep(note);
    } catch (error) {
      setMistake(t(whyNotKept(error)));
      return;
    }
    clear();
  };
  return (
    <form onSubmit={save} noValidate>
      <Field id="note" label={t(needed ? "duties.note" : "duties.note_optional")} mistake={mistake}>
        <input
          id="note"
          className="fg-input"
          maxLength={500}
          aria-invalid={Boolean(mistake)}
          value={draft.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Field>
      <div className="fg-row">
        <button className="fg-button fg-button-primary">{t("duties.tick_now")}</button>
        <button type="button" className="fg-button fg-button-quiet" onClick={onDrop}>
          {t("duties.drop")}
        </button>
      </div>
    </form>
  );
}
