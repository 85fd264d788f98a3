// One's shifts: words for the next one (without network too), swaps (with the server), what is coming.
import { useEffect, useState } from "react";
import { useDraft } from "../keeping/drafts.js";
import { useMe, useNow, usePack, useRecords } from "../frame/hooks.js";
import OnDuty, { OpenHazards } from "./onduty.jsx";
import { Banner, clock, Field, Gate, useToast } from "../frame/pieces.jsx";
import { lookAgain, record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { dutyOf, shiftWords } from "./shifts.js";
import { Asked, Coming } from "./swaps.jsx";
import "../texts.rota.js";
import { useTexts } from "../texts.js";

export function ShiftScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Shifts me={me} pack={pack} />
    </Gate>
  );
}

function Shifts({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { pack: day } = pack;
  const duty = dutyOf(day.rota, records, useNow(30000));
  // Whoever opens this page wants to see what was asked or answered: the pack may be two minutes old.
  useEffect(() => {
    lookAgain();
  }, []);
  return (
    <>
      <OnDuty me={me} day={day} records={records} here />
      {duty.asked.map((swap) => (
        <Asked key={swap.id} swap={swap} day={day} />
      ))}
      {duty.leaving && <HandOver me={me} day={day} duty={duty} />}
      <section className="fg-card">
        <h2>{t("rota.mine")}</h2>
        {duty.coming.length === 0 && <p className="fg-empty">{t("rota.no_shifts")}</p>}
        <ul className="fg-list">
          {duty.coming.map((shift) => (
            <Coming key={shift.id} shift={shift} duty={duty} day={day} />
          ))}
        </ul>
        {me.can_lead && (
          <a className="fg-button fg-button-small" href="/desk/rota">
            {t("rota.whole_list")}
          </a>
        )}
      </section>
    </>
  );
}

function HandOver({ me, day, duty }) {
  const t = useTexts();
  const { leaving: shift } = duty;
  const [draft, change, clear] = useDraft(me.person_id, `shift ${shift.id}`, { words: "" });
  const [mistake, setMistake] = useState("");
  const [toast, say] = useToast();
  const left = duty.left.filter((note) => note.shift === shift.id);
  const save = async (event) => {
    event.preventDefault();
    const words = draft.words.trim();
    if (!words) {
      setMistake(t("rota.words_first"));
      return;
    }
    const names = { shift: shiftWords(shift, day.timezone) };
    try {
      await record("shift.note", { shift: shift.id, words }, { owner: me.person_id, id: draft.id, names });
    } catch (error) {
      setMistake(t(whyNotKept(error)));
      return;
    }
    setMistake("");
    clear();
    say(t("rota.kept"));
  };
  return (
    <section className="fg-card">
      <h2>{t("rota.hand_over")}</h2>
      <p className="fg-muted">
        {shift.grid_name} · {t("rota.hand_over_of", { shift: shiftWords(shift, day.timezone) })}
      </p>
      {left.map((note) => (
        <Banner key={note.id} kind="ok">
          <span>
            {t("rota.left")} {clock(note.at)}: {note.words}
          </span>
        </Banner>
      ))}
      <OpenHazards day={day} shift={shift} />
      <form onSubmit={save} noValidate>
        <Field id="words" label={t("rota.words")} mistake={mistake}>
          <textarea
            id="words"
            className="fg-input"
            maxLength={1000}
            aria-invalid={Boolean(mistake)}
            value={draft.words}
            onChange={(event) => change({ words: event.target.value })}
          />
        </Field>
        <p className="fg-muted">{t("rota.words_more")}</p>
        <button className="fg-button fg-button-primary fg-button-wide">{t("rota.leave")}</button>
      </form>
      {toast}
    </section>
  );
}
