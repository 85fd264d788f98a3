// A file handed in at the desk: what it would change and all its mistakes first, written when confirmed.
// The file is sent twice, so that the server has to remember nothing in between.
import { useState } from "react";
import { Away, Refusal, takeFile } from "../phone/sending/door.js";
import "../phone/texts.files.js";
import { useTexts } from "../phone/texts.js";

// A name that is the same in every language, or none: then it is a text.
const DATUMS = { "": "", wgs84: "WGS-84", cgcs2000: "CGCS2000", gcj02: "", bd09: "" };

export function TakeFile({ kind, grid, onDone }) {
  const t = useTexts();
  const [file, setFile] = useState(null);
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [datum, setDatum] = useState("");
  const isMap = kind === "grids" || kind === "roads";

  const send = async (chosen, confirm) => {
    setBusy(true);
    setProblem("");
    try {
      // Read here: a file that was changed or taken away since is an error of its own.
      const bytes = await chosen.arrayBuffer();
      const answer = await takeFile(kind, grid ?? "", bytes, confirm, isMap ? datum : "");
      setFound(answer);
      if (answer.written) {
        setFile(null);
        onDone?.();
      }
    } catch (error) {
      const known = error instanceof Refusal || error instanceof Away;
      setProblem(error instanceof Refusal ? error.message : t(known ? "files.away" : "files.vanished"));
    }
    setBusy(false);
  };
  const choose = (event) => {
    const [chosen] = event.target.files;
    // The same file may be chosen again, corrected.
    event.target.value = "";
    if (!chosen) return;
    setFile(chosen);
    setFound(null);
    send(chosen, false);
  };
  // What was found counts for the datum it was read by.
  const chooseDatum = (event) => {
    drop();
    setDatum(event.target.value);
  };
  const drop = () => {
    setFile(null);
    setFound(null);
    setProblem("");
  };

  return (
    <section className="fg-part">
      <h2>{t(`files.${kind}`)}</h2>
      <p className="fg-muted">{t(`files.${kind}_more`)}</p>
      {isMap && (
        <label className="fg-row">
          {t("files.datum")}
          <select className="fg-input" value={datum} disabled={busy} onChange={chooseDatum}>
            {Object.entries(DATUMS).map(([one, name]) => (
              <option key={one} value={one}>
                {name || t(`files.datum.${one}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="fg-button fg-button-small" aria-disabled={busy}>
        {busy ? t("files.reading") : t("files.choose")}
        <input type="file" accept={isMap ? ".geojson,.json,.zip,.kml,.kmz" : ".csv,.xlsx,.txt"} className="fg-hidden" disabled={busy} onChange={choose} />
      </label>
      {problem && (
        <p className="fg-banner fg-banner-danger" role="alert">
          {problem}
        </p>
      )}
      {found && <Found found={found} name={file?.name} />}
      {file && found && !found.written && found.problem_count === 0 && found.change_count > 0 && (
        <div className="fg-row">
          <button type="button" className="fg-button fg-button-primary" disabled={busy} onClick={() => send(file, true)}>
            {t("files.confirm")}
          </button>
          <button type="button" className="fg-button fg-button-quiet" onClick={drop}>
            {t("files.drop")}
          </button>
        </div>
      )}
    </section>
  );
}

function Found({ found, name }) {
  const t = useTexts();
  const { problem_count: wrong, change_count: count, rows, same } = found;
  return (
    <>
      {name && <p className="fg-muted">{name}</p>}
      {found.written && (
        <p className="fg-banner fg-banner-ok" role="status">
          {t("files.written", { count })}
        </p>
      )}
      {!found.written && (
        <p className={`fg-banner ${wrong ? "fg-banner-danger" : ""}`} role="status">
          {wrong ? t("files.mistakes", { count: wrong }) : count ? t("files.would", { rows, count, same }) : t("files.nothing")}
        </p>
      )}
      {found.warnings.map((words) => (
        <p key={words} className="fg-banner fg-banner-warn">
          {words}
        </p>
      ))}
      <ul className="fg-list">
        {found.problems.map((one) => (
          <li key={`${one.rows} ${one.column} ${one.value} ${one.reason}`}>
            <strong>{[one.rows && t("files.row", { rows: one.rows }), one.column].filter(Boolean).join(" · ")}</strong>
            <p>
              {one.value && <span className="fg-tag">{one.value}</span>} {one.reason}
            </p>
          </li>
        ))}
        {wrong === 0 &&
          found.changes.map((one) => (
            <li key={`${one.sort} ${one.words}`}>
              <span className="fg-tag">{t(`files.sort.${one.sort}`)}</span> {one.words}
            </li>
          ))}
      </ul>
      <LeftOut count={wrong ? found.problems_left_out : count - found.changes.length} />
    </>
  );
}

function LeftOut({ count }) {
  const t = useTexts();
  return count > 0 ? <p className="fg-muted">{t("files.more", { count })}</p> : null;
}
