// Recordings of scripts: spoken here or chosen from a file, heard, sent, taken off. On the phone and at the desk.
import { useEffect, useState } from "react";
import { Away, endSound, fetchSound, recordingsNear, Refusal, sendSound } from "../sending/door.js";
import { useDraft } from "../keeping/drafts.js";
import { useMe } from "../frame/hooks.js";
import { newId } from "../keeping/ids.js";
import { Field } from "../frame/pieces.jsx";
import { Listen, Player } from "./listening.jsx";
import { StopButton, useMicrophone } from "./microphone.jsx";
import { canRecord, NoSound, soundOf } from "./recorder.js";
import { MOST_SECONDS } from "./wav.js";
import { lookAgain } from "../sending/queue.js";
import "../texts.recordings.js";
import { useTexts } from "../texts.js";

const EMPTY = { sound: null, seconds: 0, dialect: "" };

// At the desk: all of a grid's, for any script. `own`: a street's ({id, title}); `shipped`: codes.
export function DeskRecordings({ grid, own, shipped }) {
  const t = useTexts();
  const me = useMe();
  const [script, setScript] = useState("");
  const scripts = [
    ...own.map(({ id, title }) => ({ code: `own_${id}`, title })),
    ...shipped.map((code) => ({ code, title: t(`shouts.title.${code}`) })),
  ];
  const chosen = scripts.find(({ code }) => code === script) ?? scripts[0];
  if (!me || !grid || !chosen) return null;
  return (
    <section className="fg-card">
      <h2>{t("recordings.title")}</h2>
      <p className="fg-muted">{t("recordings.what")}</p>
      <Field id="recording-script" label={t("recordings.script")}>
        <select id="recording-script" className="fg-input" value={chosen.code} onChange={(event) => setScript(event.target.value)}>
          {scripts.map(({ code, title }) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      </Field>
      <Recordings key={`${grid} ${chosen.code}`} me={me} grid={grid} script={chosen.code} titles={scripts} />
    </section>
  );
}

// Speak one script for one grid, and what there is. Without `titles` only this script's are listed.
export default function Recordings({ me, grid, script, titles }) {
  const t = useTexts();
  const [draft, change, clear] = useDraft(me.person_id, `recording:${grid}:${script}`, EMPTY);
  const [list, setList] = useState(null);
  const [said, setSaid] = useState(null);
  const [busy, setBusy] = useState(false);
  const tell = (error) => {
    const words =
      error instanceof NoSound
        ? t(`recordings.wrong.${error.message}`, { most: MOST_SECONDS })
        : error instanceof Refusal
          ? error.message
          : t(error instanceof Away ? "recordings.away" : "recordings.wrong.microphone");
    setSaid({ kind: "danger", words });
  };
  const look = () => recordingsNear(grid).then(setList, () => setList([]));
  useEffect(() => {
    look();
    // eslint-disable-next-line -- another grid is another list
  }, [grid]);

  const take = async (sound) => {
    setBusy(true);
    setSaid(null);
    try {
      const { blob, seconds } = await soundOf(await sound);
      change({ sound: blob, seconds });
    } catch (error) {
      tell(error);
    }
    setBusy(false);
  };
  const send = async () => {
    setBusy(true);
    try {
      await sendSound(draft.id, draft.sound, { grid, script, dialect: draft.dialect.trim() });
      clear();
      setSaid({ kind: "ok", words: t("recordings.sent") });
      look();
      lookAgain();
    } catch (error) {
      tell(error);
      // Of other content under this id: as a new one it may go.
      if (error instanceof Refusal && error.status === 409) change({ id: newId() });
    }
    setBusy(false);
  };
  const takeOff = async (id) => {
    setBusy(true);
    try {
      await endSound(id);
      setSaid({ kind: "ok", words: t("recordings.off") });
      look();
      lookAgain();
    } catch (error) {
      tell(error);
    }
    setBusy(false);
  };
  const shown = (list ?? []).filter((one) => titles || one.script === script);
  return (
    <div className="fg-part">
      <Microphone busy={busy} again={Boolean(draft.sound)} onTake={take} onFault={tell} />
      {draft.sound && (
        <>
          <Player blob={draft.sound} name={t("recordings.listen", { seconds: draft.seconds })} />
          <Field id="recording-dialect" label={t("recordings.dialect")}>
            <input
              id="recording-dialect"
              className="fg-input"
              maxLength={20}
              placeholder={t("recordings.dialect_example")}
              value={draft.dialect}
              onChange={(event) => change({ dialect: event.target.value })}
            />
          </Field>
          <div className="fg-row">
            <button type="button" className="fg-button fg-button-primary" disabled={busy} onClick={send}>
              {t("recordings.send")}
            </button>
            <button type="button" className="fg-button fg-button-quiet" disabled={busy} onClick={clear}>
              {t("recordings.drop")}
            </button>
          </div>
        </>
      )}
      {said && (
        <p className={`fg-banner fg-banner-${said.kind}`} role={said.kind === "ok" ? "status" : "alert"}>
          {said.words}
        </p>
      )}
      {shown.length > 0 && (
        <ul className="fg-list">
          {shown.map((one) => (
            <Line key={one.id} one={one} title={titles?.find(({ code }) => code === one.script)?.title} busy={busy} onTakeOff={() => takeOff(one.id)} onFault={tell} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ one, title, busy, onTakeOff, onFault }) {
  const t = useTexts();
  const [sure, setSure] = useState(false);
  const name = one.dialect || t("recordings.no_dialect");
  return (
    <li className="fg-item">
      <div className="fg-row fg-row-apart">
        <strong className="fg-grow">{[title, name].filter(Boolean).join(" · ")}</strong>
        <span className="fg-tag">{t("recordings.seconds", { seconds: one.seconds })}</span>
      </div>
      <p className="fg-muted">{[one.grid_name, one.person_name, one.made_on].join(" · ")}</p>
      <div className="fg-row">
        <Listen ask={() => fetchSound(one.id)} name={t("recordings.listen", { seconds: one.seconds })} onFault={onFault} />
        {one.yours &&
          (sure ? (
            <button type="button" className="fg-button fg-button-small fg-button-danger" disabled={busy} onClick={onTakeOff}>
              {t("recordings.take_off_sure")}
            </button>
          ) : (
            <button type="button" className="fg-button fg-button-small fg-button-quiet" onClick={() => setSure(true)}>
              {t("recordings.take_off")}
            </button>
          ))}
      </div>
    </li>
  );
}

// Record until stopped; or a file, which is also the way on phones that let no page record.
function Microphone({ busy, again, onTake, onFault }) {
  const t = useTexts();
  const { runs, seconds, start, stop } = useMicrophone({ onTake, onFault });
  const choose = (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) onTake(file);
  };
  if (runs) return <StopButton seconds={seconds} onStop={stop} />;
  return (
    <div className="fg-row">
      {canRecord() && (
        <button type="button" className="fg-button fg-grow" disabled={busy} onClick={start}>
          ● {t(again ? "recordings.record_again" : "recordings.record")}
        </button>
      )}
      <label className="fg-button fg-button-quiet" aria-disabled={busy}>
        {t("recordings.file")}
        <input type="file" accept="audio/*" className="fg-hidden" disabled={busy} onChange={choose} />
      </label>
    </div>
  );
}
