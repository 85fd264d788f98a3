// Shout: the script in large words to call out, by which means, how many people heard it.
import { useState } from "react";
import { useNavigate } from "react-router";
import { useDay, useDraft, useMe, usePack, usePlace, useRecords } from "./hooks.js";
import { Choices, Field, Gate, GridChoice, PlaceLine } from "./pieces.jsx";
import { canLocate } from "./place.js";
import { record } from "./queue.js";
import { useTexts } from "./texts.js";

const MEANS = ["own_voice", "loudhailer", "village_loudspeaker", "face_to_face", "group_chat"];
const REACHED = [1, 5, 10, 20, 50, 100];
const EMPTY = { grid: "", script: "", means: "own_voice", reached: "10", where: "" };

export function ShoutForm() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Form me={me} pack={pack} />
    </Gate>
  );
}

function Form({ me, pack }) {
  const t = useTexts();
  const navigate = useNavigate();
  const { pack: day } = pack;
  const { active } = useDay(pack, useRecords(me));
  const place = usePlace();
  const [draft, change, clear] = useDraft(me.person_id, "shout", EMPTY);
  const [all, setAll] = useState(false);
  const [mistake, setMistake] = useState("");
  const script = draft.script || day.scripts[0];
  const grid = draft.grid || active?.grid || day.grids[0]?.code;
  const reached = Number(draft.reached);
  const save = async (event) => {
    event.preventDefault();
    if (!/^\d{1,5}$/.test(String(draft.reached).trim())) {
      setMistake(t("phone.people_number"));
      return;
    }
    try {
      await record(
        "shout.log",
        {
          grid,
          patrol: active?.id ?? null,
          script,
          means: draft.means,
          people_reached: reached,
          where: draft.where.trim(),
        },
        { id: draft.id, owner: me.person_id, position: place },
      );
    } catch {
      setMistake(t("phone.not_kept"));
      return;
    }
    await clear();
    navigate("/", { state: { kept: "phone.kept_shout" } });
  };
  const scripts = all ? day.scripts : [...new Set([script, ...day.scripts.slice(0, 3)])];
  return (
    <form className="fg-page" style={{ padding: 0 }} onSubmit={save} noValidate>
      <blockquote className="fg-card" style={{ margin: 0, fontSize: "1.3rem", fontWeight: 650 }}>
        {t(`shouts.script.${script}`)}
      </blockquote>
      <Choices
        label={t("phone.script")}
        options={scripts.map((value) => ({ value, text: t(`shouts.title.${value}`) }))}
        chosen={script}
        onChoose={(value) => change({ script: value })}
      />
      {!all && day.scripts.length > scripts.length && (
        <button type="button" className="fg-button fg-button-quiet" onClick={() => setAll(true)}>
          {t("phone.all_scripts", { count: day.scripts.length })}
        </button>
      )}
      <Choices
        label={t("phone.means")}
        options={MEANS.map((value) => ({ value, text: t(`shouts.means.${value}`) }))}
        chosen={draft.means}
        onChoose={(means) => change({ means })}
      />
      <Choices
        label={t("phone.reached")}
        columns="fg-choices-3"
        options={REACHED.map((value) => ({ value, text: String(value) }))}
        chosen={reached}
        onChoose={(value) => {
          setMistake("");
          change({ reached: String(value) });
        }}
      />
      <Field id="reached" label={t("phone.reached_exactly")} mistake={mistake}>
        <input
          id="reached"
          className="fg-input fg-number"
          inputMode="numeric"
          aria-invalid={Boolean(mistake)}
          value={draft.reached}
          onChange={(event) => change({ reached: event.target.value })}
        />
      </Field>
      <GridChoice grids={day.grids} chosen={grid} onChoose={(code) => change({ grid: code })} />
      <Field id="where" label={t("phone.where_optional")}>
        <input
          id="where"
          className="fg-input"
          maxLength={120}
          value={draft.where}
          onChange={(event) => change({ where: event.target.value })}
        />
      </Field>
      <PlaceLine place={place} possible={canLocate()} />
      <button className="fg-button fg-button-primary fg-button-wide">{t("phone.save")}</button>
    </form>
  );
}
