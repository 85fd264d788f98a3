// Hazard: photo first, then category, grade, place, words. One screen, nothing typed that is known.
import { useEffect, useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useDay, useDraft, useMe, usePack, usePlace, useRecords } from "./hooks.js";
import { CameraIcon } from "./icons.jsx";
import { Banner, Choices, Field, Gate, GridChoice, PlaceLine, useToast } from "./pieces.jsx";
import { takePhoto } from "./photo.js";
import { canLocate, metres } from "./place.js";
import { localDay, record } from "./queue.js";
import { whyNotKept } from "./room.js";
import { useTexts } from "./texts.js";
import { twinsOf } from "./twins.js";

const MOST_PHOTOS = 9;
const FIRST_CATEGORIES = [
  "combustible_pile",
  "ebike_public_area",
  "ebike_flying_wire",
  "route_blocked",
  "exit_locked",
  "fire_lane_blocked",
  "wiring_unsafe",
  "extinguisher_missing",
];
const EMPTY = {
  grid: "",
  photos: [],
  category: "",
  severity: "",
  where: "",
  place: null,
  words: "",
  fixed: false,
};

export function HazardForm() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Form me={me} day={pack?.pack} pack={pack} />
    </Gate>
  );
}

function Form({ me, day, pack }) {
  const t = useTexts();
  const navigate = useNavigate();
  const records = useRecords(me);
  const { active } = useDay(pack, records);
  const place = usePlace();
  const [search] = useSearchParams();
  const mended = search.get("mend");
  const form = mended ? `hazard:${mended}` : "hazard";
  const [draft, change, clear] = useDraft(me.person_id, form, EMPTY);
  const [mistakes, setMistakes] = useState({});
  const [saving, setSaving] = useState(false);
  const grid = draft.grid || active?.grid || day.grids[0]?.code;

  const choose = (code) => {
    const proposed = (wanted) => day.categories.find((one) => one.code === wanted)?.severity;
    // What was proposed for another category is no choice of the person's.
    const chosen = draft.severity !== proposed(draft.category) && draft.severity;
    change({ category: code, severity: chosen || proposed(code) });
    setMistakes({});
  };
  const save = async (event) => {
    event.preventDefault();
    const wrong = {};
    if (!draft.category) wrong.category = t("phone.choose_category");
    if (draft.category === "other" && !draft.words.trim()) wrong.words = t("refusals.hazards.no_words_for_other");
    setMistakes(wrong);
    if (Object.keys(wrong).length || saving) return;
    setSaving(true);
    try {
      const kept = await record(
        "hazard.report",
        {
          grid,
          patrol: draft.at ? draft.patrol : (active?.id ?? null),
          category: draft.category,
          severity: draft.severity,
          words: draft.words.trim(),
          where: draft.where.trim(),
          place: draft.place,
          urgent: day.categories.find((one) => one.code === draft.category)?.urgent ?? false,
          fixed_on_spot: draft.fixed,
        },
        {
          id: draft.id,
          owner: me.person_id,
          // A mended record keeps the moment and the place it was made at.
          at: draft.at,
          position: draft.at ? draft.position : place,
          photos: draft.photos,
        },
      );
      clear();
      if (mended && !kept) {
        // Accepted meanwhile as it was: the person sees what the server has.
        navigate(`/outbox?record=${mended}`);
        return;
      }
      navigate(wayBack(search.get("back")), { state: { kept: draft.fixed ? "phone.kept_fixed" : "phone.kept_hazard" } });
    } catch (error) {
      setMistakes({ form: t(whyNotKept(error)) });
      setSaving(false);
    }
  };
  return (
    <form className="fg-page" style={{ padding: 0 }} onSubmit={save} noValidate>
      <Photos photos={draft.photos} place={place} onChange={(photos) => change({ photos })} purposeOf={(index) => (draft.fixed && index > 0 ? "after" : "scene")} />
      <PlaceLine place={place} possible={canLocate()} />
      <GridChoice grids={day.grids} chosen={grid} onChoose={(code) => change({ grid: code, place: null })} />
      <Categories
        day={day}
        records={records}
        chosen={draft.category}
        onChoose={choose}
        mistake={mistakes.category}
      />
      {draft.category && (
        <Choices
          label={t("phone.severity")}
          columns="fg-choices-3"
          options={["minor", "general", "suspected_major"].map((value) => ({
            value,
            text: t(`hazards.severity.${value}`),
          }))}
          chosen={draft.severity}
          onChoose={(severity) => change({ severity })}
        />
      )}
      <Where day={day} grid={grid} here={place} draft={draft} change={change} />
      <Twins day={day} grid={grid} draft={draft} here={draft.at ? draft.position : place} />
      <Field id="words" label={t("phone.words")} mistake={mistakes.words}>
        <textarea
          id="words"
          className="fg-input"
          maxLength={1000}
          aria-invalid={Boolean(mistakes.words)}
          value={draft.words}
          onChange={(event) => change({ words: event.target.value })}
        />
      </Field>
      <Choices
        label={t("phone.fixed_question")}
        columns="fg-choices"
        options={[
          { value: false, text: t("phone.not_fixed") },
          { value: true, text: t("phone.fixed") },
        ]}
        chosen={draft.fixed}
        onChoose={(fixed) => change({ fixed })}
      />
      {mistakes.form && <Banner kind="danger">{mistakes.form}</Banner>}
      <button className="fg-button fg-button-primary fg-button-wide" disabled={saving}>
        {t("phone.save")}
      </button>
    </form>
  );
}

