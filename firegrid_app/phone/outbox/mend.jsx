// A refused record opened again: its own fields, filled as they were. Id, moment and place stay what
// they were; the moment itself can be righted when it is what was refused.
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useDraft } from "../keeping/drafts.js";
import { mergedWalks } from "../patrols/fieldtime.js";
import { Editor } from "./editors.jsx";
import { localTime, mistakesOf, momentAsked, righted, wanted } from "./mending.js";
import { helpFor, moment } from "./record_words.js";
import { Banner, Field } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { photosOf } from "../keeping/store.js";
import { useTexts } from "../texts.js";

export default function Mend({ me, one, records, day }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [draft, change, clear] = useDraft(me.person_id, `mend:${one.id}`, { id: one.id, ...one.body });
  const [mistakes, setMistakes] = useState({});
  if (one.state !== "refused") return <p className="fg-empty">{t("outbox.no_more_refused")}</p>;
  if (!day) return <p className="fg-empty">{t("phone.pack_coming")}</p>;
  const walks = mergedWalks(day.walks, records.filter((other) => other.state !== "aside"));
  const { fields, time } = wanted(one);
  const at = draft.at ?? localTime(momentAsked(one));
  const save = async (event) => {
    event.preventDefault();
    const start = walks.find((walk) => walk.id === draft.patrol);
    const wrong = mistakesOf(one, draft, { day, walks, now: Date.now(), start: start?.started_at });
    setMistakes(wrong);
    if (Object.keys(wrong).length) return;
    const { id: _id, at: _at, ...changed } = draft;
    const { at: made, body } = righted(one, changed, at);
    try {
      const kept = await record(one.kind, body, {
        id: one.id,
        owner: me.person_id,
        at: made,
        position: one.position,
        photos: await photosOf(one.id),
      });
      clear();
      navigate(kept ? "/outbox" : `/outbox?record=${one.id}`);
    } catch (error) {
      setMistakes({ form: whyNotKept(error) });
    }
  };
  return (
    <form className="fg-page-part" onSubmit={save} noValidate>
      <Link className="fg-button fg-button-quiet fg-button-small fg-start" to={`/outbox?record=${one.id}`}>
        ‹ {t("outbox.back_to_record")}
      </Link>
      <h2>{t("outbox.mend_title", { kind: t(`phone.kind.${one.kind}`) })}</h2>
      <Banner kind="danger">{one.message || one.code}</Banner>
      <p>{helpFor(one.code, t)}</p>
      <p className="fg-muted">{t("outbox.mend_keeps", { time: moment(one.captured_at) })}</p>
      {time && (
        <Field id="at" label={t("outbox.field.captured_at")} mistake={mistakes.at && t(mistakes.at)}>
          <input
            id="at"
            className="fg-input fg-number"
            type="datetime-local"
            max={localTime(Date.now())}
            value={at}
            aria-invalid={Boolean(mistakes.at)}
            onChange={(event) => change({ at: event.target.value })}
          />
        </Field>
      )}
      {fields.map((field) => (
        <Editor
          key={field}
          field={field}
          draft={draft}
          change={change}
          day={day}
          walks={walks}
          mistake={mistakes[field] && t(mistakes[field])}
        />
      ))}
      {mistakes.form && <Banner kind="danger">{t(mistakes.form)}</Banner>}
      <button className="fg-button fg-button-primary fg-button-wide">{t("outbox.mend_save")}</button>
    </form>
  );
}
