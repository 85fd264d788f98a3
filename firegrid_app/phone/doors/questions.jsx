// What a campaign asks at a door: all fine in a tap, else a tap an answer; a fault opens its hazard.
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { allFine, answered, asked, faultOf, missing, notNumbers, wordsIn } from "./asking.js";
import { hazardOf } from "../patrols/checks.js";
import { useDraft } from "../keeping/drafts.js";
import { newId } from "../keeping/ids.js";
import { givenSoFar, isCounted, isUntouched, leafletOf, oneMore } from "./leaflets.js";
import { doorName } from "./knocks.js";
import { Banner, Choices, Field } from "../frame/pieces.jsx";
import { Photos } from "../photos/photos.jsx";
import Signature from "../photos/signature.jsx";
import { whyNotKept } from "../keeping/room.js";
import { putDraft } from "../keeping/store.js";
import { useLanguage, useTexts } from "../texts.js";
import "../texts.campaigns.js";

// Fetched when it is held out.
const Leaflet = lazy(() => import("./leaflet.jsx"));
const EMPTY = { answers: {}, hazards: {}, photos: {} };
const MOST_PHOTOS = 3;

export default function Questions({ me, day, campaign, door, records, place, onKeep }) {
  const t = useTexts();
  const language = useLanguage();
  const navigate = useNavigate();
  const [draft, change, clear] = useDraft(me.person_id, `visit:${campaign.id}:${door.id}`, EMPTY);
  const [wrong, setWrong] = useState({});
  const [problem, setProblem] = useState("");
  const [showing, setShowing] = useState(false);
  // What is missing may stand far above the button that was pressed.
  const all = useRef(null);
  useEffect(() => {
    if (Object.keys(wrong).length) all.current.querySelector(".fg-mistake")?.scrollIntoView({ block: "center" });
  }, [wrong]);
  const kept = new Set(records.filter((one) => one.kind === "hazard.report").map((one) => one.id));
  const { questions } = campaign;
  const fine = questions.length > 0 && allFine(questions);
  const leaflet = leafletOf(day, campaign);
  // The answer is their ids; the pictures lie beside it until the knock is kept.
  const show = (code, photos) =>
    change((old) => ({ photos: { ...old.photos, [code]: photos }, answers: { ...old.answers, [code]: photos.map(({ id }) => id) } }));
  // Nothing is kept while a picture of it is made: it would be left behind.
  const [making, setMaking] = useState({});
  const busy = Object.values(making).some(Boolean);
  const give = (code, given) => change((old) => ({ answers: { ...old.answers, [code]: given } }));
  const handOver = () => {
    change((old) => ({ answers: oneMore(old.answers) }));
    setShowing(false);
  };

  const keep = async (answers) => {
    const late = Object.fromEntries([
      ...missing(questions, answers).map(({ code }) => [code, t("campaigns.must_answer")]),
      ...notNumbers(questions, answers).map((code) => [code, t("campaigns.bad_number")]),
    ]);
    setWrong(late);
    if (Object.keys(late).length) return;
    const found = answered(campaign, answers, draft.hazards, kept);
    const named = new Set(Object.values(found.answers).flat());
    const photos = Object.values(draft.photos).flat().filter(({ id }) => named.has(id));
    if (await onKeep(found, draft.id, photos)) clear();
  };
  const report = async (question, fault) => {
    const hazard = draft.hazards[question.code] ?? newId();
    const words = `${wordsIn(question.words, language)}：${wordsIn(fault.words, language)}`;
    const point = { grid: door.grid, name: doorName(door) };
    try {
      if (!draft.hazards[question.code]) {
        await putDraft(me.person_id, `hazard:${hazard}`, hazardOf({ category: fault.hazard }, point, day.categories, words, hazard));
      }
    } catch (error) {
      setProblem(whyNotKept(error));
      return;
    }
    change((old) => ({ hazards: { ...old.hazards, [question.code]: hazard } }));
    const back = `/doors?${new URLSearchParams({ door: door.id, campaign: campaign.id })}`;
    navigate(`/hazard?${new URLSearchParams({ mend: hazard, back })}`);
  };
  return (
    <div className="fg-questions" ref={all}>
      {leaflet && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setShowing(true)}>
          {t("campaigns.leaflet_show")}
          {givenSoFar(draft.answers) > 0 && ` ✓ ${givenSoFar(draft.answers)}`}
        </button>
      )}
      {showing && leaflet && (
        <Suspense>
          <Leaflet me={me} name={campaign.name} leaflet={leaflet} answers={draft.answers} onGiven={isCounted(questions) ? handOver : undefined} onClose={() => setShowing(false)} />
        </Suspense>
      )}
      {fine && isUntouched(draft.answers) && (
        <button type="button" className="fg-button fg-button-primary fg-button-wide" disabled={busy} onClick={() => keep({ ...fine, ...draft.answers })}>
          {t("campaigns.all_fine")}
        </button>
      )}
      {asked(questions, draft.answers).map((question) => {
        const fault = faultOf(question, draft.answers);
        const hazard = draft.hazards[question.code];
        return (
          <div key={question.code}>
            <Question question={question} language={language} given={draft.answers[question.code]} onGive={(given) => give(question.code, given)} photos={draft.photos[question.code]} place={place} onPhotos={(photos) => show(question.code, photos)} onMaking={(now) => setMaking((old) => ({ ...old, [question.code]: now }))} door={door} mistake={wrong[question.code]} />
            {fault &&
              (kept.has(hazard) ? (
                <span className="fg-tag fg-tag-danger">{t("campaigns.fault_kept")}</span>
              ) : (
                <button type="button" className="fg-button fg-button-small" onClick={() => report(question, fault)}>
                  {t(hazard ? "campaigns.fault_on" : "campaigns.fault_open")}
                </button>
              ))}
          </div>
        );
      })}
      {problem && <Banner kind="danger">{t(problem)}</Banner>}
      <button type="button" className="fg-button fg-button-primary fg-button-wide" disabled={busy} onClick={() => keep(draft.answers)}>
        {t(busy ? "phone.shrinking" : "campaigns.keep_met")}
      </button>
    </div>
  );
}

