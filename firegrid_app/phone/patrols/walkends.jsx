// A walk found open on return, and gaps in walks: what is known is shown, the person says the rest.
import { useState } from "react";
import { bySelf, rightNow } from "../sending/clock.js";
import { gapsOf } from "./fieldtime.js";
import { calendarDay, Choices, clock, Field } from "../frame/pieces.jsx";
import { useTexts } from "../texts.js";

const moment = (at, now) => (calendarDay(at) === calendarDay(now) ? clock(at) : `${calendarDay(at)} ${clock(at)}`);
// What a datetime-local field holds: the phone's own wall time to the minute.
const wallTime = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 16);

// "You were walking; the last record is of 14:10. When did you end?"
export function LeftOpen({ walk, gridName, now, longestGap, keep }) {
  const t = useTexts();
  const [chosen, choose] = useState("last");
  const [typed, type] = useState(() => wallTime(walk.last_record_at));
  const [walking, setWalking] = useState(false);
  const [mistake, setMistake] = useState("");
  const typedAt = new Date(typed).getTime();
  const until = { last: walk.last_record_at, now, time: typedAt }[chosen];
  const gap = until - walk.last_record_at > longestGap;
  const known = { patrol: walk.id, since: bySelf(walk.last_record_at), note: "" };
  const end = async () => {
    // The field shows whole minutes: the minute of the start is not before the start.
    if (!(until >= walk.started_at - 60000 && until <= rightNow())) {
      setMistake(t("phone.end_between", { from: moment(walk.started_at, now), to: clock(now) }));
      return;
    }
    const ended_at = bySelf(Math.max(until, walk.started_at));
    if (gap && walking) await keep("patrol.word", { ...known, until: ended_at }, t("phone.kept_word"));
    await keep("patrol.end", { patrol: walk.id, ended_at, note: "" }, t("phone.kept_end"));
  };
  const goOn = () =>
    keep("patrol.word", { ...known, until: bySelf(rightNow()) }, t("phone.kept_word"));
  return (
    <section className="fg-card" aria-label={t("phone.left_open")}>
      <h2>{t("phone.left_open")}</h2>
      <p>
        {t("phone.left_open_more", {
          grid: gridName,
          from: moment(walk.started_at, now),
          last: moment(walk.last_record_at, now),
        })}
      </p>
      <button type="button" className="fg-button fg-button-wide" onClick={goOn}>
        {t("phone.still_on")}
      </button>
      <Choices
        label={t("phone.when_ended")}
        options={[
          { value: "last", text: t("phone.ended_last", { time: moment(walk.last_record_at, now) }) },
          { value: "now", text: t("phone.ended_now", { time: clock(now) }) },
          { value: "time", text: t("phone.ended_time") },
        ]}
        chosen={chosen}
        onChoose={(value) => {
          setMistake("");
          choose(value);
        }}
      />
      {chosen === "time" && (
        <Field id={`ended-${walk.id}`} label={t("phone.ended_time")} mistake={mistake}>
          <input
            id={`ended-${walk.id}`}
            className="fg-input fg-number"
            type="datetime-local"
            min={wallTime(walk.started_at)}
            max={wallTime(now)}
            value={typed}
            aria-invalid={Boolean(mistake)}
            onChange={(event) => {
              setMistake("");
              type(event.target.value);
            }}
          />
        </Field>
      )}
      {gap && (
        <label className="fg-row">
          <input type="checkbox" checked={walking} onChange={(event) => setWalking(event.target.checked)} />
          <span className="fg-grow">
            {t("phone.gap_until", { from: moment(walk.last_record_at, now), to: moment(until, now) })}
          </span>
        </label>
      )}
      <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={end}>
        {t("phone.end_patrol")}
      </button>
    </section>
  );
}

// Begun on two phones: both are kept, and each is ended or asked about.
export function AlsoOpen({ walk, keep }) {
  const t = useTexts();
  const from = clock(walk.started_at);
  return (
    <section className="fg-card">
      <p>{t("phone.also_open", { from })}</p>
      <button
        type="button"
        className="fg-button fg-button-wide"
        onClick={() => keep("patrol.end", { patrol: walk.id, ended_at: null, note: "" }, t("phone.kept_end"))}
      >
        {t("phone.end_other", { from })}
      </button>
    </section>
  );
}

// Today's walks with their gaps; a gap counts once the person says they were walking.
export function Walks({ walks, minutes, longestGap, keep }) {
  const t = useTexts();
  return (
    <section className="fg-card">
      <h2>{t("phone.walks_today", { minutes })}</h2>
      <ul className="fg-list">
        {walks.map((walk) => (
          <li key={walk.id}>
            <span className="fg-number">
              {clock(walk.started_at)} – {walk.ended_at ? clock(walk.ended_at) : t("phone.still_walking")}
            </span>
            {gapsOf(walk, longestGap).map(([since, until]) => (
              <div key={since} className="fg-gap">
                <p className="fg-muted">{t("phone.gap", { from: clock(since), to: clock(until) })}</p>
                <button
                  type="button"
                  className="fg-button fg-button-small"
                  aria-label={t("phone.was_walking_at", { from: clock(since), to: clock(until) })}
                  onClick={() =>
                    keep(
                      "patrol.word",
                      {
                        patrol: walk.id,
                        since: bySelf(since),
                        until: bySelf(until),
                        note: "",
                      },
                      t("phone.kept_word"),
                    )
                  }
                >
                  {t("phone.was_walking")}
                </button>
              </div>
            ))}
          </li>
        ))}
      </ul>
      {walks.some((walk) => !walk.ended_at) && <p className="fg-muted">{t("phone.counts_to_last_record")}</p>}
      <p className="fg-muted">{t("phone.gap_rule", { minutes: longestGap / 60000 })}</p>
    </section>
  );
}
