// A field of a record to be mended. What the record names and the day pack does not know any more
// is not among the choices: it has to be chosen anew.
import { CALLS } from "../patrols/checks.js";
import { MEANS } from "../shouts/means.js";
import { Choices, Field } from "../frame/pieces.jsx";
import { doorName, moment } from "./record_words.js";
import { scriptsFor } from "../shouts/scripts.js";
import "../texts.calls.js";
import { useTexts } from "../texts.js";

const OUTCOMES = ["met", "no_answer", "come_back", "refused", "vacant", "let"];
const ELSEWHERE = "elsewhere";

export function Editor({ field, ...rest }) {
  const Shown = EDITORS[field];
  return <Shown {...rest} />;
}

// `options`: [value, words]; a value that is none of them shows as "please choose".
function Select({ field, options, value, onChoose, mistake }) {
  const t = useTexts();
  const known = options.some(([one]) => String(one) === String(value));
  return (
    <Field id={field} label={t(`outbox.field.${field}`)} mistake={mistake}>
      <select
        id={field}
        className="fg-input"
        value={known ? String(value) : ""}
        aria-invalid={Boolean(mistake)}
        onChange={(event) => onChoose(options.find(([one]) => String(one) === event.target.value)?.[0])}
      >
        {!known && <option value="">{t("outbox.please_choose")}</option>}
        {options.map(([one, words]) => (
          <option key={one} value={String(one)}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Grid({ draft, change, day, mistake }) {
  const options = day.grids.map((grid) => [grid.code, grid.name]);
  return <Select field="grid" options={options} value={draft.grid} onChoose={(grid) => change({ grid })} mistake={mistake} />;
}

function Walk({ draft, change, walks, mistake }) {
  const options = [...walks].reverse().map((walk) => [walk.id, moment(walk.started_at)]);
  return <Select field="patrol" options={options} value={draft.patrol} onChoose={(patrol) => change({ patrol })} mistake={mistake} />;
}

// A point of the grid that is walked, or elsewhere, said in words.
function Point({ draft, change, day, walks, mistake }) {
  const t = useTexts();
  const grid = walks.find((walk) => walk.id === draft.patrol)?.grid;
  const points = day.check_points.filter((point) => !grid || point.grid === grid);
  const options = [[ELSEWHERE, t("outbox.elsewhere")], ...points.map((point) => [point.id, point.name])];
  return (
    <Select
      field="check_point"
      options={options}
      value={draft.check_point ?? ELSEWHERE}
      onChoose={(point) => change({ check_point: point === ELSEWHERE ? null : point, ...(point === ELSEWHERE ? {} : { where: "" }) })}
      mistake={mistake}
    />
  );
}

function Where({ draft, change, mistake }) {
  const t = useTexts();
  // An arrival at a check point is there: only one elsewhere says where.
  if (draft.check_point) return null;
  return <Words field="where" most={120} label={t("outbox.field.where")} draft={draft} change={change} mistake={mistake} />;
}

function Note({ draft, change, mistake }) {
  const t = useTexts();
  return <Words field="note" most={500} label={t("outbox.field.note")} draft={draft} change={change} mistake={mistake} />;
}

function Said({ draft, change, mistake }) {
  const t = useTexts();
  return <Words field="words" most={1000} label={t("outbox.field.words")} draft={draft} change={change} mistake={mistake} />;
}

function SignedBy({ draft, change, mistake }) {
  const t = useTexts();
  return <Words field="signed_by" most={40} label={t("outbox.field.signed_by")} draft={draft} change={change} mistake={mistake} />;
}

function Words({ field, most, label, draft, change, mistake }) {
  return (
    <Field id={field} label={label} mistake={mistake}>
      <input
        id={field}
        className="fg-input"
        maxLength={most}
        value={draft[field] ?? ""}
        aria-invalid={Boolean(mistake)}
        onChange={(event) => change({ [field]: event.target.value })}
      />
    </Field>
  );
}

function AllFine({ draft, change }) {
  const t = useTexts();
  return (
    <Choices
      label={t("outbox.field.all_fine")}
      options={[
        { value: true, text: t("outbox.yes") },
        { value: false, text: t("outbox.no") },
      ]}
      chosen={draft.all_fine ?? true}
      onChoose={(all_fine) => change({ all_fine })}
    />
  );
}

// At premises; at any other point nothing came of a call.
function Call({ draft, change, day }) {
  const t = useTexts();
  const point = day.check_points.find((one) => one.id === draft.check_point);
  if (!point?.place && !draft.call) return null;
  const options = (point?.place ? ["checked", ...CALLS] : [""]).map((value) => ({
    value,
    text: t(value ? `calls.${value}` : "outbox.nothing"),
  }));
  return <Choices label={t("outbox.field.call")} options={options} chosen={draft.call ?? ""} onChoose={(call) => change({ call })} />;
}

function Script({ draft, change, day, mistake }) {
  const t = useTexts();
  const options = scriptsFor(day, draft.grid).map((one) => [one.code, one.title ?? t(`shouts.title.${one.code}`)]);
  return <Select field="script" options={options} value={draft.script} onChoose={(script) => change({ script })} mistake={mistake} />;
}

function Means({ draft, change }) {
  const t = useTexts();
  const options = MEANS.map((code) => [code, t(`shouts.means.${code}`)]);
  return <Select field="means" options={options} value={draft.means} onChoose={(means) => change({ means })} />;
}

function People({ draft, change, mistake }) {
  const t = useTexts();
  return (
    <Field id="people_reached" label={t("outbox.field.people_reached")} mistake={mistake}>
      <input
        id="people_reached"
        className="fg-input fg-number"
        inputMode="numeric"
        value={Number.isNaN(draft.people_reached) ? "" : draft.people_reached}
        aria-invalid={Boolean(mistake)}
        onChange={(event) => change({ people_reached: Number.parseInt(event.target.value, 10) })}
      />
    </Field>
  );
}

function Door({ draft, change, day, mistake }) {
  const options = day.doors.map((door) => [door.id, doorName(door)]);
  return <Select field="door" options={options} value={draft.door} onChoose={(door) => change({ door })} mistake={mistake} />;
}

function Outcome({ draft, change }) {
  const t = useTexts();
  const options = OUTCOMES.map((value) => ({ value, text: t(`visits.outcome.${value}`) }));
  return <Choices label={t("outbox.field.outcome")} options={options} chosen={draft.outcome} onChoose={(outcome) => change({ outcome })} />;
}

const EDITORS = {
  grid: Grid,
  patrol: Walk,
  check_point: Point,
  where: Where,
  note: Note,
  words: Said,
  signed_by: SignedBy,
  all_fine: AllFine,
  call: Call,
  script: Script,
  means: Means,
  people_reached: People,
  door: Door,
  outcome: Outcome,
};
