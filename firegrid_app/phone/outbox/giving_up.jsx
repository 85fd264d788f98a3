// Giving a refused record up: with a reason, kept aside, never dropped silently.
import { useState } from "react";
import { giveUp } from "./aside.js";
import { Choices, Field, Sheet } from "../frame/pieces.jsx";
import { revise } from "../keeping/store.js";
import { useTexts } from "../texts.js";

const REASONS = ["mistake", "double", "told"];

export function PutAside({ one }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const put = async () => {
    if (!reason.trim()) {
      setProblem(t("outbox.reason_missing"));
      return;
    }
    await revise(one.id, (record, photos, own) => giveUp(record, photos, own, reason, Date.now()));
    setOpen(false);
  };
  const quick = REASONS.map((name) => t(`outbox.reason.${name}`));
  return (
    <>
      <button type="button" className="fg-button fg-button-quiet fg-button-wide" onClick={() => setOpen(true)}>
        {t("outbox.give_up")}
      </button>
      {open && (
        <Sheet name={t("outbox.give_up")} onClose={() => setOpen(false)}>
          <p>{t("outbox.give_up_more")}</p>
          {one.stuck.length > 0 && <p className="fg-mistake">{t("outbox.give_up_stuck", { count: one.stuck.length })}</p>}
          <Choices
            label={t("outbox.reason_label")}
            options={quick.map((text) => ({ value: text, text }))}
            chosen={reason}
            onChoose={setReason}
          />
          <Field id="reason" label={t("outbox.reason_words")} mistake={problem}>
            <textarea id="reason" className="fg-input" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <button type="button" className="fg-button fg-button-danger fg-button-wide" onClick={put}>
            {t("outbox.give_up_yes")}
          </button>
        </Sheet>
      )}
    </>
  );
}