function Question({ question, language, given, onGive, photos = [], place, onPhotos, onMaking, door, mistake }) {
  const t = useTexts();
  const { code, kind, choices, required } = question;
  const label = `${wordsIn(question.words, language)}${required ? "" : t("campaigns.optional")}`;
  const options = choices.map((choice) => ({ value: choice.code, text: wordsIn(choice.words, language) }));
  if (kind === "single") {
    return (
      <>
        <Choices label={label} options={options} columns="fg-choices-3" chosen={given} onChoose={onGive} />
        <Mistake said={mistake} />
      </>
    );
  }
  if (kind === "multiple") {
    const several = given ?? [];
    const toggle = (value) => onGive(several.includes(value) ? several.filter((one) => one !== value) : [...several, value]);
    return (
      <fieldset className="fg-field">
        <legend className="fg-legend">{label}</legend>
        <div className="fg-choices">
          {options.map(({ value, text }) => (
            <button key={value} type="button" className="fg-choice" aria-pressed={several.includes(value)} onClick={() => toggle(value)}>
              {text}
            </button>
          ))}
        </div>
        <Mistake said={mistake} />
      </fieldset>
    );
  }
  if (kind === "photo") {
    return (
      <fieldset className="fg-field">
        <legend className="fg-legend">{label}</legend>
        <Photos photos={photos} place={place} onChange={onPhotos} onMaking={onMaking} room={MOST_PHOTOS - photos.length} />
        <Mistake said={mistake} />
      </fieldset>
    );
  }
  if (kind === "sign") {
    const title = wordsIn(question.words, language);
    return <Signature label={label} title={title} paper={question.paper} where={doorName(door)} ask={t("campaigns.sign_here")} photos={photos} place={place} onPhotos={onPhotos} onMaking={onMaking} mistake={mistake} />;
  }
  const id = `question-${code}`;
  return (
    <Field id={id} label={label} mistake={mistake}>
      {kind === "number" ? (
        <input id={id} className="fg-input fg-number" inputMode="decimal" maxLength={9} value={given ?? ""} onChange={(event) => onGive(event.target.value)} />
      ) : (
        <textarea id={id} className="fg-input" maxLength={500} value={given ?? ""} onChange={(event) => onGive(event.target.value)} />
      )}
    </Field>
  );
}

const Mistake = ({ said }) =>
  said ? (
    <p className="fg-mistake" role="alert">
      {said}
    </p>
  ) : null;
