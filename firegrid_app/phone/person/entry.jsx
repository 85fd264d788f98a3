// Entering: log in by phone and password, or by an invitation for the first time.
import { useEffect, useState } from "react";
import { acceptInvitation, Away, logIn, lookAtInvitation } from "../sending/door.js";
import { Banner, Field } from "../frame/pieces.jsx";
import { homeOf } from "./homeof.js";
import { useSealedHere } from "../frame/hooks.js";
import { drainNow } from "../sending/queue.js";
import { enterHere } from "../keeping/store.js";
import { useTexts } from "../texts.js";
import { settle, tellOfLeaving } from "./whose.js";

// Work of this person that lies sealed here is opened first, the last person's is sealed. A full
// load then, not a route change: Reflex's socket must shake hands anew with the new cookie.
async function enter({ key, ...me }, onStep) {
  await enterHere(me, key);
  // What could not be done now is done at the next start.
  await settle({ onStep, again: true }).catch(() => {});
  if (navigator.storage?.persist) navigator.storage.persist().catch(() => {});
  drainNow();
  location.replace(homeOf(me));
}

function useAttempt(work) {
  const t = useTexts();
  const [problem, setProblem] = useState({});
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState("");
  const attempt = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem({});
    try {
      await tellOfLeaving();
      await enter(await work(), (done, total) => setStep(t("phone.opening_sealed", { done, total })));
    } catch (error) {
      const away = error instanceof Away;
      setProblem({ code: error.code ?? "", text: away ? t("phone.no_server") : error.message });
      setBusy(false);
    }
  };
  return [attempt, problem, busy, step];
}

function Password({ value, onChange, autoComplete, label, mistake }) {
  const t = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <Field id="password" label={label} mistake={mistake}>
      <div className="fg-row">
        <input
          id="password"
          className="fg-input fg-grow"
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          required
          aria-invalid={Boolean(mistake)}
          aria-describedby={mistake ? "password-mistake" : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <button type="button" className="fg-button fg-button-quiet" onClick={() => setShown(!shown)}>
          {t(shown ? "phone.hide" : "phone.show")}
        </button>
      </div>
    </Field>
  );
}

export function LoginForm() {
  const t = useTexts();
  const [phone, setPhone] = useState("");
  const [password, setPassword] = useState("");
  const [attempt, problem, busy, step] = useAttempt(() => logIn(phone, password));
  const onPhone = problem.code === "access.bad_phone";
  return (
    <form className="fg-card" onSubmit={attempt} noValidate>
      <Field id="phone" label={t("phone.phone")} mistake={onPhone ? problem.text : ""}>
        <input
          id="phone"
          className="fg-input fg-number"
          type="tel"
          inputMode="numeric"
          autoComplete="username"
          required
          aria-invalid={onPhone}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
      </Field>
      <Password
        label={t("phone.password")}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {problem.text && !onPhone && <Banner kind="danger">{problem.text}</Banner>}
      <button className="fg-button fg-button-primary fg-button-wide" disabled={busy}>
        {step || t(busy ? "phone.logging_in" : "phone.log_in")}
      </button>
      <p className="fg-muted">{t("phone.forgot")}</p>
      <SealedHere />
    </form>
  );
}

// Nothing is lost on a phone several people use: how much waits, not whose it is.
function SealedHere() {
  const t = useTexts();
  const here = useSealedHere();
  if (!here?.people) return null;
  return <Banner>{t(here.records ? "phone.sealed_here" : "phone.sealed_forms_here", here)}</Banner>;
}

export function InvitationForm() {
  const t = useTexts();
  const [token, setToken] = useState("");
  const [invited, setInvited] = useState(null);
  const [gone, setGone] = useState("");
  const [password, setPassword] = useState("");
  const [attempt, problem, busy] = useAttempt(() => acceptInvitation(token, password));
  useEffect(() => {
    const found = location.hash.slice(1);
    setToken(found);
    lookAtInvitation(found)
      .then(setInvited)
      .catch((error) => setGone(error instanceof Away ? t("phone.no_server") : error.message));
    // eslint-disable-next-line -- once, for the link it was opened with
  }, []);
  if (gone) return <Banner kind="danger">{gone}</Banner>;
  if (!invited) return <p className="fg-empty">{t("phone.loading")}</p>;
  return (
    <form className="fg-card" onSubmit={attempt} noValidate>
      <h2>{t("phone.welcome", { name: invited.name })}</h2>
      <p className="fg-muted fg-number">{invited.phone}</p>
      {/* Password managers file the new password under this name. */}
      <input type="hidden" name="username" autoComplete="username" value={invited.phone} readOnly />
      <Password
        label={t("phone.new_password")}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        mistake={problem.text}
      />
      <p className="fg-muted">{t("phone.password_rule")}</p>
      <button className="fg-button fg-button-primary fg-button-wide" disabled={busy}>
        {t("phone.set_password")}
      </button>
    </form>
  );
}
