// How something was called out and how many heard it: the same questions for a script and a warning.
import { MEANS } from "./means.js";
import { Along } from "./along.jsx";
import { Choices, Field } from "../frame/pieces.jsx";
import { useTexts } from "../texts.js";

const REACHED = [1, 5, 10, 20, 50, 100];

// The number as typed; what is none is not kept.
export const isNumber = (typed) => /^\d{1,5}$/.test(String(typed).trim());

// What playing on the phone makes of a form: how long, and that it was the phone that spoke.
export const asPlayed = ({ seconds, spoken }) => ({ seconds, ...(spoken && { means: "phone_speaker" }) });

export function MeansAndReached({ means, reached, mistake, pictured, voiced, onMeans, onReached }) {
  const t = useTexts();
  return (
    <>
      <Choices
        label={t("phone.means")}
        options={MEANS.map((value) => ({ value, text: t(`shouts.means.${value}`) }))}
        chosen={means}
        onChoose={onMeans}
      />
      <Choices
        label={t("phone.reached")}
        columns="fg-choices-3"
        options={REACHED.map((value) => ({ value, text: String(value) }))}
        chosen={Number(reached)}
        onChoose={(value) => onReached(String(value))}
      />
      <Field id="reached" label={t("phone.reached_exactly")} mistake={mistake}>
        <input
          id="reached"
          className="fg-input fg-number"
          inputMode="numeric"
          aria-invalid={Boolean(mistake)}
          value={reached}
          onChange={(event) => onReached(event.target.value)}
        />
      </Field>
      <Along pictured={pictured} voiced={voiced} />
    </>
  );
}
