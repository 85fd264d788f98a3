// Which day the desk looks at: a slider over the days there are, a date, and day or week.
import { useEffect, useRef, useState } from "react";
import "../phone/texts.desk.js";
import { useTexts } from "../phone/texts.js";

const DAY = 86400000;
const PATIENCE = 250; // milliseconds a slider rests before its day is asked for

const asDay = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const asNumber = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);

export function DaySlider({ day, earliest, today, week, offline, onDay, onWeek }) {
  const t = useTexts();
  const timer = useRef(0);
  const last = asNumber(today);
  const first = Math.min(asNumber(earliest), last);
  const kept = day ? asNumber(day) : last;
  const [shown, setShown] = useState(kept);

  useEffect(() => setShown(kept), [kept]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const go = (number) => {
    if (!Number.isFinite(number)) return;
    const to = Math.max(first, Math.min(last, number));
    setShown(to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onDay(to === last ? "" : asDay(to)), PATIENCE);
  };
  const step = week ? 7 : 1;

  return (
    <div className="fg-days" role="group" aria-label={t("desk.days")}>
      <button
        type="button"
        className="fg-button fg-button-small"
        aria-label={t("desk.day_before")}
        disabled={offline || shown <= first}
        onClick={() => go(shown - step)}
      >
        ‹
      </button>
      <input
        type="range"
        className="fg-days-slider"
        aria-label={t("desk.days")}
        aria-valuetext={asDay(shown)}
        min={first}
        max={last}
        value={shown}
        disabled={offline || first === last}
        onChange={(event) => go(Number(event.target.value))}
      />
      <button
        type="button"
        className="fg-button fg-button-small"
        aria-label={t("desk.day_after")}
        disabled={offline || shown >= last}
        onClick={() => go(shown + step)}
      >
        ›
      </button>
      <input
        type="date"
        className="fg-input fg-days-date"
        aria-label={t("desk.days")}
        min={asDay(first)}
        max={asDay(last)}
        value={asDay(shown)}
        disabled={offline}
        onChange={(event) => event.target.value && go(asNumber(event.target.value))}
      />
      <button
        type="button"
        className="fg-button fg-button-small"
        aria-pressed={week}
        disabled={offline}
        onClick={() => onWeek(!week)}
      >
        {t("desk.one_week")}
      </button>
    </div>
  );
}
