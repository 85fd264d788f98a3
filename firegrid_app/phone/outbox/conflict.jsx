// A record in conflict: the server's version and this phone's side by side, and the choice.
import { useCallback, useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { sendAsNew, trustServer } from "./aside.js";
import { knownItem, Refusal } from "../sending/door.js";
import { newId } from "../keeping/ids.js";
import { bothReadable } from "./record_words.js";
import { Banner, Sheet } from "../frame/pieces.jsx";
import { drainNow } from "../sending/queue.js";
import { revise } from "../keeping/store.js";
import { useTexts } from "../texts.js";

export function Conflict({ one, records, day }) {
  const t = useTexts();
  const [known, setKnown] = useState(undefined);
  const [trouble, setTrouble] = useState("");
  const look = useCallback(() => {
    setTrouble("");
    knownItem(one.id).then(setKnown, (error) => {
      // Not this person's: the server says no more about it, and neither do we.
      const hidden = error instanceof Refusal && error.status === 404;
      setTrouble(hidden ? "hidden" : "away");
    });
  }, [one.id]);
  useEffect(look, [look]);
  if (trouble === "away") {
    return (
      <>
        <Banner kind="warn">{t("outbox.known_away")}</Banner>
        <button type="button" className="fg-button fg-button-wide" onClick={look}>
          {t("outbox.known_again")}
        </button>
      </>
    );
  }
  if (trouble === "hidden") {
    return (
      <>
        <Banner kind="warn">{t("outbox.known_hidden")}</Banner>
        <Choice one={one} known={null} />
      </>
    );
  }
  if (!known) return <p className="fg-muted">{t("phone.loading")}</p>;
  return (
    <>
      <Both rows={bothReadable(one, known, day, records, t)} />
      <Choice one={one} known={known} />
    </>
  );
}

// A mark and a word beside the colour: it must be read without colours too.
function Both({ rows }) {
  const t = useTexts();
  const differing = rows.filter((row) => row.differs).length;
  return (
    <>
      <p>{differing ? t("outbox.differing", { count: differing }) : t("outbox.differing_unseen")}</p>
      <table className="fg-both">
        <thead>
          <tr>
            <th scope="col">{t("outbox.theirs")}</th>
            <th scope="col">{t("outbox.mine")}</th>
          </tr>
        </thead>
        {rows.map(({ field, label, mine, theirs, differs }) => (
          <tbody key={field} data-differs={differs}>
            <tr>
              <th scope="rowgroup" colSpan={2}>
                {label}
                {differs && <span className="fg-tag fg-tag-danger">≠ {t("outbox.differs")}</span>}
              </th>
            </tr>
            <tr>
              <td>{theirs}</td>
              <td>{mine}</td>
            </tr>
          </tbody>
        ))}
      </table>
    </>
  );
}

function Choice({ one, known }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const walk = one.kind === "patrol.start";
  const trust = async () => {
    await revise(one.id, (record, photos) => trustServer(record, photos, known, Date.now()));
    drainNow();
    navigate("/outbox");
  };
  const asNew = async () => {
    // Enough for the record and each photo it can have.
    const ids = Array.from({ length: 1 + one.photos.length }, newId);
    await revise(one.id, (record, photos, own) =>
      photos.length < ids.length ? sendAsNew(record, photos, own, ids, Date.now()) : null,
    );
    drainNow();
    navigate("/outbox");
  };
  return (
    <>
      {known && (
        <button type="button" className="fg-button fg-button-wide" onClick={trust}>
          {t("outbox.trust_server")}
        </button>
      )}
      <button type="button" className="fg-button fg-button-wide" onClick={() => setSure(true)}>
        {t("outbox.send_as_new")}
      </button>
      <Link className="fg-button fg-button-quiet fg-button-wide" to="/outbox">
        {t("outbox.leave_it")}
      </Link>
      {sure && (
        <Sheet name={t("outbox.send_as_new")} onClose={() => setSure(false)}>
          <p>{walk ? t("outbox.as_new_walk") : t("outbox.as_new_more")}</p>
          <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={asNew}>
            {t("outbox.as_new_yes")}
          </button>
        </Sheet>
      )}
    </>
  );
}
