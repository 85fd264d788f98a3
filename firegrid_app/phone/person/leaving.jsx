// Log-out: what is unsent stays on the phone, sealed until the same person has logged in again.
import { useState } from "react";
import { Link } from "react-router";
import { logOut, Refusal } from "../sending/door.js";
import { useCounts } from "../frame/hooks.js";
import { Banner } from "../frame/pieces.jsx";
import { drainNow } from "../sending/queue.js";
import { leaveHere } from "../keeping/store.js";
import { useTexts } from "../texts.js";
import { haveKey, settle } from "./whose.js";

// `onSealing` gets the sentence of progress: this piece goes as soon as nobody is logged in.
export function LogOut({ me, onSealing }) {
  const t = useTexts();
  const counts = useCounts(me);
  // "", "ask", "away" (asked again: the server does not answer), "busy".
  const [step, setStep] = useState("");
  const [problem, setProblem] = useState("");
  const { waiting = 0, photos = 0, refused = 0 } = counts ?? {};
  const unsent = waiting + photos + refused;

  const leave = async (withServer) => {
    setProblem("");
    setStep("busy");
    try {
      // Both first: a phone without its key, or without the code to seal with, could not seal.
      await haveKey(me.person_id);
      await import("./sealing.js");
      if (withServer) await logOut();
    } catch (error) {
      const refused = error instanceof Refusal;
      setStep(withServer && !refused ? "away" : "");
      if (refused) setProblem(error.message);
      else if (!withServer) setProblem(t("phone.log_out_needs_server"));
      return;
    }
    onSealing(t("phone.logging_out"));
    await leaveHere(me.person_id, !withServer);
    const onStep = (done, total) => onSealing(t("phone.sealing", { done, total }));
    // What could not be sealed now (no room) is sealed at the next start; the key waits for it.
    await settle({ onStep }).catch(() => {});
    location.replace("/login");
  };

  return (
    <section className="fg-card">
      {unsent > 0 && <Banner kind="warn">{t("phone.log_out_unsent", { count: waiting + refused, photos })}</Banner>}
      {step === "away" && <Banner kind="warn">{t("phone.log_out_away")}</Banner>}
      {problem && <Banner kind="danger">{problem}</Banner>}
      {step === "busy" && <p role="status">{t("phone.logging_out")}</p>}
      {step === "ask" && unsent > 0 && (
        <div className="fg-row">
          <Link className="fg-button fg-grow" to="/outbox" onClick={drainNow}>
            {t("phone.send_now")}
          </Link>
          <Link className="fg-button fg-grow" to="/outbox">
            {t("phone.to_file")}
          </Link>
        </div>
      )}
      {(step === "ask" || step === "away") && (
        <div className="fg-row">
          <button
            type="button"
            className="fg-button fg-button-danger fg-grow"
            onClick={() => leave(step === "ask")}
          >
            {t(step === "away" ? "phone.log_out_sealed" : "phone.log_out_yes")}
          </button>
          <button type="button" className="fg-button fg-grow" onClick={() => setStep("")}>
            {t("phone.log_out_no")}
          </button>
        </div>
      )}
      {step === "" && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setStep("ask")}>
          {t("phone.log_out")}
        </button>
      )}
    </section>
  );
}
