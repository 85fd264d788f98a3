// Shout: the script or a warning in large words to call out, by which means, how many people heard it.
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { Aloud } from "./aloud.jsx";
import { useCalling } from "./calling.js";
import { readAhead, useDay, useMe, usePack, useRecords } from "../frame/hooks.js";
import { Choices, Field, Gate, GridChoice, PlaceLine } from "../frame/pieces.jsx";
import { canLocate } from "../frame/place.js";
import { MeansAndReached } from "./reached.jsx";
import { scriptsFor } from "./scripts.js";
import { useTexts } from "../texts.js";
import { inForce } from "../alerts/warned.js";

// Only where there are recordings, or somebody may speak one.
const Voices = lazy(() => import("./voices.jsx"));

readAhead();

const EMPTY = { grid: "", script: "", means: "own_voice", reached: "10", seconds: 0, photos: [], voice: null, where: "", place: null, leaflets: "", cards: "" };

export function ShoutForm() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Form me={me} pack={pack} />
    </Gate>
  );
}

const valueOf = (alert) => `alert:${alert.id}`;

function Form({ me, pack }) {
  const t = useTexts();
  const navigate = useNavigate();
  const { pack: day } = pack;
  const { active, now } = useDay(pack, useRecords(me));
  const { draft, change, place, busy, gridIn, keep, asked, aloud } = useCalling({ me, form: "shout", empty: EMPTY });
  const [all, setAll] = useState(false);
  const [sound, setSound] = useState(null);
  const warned = inForce(day.alerts, now).filter((one) => one.to_residents && one.grids.length > 0);
  const alert = warned.find((one) => valueOf(one) === draft.script);
  const grids = alert ? day.grids.filter(({ code }) => alert.grids.includes(code)) : day.grids;
  const grid = gridIn(grids, active);
  const places = day.places.filter((one) => one.grid === grid);
  const at = places.find(({ id }) => id === draft.place);
  const offered = scriptsFor(day, grid, at);
  const script = (!alert && offered.find((one) => one.code === draft.script)) || offered[0];
  const titleOf = (one) => one.title ?? t(`shouts.title.${one.code}`);
  const what = {
    body: {
      grid,
      patrol: active?.id ?? null,
      script: alert ? "" : script.code,
      alert: alert?.id ?? null,
      edition: alert?.edition ?? 0,
      where: draft.where.trim(),
      place: at?.id ?? null,
    },
    names: alert ? { alert: alert.title } : script.title && { script: script.title },
    says: t("phone.kept_shout"),
    done: () => navigate("/"),
  };
  const save = (event) => {
    event.preventDefault();
    return keep(what);
  };
  const words = alert?.words ?? script.words ?? t(`shouts.script.${script.code}`);
  const scripts = all ? offered : [...new Set([script, ...offered.slice(0, 3)])];
  return (
    <form className="fg-page-part" onSubmit={save} noValidate>
      <blockquote className="fg-card" style={{ margin: 0, fontSize: "1.3rem", fontWeight: 650 }}>
        {words}
      </blockquote>
      {!alert && (me.can_speak || day.recordings?.length > 0) && (
        <Suspense fallback={null}>
          <Voices key={`${grid} ${script.code}`} me={me} day={day} grid={grid} script={script.code} onSound={setSound} />
        </Suspense>
      )}
      <Aloud {...aloud(words, what)} sound={alert ? null : sound} />
      <Choices
        label={t("phone.script")}
        options={[
          ...warned.map((one) => ({ value: valueOf(one), text: one.title })),
          ...scripts.map((one) => ({ value: one.code, text: titleOf(one) })),
        ]}
        chosen={alert ? valueOf(alert) : script.code}
        onChoose={(value) => change({ script: value })}
      />
      {!all && offered.length > scripts.length && (
        <button type="button" className="fg-button fg-button-quiet" onClick={() => setAll(true)}>
          {t("phone.all_scripts", { count: offered.length })}
        </button>
      )}
      <MeansAndReached {...asked} />
      <GridChoice grids={grids} chosen={grid} onChoose={(code) => change({ grid: code })} />
      <Field id="where" label={t("phone.where_optional")}>
        <input
          id="where"
          className="fg-input"
          maxLength={120}
          value={draft.where}
          onChange={(event) => change({ where: event.target.value })}
        />
      </Field>
      <Handed places={places} draft={draft} change={change} />
      <PlaceLine place={place} possible={canLocate()} />
      <a className="fg-button fg-button-quiet" href="/quiz" target="_blank" rel="noopener">
        {t("phone.quiz")}
      </a>
      <button className="fg-button fg-button-primary fg-button-wide fg-keep" disabled={busy}>
        {t("phone.save")}
      </button>
    </form>
  );
}

// At which premises, and what was handed out there: what the table of the five entries (五进) is made of.
function Handed({ places, draft, change }) {
  const t = useTexts();
  const number = (field, label) => (
    <Field id={field} label={label}>
      <input
        id={field}
        className="fg-input fg-number"
        inputMode="numeric"
        maxLength={5}
        value={draft[field]}
        onChange={(event) => change({ [field]: event.target.value.replace(/\D/g, "") })}
      />
    </Field>
  );
  return (
    <details className="fg-field" open={Boolean(draft.place || draft.leaflets || draft.cards)}>
      <summary>{t("phone.shout_where")}</summary>
      {places.length > 0 && (
        <Field id="place" label={t("phone.shout_place")}>
          <select
            id="place"
            className="fg-input"
            value={draft.place ?? ""}
            onChange={(event) => change({ place: Number(event.target.value) || null })}
          >
            <option value="">{t("phone.no_place")}</option>
            {places.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </Field>
      )}
      {number("leaflets", t("phone.leaflets"))}
      {number("cards", t("phone.contact_cards"))}
    </details>
  );
}