// `purposeOf(index)` says what the next photo shows.
export function Photos({ photos, place, onChange, purposeOf }) {
  const t = useTexts();
  const [problem, setProblem] = useState("");
  const [working, setWorking] = useState(false);
  const add = async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    setWorking(true);
    setProblem("");
    const taken = [];
    for (const file of files.slice(0, MOST_PHOTOS - photos.length)) {
      try {
        taken.push(await takePhoto(file, place, purposeOf(photos.length + taken.length)));
      } catch {
        setProblem(t("refusals.photos.not_a_photo"));
      }
    }
    if (taken.length) onChange([...photos, ...taken]);
    setWorking(false);
  };
  const shutter = photos.length < MOST_PHOTOS && (
    <label className="fg-shutter">
      <CameraIcon />
      <span>{t(working ? "phone.shrinking" : photos.length ? "phone.one_more_photo" : "phone.take_photo")}</span>
      <input className="fg-hidden" type="file" accept="image/*" capture="environment" onChange={add} />
    </label>
  );
  return (
    <section className="fg-field" aria-label={t("phone.photos")}>
      {photos.length === 0 ? (
        shutter
      ) : (
        <div className="fg-photos">
          {photos.map((photo, index) => (
            <Photo
              key={photo.id}
              photo={photo}
              name={t("phone.photo_number", { number: index + 1 })}
              onDrop={() => onChange(photos.filter((one) => one.id !== photo.id))}
            />
          ))}
          {shutter}
        </div>
      )}
      {problem && (
        <p className="fg-mistake" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function Photo({ photo, name, onDrop }) {
  const t = useTexts();
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(photo.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.blob]);
  return (
    <div className="fg-photo">
      {address && <img src={address} alt={name} />}
      <button type="button" aria-label={t("phone.drop_photo", { name })} onClick={onDrop}>
        ×
      </button>
    </div>
  );
}

// What this person reported lately comes first, then what is found most; the rest on demand.
function Categories({ day, records, chosen, onChoose, mistake }) {
  const t = useTexts();
  const [all, setAll] = useState(false);
  const first = useMemo(() => {
    const recent = (records ?? [])
      .filter((one) => one.kind === "hazard.report")
      .map((one) => one.body.category)
      .reverse();
    const known = new Set(day.categories.map((one) => one.code));
    const codes = [...new Set([...recent, ...FIRST_CATEGORIES])].filter((code) => known.has(code));
    return codes.slice(0, 8);
  }, [records, day]);
  const codes = all ? day.categories.map((one) => one.code) : [...new Set([...first, ...(chosen ? [chosen] : [])])];
  return (
    <div className="fg-field">
      <Choices
        label={t("phone.category")}
        options={codes.map((value) => ({ value, text: t(`hazards.category.${value}`) }))}
        chosen={chosen}
        onChoose={(code) => {
          setAll(false);
          onChoose(code);
        }}
      />
      {!all && (
        <button type="button" className="fg-button fg-button-quiet" onClick={() => setAll(true)}>
          {t("phone.all_categories", { count: day.categories.length })}
        </button>
      )}
      {mistake && (
        <p className="fg-mistake" role="alert">
          {mistake}
        </p>
      )}
    </div>
  );
}

// What may have been reported already, from the pack: also without network. It stands in nobody's way.
function Twins({ day, grid, draft, here }) {
  const t = useTexts();
  const twins = useMemo(() => {
    const spot = {
      category: draft.category,
      happened_at: draft.at ?? new Date().toISOString(),
      where_words: draft.where,
      place_id: draft.place,
      lat: here?.lat,
      lon: here?.lon,
    };
    return twinsOf(day.hazards, grid, spot).filter((one) => one.id !== draft.id);
  }, [day, grid, draft, here]);
  if (!twins.length) return null;
  return (
    <section className="fg-field fg-sunk" role="status">
      <p>{t("phone.twins")}</p>
      <ul className="fg-list">
        {twins.map((one) => (
          <li key={one.id}>
            <p>{[one.where_words, dayOf(one.happened_at, day.timezone), one.words].filter(Boolean).join(" · ")}</p>
            <Link className="fg-button fg-button-small" to={`/hazards?open=${one.id}`}>
              {t("phone.twins_same")}
            </Link>
          </li>
        ))}
      </ul>
      <p>{t("phone.twins_go_on")}</p>
    </section>
  );
}

const dayOf = (moment, timezone) => localDay(new Date(moment), timezone).slice(5);

// Where in the grid: words, or one of the nearest places in a tap.
function Where({ day, grid, here, draft, change }) {
  const t = useTexts();
  const near = useMemo(() => {
    const places = day.places.filter((one) => one.grid === grid);
    if (here) places.sort((a, b) => distance(a, here) - distance(b, here));
    return places.slice(0, 6);
  }, [day, grid, here]);
  return (
    <div className="fg-field">
      <Field id="where" label={t("phone.where")}>
        <input
          id="where"
          className="fg-input"
          maxLength={120}
          placeholder={t("phone.where_example")}
          value={draft.where}
          onChange={(event) => change({ where: event.target.value, place: null })}
        />
      </Field>
      {near.length > 0 && (
        <div className="fg-choices">
          {near.map((one) => (
            <button
              key={one.id}
              type="button"
              className="fg-choice"
              aria-pressed={draft.place === one.id}
              onClick={() => change({ where: one.name, place: one.id })}
            >
              {one.name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const distance = (place, here) => (place.lat === null ? Infinity : metres(place, here));

// A fault on a checklist leads back to it; any other address is not followed.
const wayBack = (asked) => (/^\/(patrol|doors)(\?|$)/.test(asked ?? "") ? asked : "/");
