// Smoke and gas alarms behind the door that is open: how they stand, and a tap for what is found.
import { useState } from "react";
import { alarmsOf, KINDS, MAKERS, standing, usualEnd } from "./alarms.js";
import { localDay } from "../frame/formats.js";
import { doorName } from "./knocks.js";
import { Banner, Choices, Field } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import "../texts.alarms.js";
import { useTexts } from "../texts.js";

const TAGS = { works: "fg-tag-ok", soon: "fg-tag-warn", expired: "fg-tag-danger", faulty: "fg-tag-danger", none: "" };

export default function Alarms({ me, day, door, records, patrol, place }) {
  const t = useTexts();
  const [installing, setInstalling] = useState("");
  const [end, setEnd] = useState("");
  const [fresh, setFresh] = useState([]);
  const [problem, setProblem] = useState("");
  const [kept, setKept] = useState("");
  const today = localDay(new Date(), day.timezone);
  const found = alarmsOf(day, [...records, ...fresh], door);
  const note = async (alarm, step, more = {}) => {
    const body = { door: door.id, patrol, alarm, step, maker: "", expires: null, ...more };
    try {
      const id = await record("alarm.noted", body, { owner: me.person_id, position: place, names: { door: doorName(door) } });
      setFresh((known) => [...known, { id, kind: "alarm.noted", state: "waiting", happened_at: Date.now(), body }]);
      setInstalling("");
      setProblem("");
      setKept(t("alarms.kept", { what: `${t(`alarms.short.${alarm}`)} ${t(`alarms.step.${step}`)}` }));
    } catch (error) {
      setProblem(whyNotKept(error));
    }
  };
  return (
    <details className="fg-field">
      <summary>
        {t("alarms.on_phone")}{" "}
        {KINDS.map((kind) => (
          <span key={kind} className={`fg-tag ${TAGS[standing(found[kind], today)]}`}>
            {t(`alarms.short.${kind}`)} {t(`alarms.standing.${standing(found[kind], today)}`)}
          </span>
        ))}
      </summary>
      {KINDS.map((kind) => (
        <fieldset key={kind} className="fg-field">
          <legend className="fg-legend">
            {t(`alarms.kind.${kind}`)}
            {found[kind]?.expires && standing(found[kind], today) !== "none" ? ` · ${t("alarms.until", { day: found[kind].expires })}` : ""}
          </legend>
          <div className="fg-choices">
            <button
              type="button"
              className="fg-choice"
              aria-pressed={installing === kind}
              onClick={() => {
                setInstalling(installing === kind ? "" : kind);
                setEnd(usualEnd(kind, today));
              }}
            >
              {t("alarms.step.installed")}
            </button>
            {found[kind] && found[kind].step !== "removed" && (
              <>
                <button type="button" className="fg-choice" onClick={() => note(kind, "tested")}>
                  {t("alarms.step.tested")}
                </button>
                <button type="button" className="fg-choice" onClick={() => note(kind, "faulty")}>
                  {t("alarms.step.faulty")}
                </button>
                <button type="button" className="fg-choice" onClick={() => note(kind, "removed")}>
                  {t("alarms.step.removed")}
                </button>
              </>
            )}
          </div>
          {installing === kind && (
            <>
              <Field id="alarm-end" label={t("alarms.field.expires_on")}>
                <input id="alarm-end" className="fg-input fg-number" type="date" min={today} value={end} onChange={(event) => setEnd(event.target.value)} />
              </Field>
              <Choices
                label={t("alarms.field.maker")}
                options={MAKERS.map((value) => ({ value, text: t(`alarms.maker.${value}`) }))}
                onChoose={(maker) => note(kind, "installed", { maker, expires: end || null })}
              />
            </>
          )}
        </fieldset>
      ))}
      {kept && !problem && <Banner kind="ok">{kept}</Banner>}
      {problem && <Banner kind="danger">{t(problem)}</Banner>}
    </details>
  );
}
