// The desk's end of the hand-over file: read here line by line, handed in record by record, and told
// what became of each. The server never sees the file as a whole, so its size does not matter.
import { useState } from "react";
import { Away, Refusal, takeIn, takeInPhoto } from "../phone/sending/door.js";
import "../phone/texts.handover.js";
import { useTexts } from "../phone/texts.js";

const STOPPING = [401, 429, 500, 503];
// A long file is not drawn anew for each of its records, nor in full: what went well is counted.
const DRAWN_EVERY = 300;
const MOST_SHOWN = 200;
const KIND = { created: "ok", already: "ok", refused: "danger", broken: "danger" };

export function TakeIn() {
  const t = useTexts();
  const [rows, setRows] = useState([]);
  const [done, setDone] = useState(null);
  const [problem, setProblem] = useState("");
  const [share, setShare] = useState(null);

  const choose = async (event) => {
    const [file] = event.target.files;
    // The same file may be chosen again: what is there already stays once.
    event.target.value = "";
    if (!file) return;
    setRows([]);
    setDone(null);
    setProblem("");
    setShare(0);
    const found = new Map();
    let drawn = 0;
    const draw = () => {
      drawn = performance.now();
      setRows([...found.values()]);
    };
    const note = (row) => {
      found.set(row.id, { ...found.get(row.id), ...row });
      if (performance.now() - drawn > DRAWN_EVERY) draw();
    };
    try {
      const { readHandover } = await import("../phone/outbox/handover.js");
      for await (const one of readHandover(file)) {
        setShare(Math.round((one.read / file.size) * 100));
        if (one.cut) setProblem(t("handover.cut"));
        if (one.broken) note({ id: `line ${one.broken}`, status: "broken", message: t("handover.broken", { line: one.broken }) });
        if (one.text) note(await record(one));
        if (one.photo) await photo(one, found.get(one.of), note);
      }
      setDone(summary([...found.values()]));
    } catch (error) {
      setProblem(sentence(error, t));
    }
    draw();
    setShare(null);
  };

  return (
    <section className="fg-card">
      <h2>{t("handover.heading")}</h2>
      <p>{t("handover.what")}</p>
      <p className="fg-muted">{t("handover.trust")}</p>
      <label className="fg-button fg-button-primary">
        {share === null ? t("handover.choose") : t("handover.reading", { share })}
        <input
          type="file"
          accept=".json,application/json"
          className="fg-hidden"
          disabled={share !== null}
          onChange={choose}
        />
      </label>
      {problem && (
        <p className="fg-banner fg-banner-danger" role="alert">
          {problem}
        </p>
      )}
      {done && (
        <p className={`fg-banner ${done.refused ? "fg-banner-warn" : "fg-banner-ok"}`} role="status">
          {t("handover.done", done)}
          {done.refused > 0 && t("handover.done_refused")}
        </p>
      )}
      <ul className="fg-list">
        {shown(rows).map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

// What needs somebody first, then the latest.
function shown(rows) {
  const isAmiss = (row) => KIND[row.status] !== "ok" || row.mistakes?.length > 0;
  const amiss = rows.filter(isAmiss);
  const well = rows.filter((row) => !isAmiss(row)).reverse();
  return [...amiss, ...well].slice(0, Math.max(MOST_SHOWN, amiss.length));
}

function Row({ row }) {
  const t = useTexts();
  const at = new Date(row.item?.captured_at);
  const words = [
    row.maker,
    Number.isNaN(at.getTime()) ? "" : at.toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" }),
    row.item?.kind === "hazard.report" && t(`hazards.category.${row.item.body?.category}`),
    row.item?.body?.where,
    row.photos > 0 && t("handover.photos", { count: row.photos }),
  ];
  return (
    <li>
      <div className="fg-row fg-row-apart">
        <strong>{row.item?.kind ? t(`phone.kind.${row.item.kind}`) : t("handover.unreadable")}</strong>
        <span className={`fg-tag fg-tag-${KIND[row.status]}`}>{t(`handover.status.${row.status}`)}</span>
      </div>
      <p className="fg-muted">{words.filter((word) => typeof word === "string" && word).join(" · ")}</p>
      {[row.message, ...(row.mistakes ?? [])].filter(Boolean).map((message) => (
        <p key={message} className="fg-mistake">
          {message}
        </p>
      ))}
    </li>
  );
}

// One record handed in. A refusal is its own; what stops everything is thrown.
async function record({ text, item, offset, signature }) {
  const row = { id: String(item.id ?? text), item, photos: 0 };
  try {
    const { status, maker } = await takeIn(text, offset, signature);
    return { ...row, status, maker };
  } catch (error) {
    if (!(error instanceof Refusal) || STOPPING.includes(error.status) || error.code === "access.not_allowed") throw error;
    return { ...row, status: "refused", message: error.message };
  }
}

// A photo of a record the server has; where the record was refused, its photos have nowhere to go.
async function photo({ photo: id, of, blob }, row, note) {
  if (!row || row.status === "refused") return;
  try {
    await takeInPhoto(id, blob);
    note({ id: of, photos: row.photos + 1 });
  } catch (error) {
    if (!(error instanceof Refusal) || STOPPING.includes(error.status)) throw error;
    note({ id: of, mistakes: [...(row.mistakes ?? []), error.message] });
  }
}

function summary(found) {
  const count = (...statuses) => found.filter(({ status }) => statuses.includes(status)).length;
  return {
    created: count("created"),
    already: count("already"),
    refused: count("refused", "broken"),
    photos: found.reduce((sum, row) => sum + (row.photos ?? 0), 0),
  };
}

function sentence(error, t) {
  if (error instanceof Away) return t("handover.stopped");
  if (error instanceof Refusal) return error.message;
  return t(`handover.not_ours.${error.code ?? "other"}`);
}
