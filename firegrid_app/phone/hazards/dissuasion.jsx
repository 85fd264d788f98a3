// A talk on the spot (劝导制止): kinds and chips, one screen, no name and nothing typed but a number.
import { DAYS, dayAfter, OUTCOMES, SAID, TO, toggled } from "./dissuading.js";
import { localDay } from "../frame/formats.js";
import { Choices, Field } from "../frame/pieces.jsx";
import "../texts.dissuasion.js";
import { useTexts } from "../texts.js";

// `mistakes` are keys of texts by field; `onTakeOut` where the talk is a part of something else.
export default function Dissuasion({ value, timezone, mistakes, onChange, onTakeOut }) {
  const t = useTexts();
  const change = (part) => onChange({ ...value, ...part });
  const named = (group) => (one) => ({ value: one, text: t(`dissuasion.${group}.${one}`) });
  const today = localDay(new Date(), timezone);
  const days = DAYS.map((count) => ({
    value: dayAfter(today, count),
    text: count ? t("dissuasion.by.days", { count }) : t("dissuasion.by.today"),
  }));
  // A draft of yesterday keeps the day that was said.
  const kept = value.by && !days.some((one) => one.value === value.by) ? [{ value: value.by, text: value.by }] : [];
  return (
    <section className="fg-field fg-sunk" aria-label={t("dissuasion.title")}>
      <h3>{t("dissuasion.title")}</h3>
      <p className="fg-muted">{t("dissuasion.more")}</p>
      <Choices label={t("dissuasion.to")} options={TO.map(named("to"))} chosen={value.to} onChoose={(to) => change({ to })} />
      <Mistake text={mistakes.to} />
      <fieldset className="fg-field">
        <legend className="fg-legend">{t("dissuasion.said")}</legend>
        <div className="fg-choices">
          {SAID.map((code) => (
            <button
              key={code}
              type="button"
              className="fg-choice"
              aria-pressed={value.said.includes(code)}
              onClick={() => change({ said: toggled(value.said, code) })}
            >
              {t(`dissuasion.said.${code}`)}
            </button>
          ))}
        </div>
      </fieldset>
      <Mistake text={mistakes.said} />
      <Choices
        label={t("dissuasion.outcome")}
        columns="fg-choices-3"
        options={OUTCOMES.map(named("outcome"))}
        chosen={value.outcome}
        onChoose={(outcome) => change({ outcome })}
      />
      <Mistake text={mistakes.outcome} />
      {value.outcome === "refused" ? (
        <p role="status">{t("dissuasion.refused_goes_up")}</p>
      ) : (
        <Choices
          label={t("dissuasion.by")}
          options={[{ value: null, text: t("dissuasion.by.none") }, ...kept, ...days]}
          chosen={value.by}
          onChoose={(by) => change({ by })}
        />
      )}
      <button
        type="button"
        className="fg-choice"
        aria-pressed={value.warned}
        onClick={() => change({ warned: !value.warned })}
      >
        {t("dissuasion.warned")}
      </button>
      <Field id="moved" label={t("dissuasion.moved")} mistake={mistakes.moved && t(mistakes.moved)}>
        <input
          id="moved"
          className="fg-input fg-number"
          type="text"
          inputMode="numeric"
          maxLength={6}
          aria-invalid={Boolean(mistakes.moved)}
          value={value.moved}
          onChange={(event) => change({ moved: event.target.value })}
        />
      </Field>
      {onTakeOut && (
        <button type="button" className="fg-button fg-button-quiet" onClick={onTakeOut}>
          {t("dissuasion.take_out")}
        </button>
      )}
    </section>
  );
}

function Mistake({ text }) {
  const t = useTexts();
  return (
    text && (
      <p className="fg-mistake" role="alert">
        {t(text)}
      </p>
    )
  );
}
