// Swaps of shifts, which only the server can grant: asked of one, answered, wished for, withdrawn.
import { useState } from "react";
import { answerSwap, askSwap, Refusal, swapChoices, withdrawSwap } from "../sending/door.js";
import { Banner, Field } from "../frame/pieces.jsx";
import { lookAgain } from "../sending/queue.js";
import { shiftWords } from "./shifts.js";
import "../texts.rota.js";
import { useTexts } from "../texts.js";

// A wish that only the server can grant; what it says stands beside the button.
function useWish() {
  const t = useTexts();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const wish = async (work) => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await work();
      lookAgain();
    } catch (error) {
      setProblem(error instanceof Refusal ? error.message : t("rota.needs_server"));
    }
    setBusy(false);
  };
  return [wish, busy, problem];
}

const otherOf = (swap) => ({ starts_at: swap.other_starts_at, ends_at: swap.other_ends_at });

export function Asked({ swap, day }) {
  const t = useTexts();
  const [wish, busy, problem] = useWish();
  const shift = shiftWords(swap, day.timezone);
  return (
    <section className="fg-card">
      <h2>{t("rota.asked_of_you", { name: swap.name })}</h2>
      <p>
        {swap.other_starts_at
          ? t("rota.swap_words_exchange", { shift, other: shiftWords(otherOf(swap), day.timezone) })
          : t("rota.swap_words_step_in", { shift })}
        {` · ${swap.grid_name}`}
      </p>
      {swap.words && <p className="fg-muted">{swap.words}</p>}
      {problem && <Banner kind="danger">{problem}</Banner>}
      <div className="fg-row">
        <button type="button" className="fg-button fg-button-primary" disabled={busy} onClick={() => wish(() => answerSwap(swap.id, true))}>
          {t("rota.yes")}
        </button>
        <button type="button" className="fg-button" disabled={busy} onClick={() => wish(() => answerSwap(swap.id, false))}>
          {t("rota.no")}
        </button>
      </div>
    </section>
  );
}

export function Coming({ shift, duty, day }) {
  const t = useTexts();
  const [choices, setChoices] = useState(null);
  const [wish, busy, problem] = useWish();
  const begun = Date.parse(shift.starts_at) <= Date.now();
  const asking = duty.asking.find((swap) => swap.starts_at === shift.starts_at && swap.grid_name === shift.grid_name);
  return (
    <li>
      <div className="fg-row fg-row-apart">
        <strong className="fg-number">{shiftWords(shift, day.timezone)}</strong>
        <span className="fg-muted">
          {begun && !shift.away ? t("rota.running") : shift.grid_name}
          {shift.away && ` ${t("rota.away_mark")}`}
        </span>
      </div>
      {asking && (
        <div className="fg-row fg-row-apart">
          <span className="fg-muted">
            {asking.other_starts_at
              ? t("rota.your_exchange", { name: asking.name, shift: shiftWords(asking, day.timezone), other: shiftWords(otherOf(asking), day.timezone) })
              : t("rota.your_step_in", { name: asking.name, shift: shiftWords(asking, day.timezone) })}
          </span>
          <button type="button" className="fg-button fg-button-small fg-button-quiet" disabled={busy} onClick={() => wish(() => withdrawSwap(asking.id))}>
            {t("rota.withdraw")}
          </button>
        </div>
      )}
      {!begun && !asking && !choices && (
        <button
          type="button"
          className="fg-button fg-button-small"
          disabled={busy}
          onClick={() => wish(async () => setChoices(await swapChoices(shift.id)))}
        >
          {t("rota.swap")}
        </button>
      )}
      {choices && !asking && (
        <Ask
          shift={shift}
          choices={choices}
          day={day}
          busy={busy}
          onAsk={(asked) =>
            wish(async () => {
              await askSwap(asked);
              setChoices(null);
            })
          }
          onDrop={() => setChoices(null)}
        />
      )}
      {problem && <Banner kind="danger">{problem}</Banner>}
    </li>
  );
}

function Ask({ shift, choices, day, busy, onAsk, onDrop }) {
  const t = useTexts();
  const [chosen, setChosen] = useState("");
  const [words, setWords] = useState("");
  const id = `with-${shift.id}`;
  if (choices.people.length + choices.shifts.length === 0) {
    return <p className="fg-muted">{t("rota.nobody_to_ask")}</p>;
  }
  const ask = (event) => {
    event.preventDefault();
    const [kind, number] = chosen.split(" ");
    if (number) onAsk({ shift: shift.id, [kind]: Number(number), words });
  };
  return (
    <form onSubmit={ask}>
      <Field id={id} label={t("rota.swap_with")}>
        <select id={id} className="fg-input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t("rota.choose")}</option>
          {choices.people.map((one) => (
            <option key={`p${one.id}`} value={`person ${one.id}`}>
              {t("rota.step_in", { name: one.name })}
            </option>
          ))}
          {choices.shifts.map((one) => (
            <option key={`s${one.id}`} value={`other_shift ${one.id}`}>
              {t("rota.exchange", { name: one.name, shift: shiftWords(one, day.timezone) })}
            </option>
          ))}
        </select>
      </Field>
      <Field id={`${id}-words`} label={t("rota.why")}>
        <input id={`${id}-words`} className="fg-input" maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />
      </Field>
      <div className="fg-row">
        <button className="fg-button fg-button-primary" disabled={busy || !chosen}>
          {t("rota.ask")}
        </button>
        <button type="button" className="fg-button fg-button-quiet" onClick={onDrop}>
          {t("rota.leave_it")}
        </button>
      </div>
    </form>
  );
}
