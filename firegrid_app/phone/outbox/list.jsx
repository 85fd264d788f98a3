// The outbox's list: what needs the person first, then what waits, what arrived, what was put aside.
import { useState } from "react";
import { Link } from "react-router";
import { subject, moment } from "./record_words.js";
import { isSound } from "../photos/photo.js";
import { useTexts } from "../texts.js";
import { ToFile } from "./to_file.jsx";

const PAGE = 50;
const KIND = { person: "danger", waiting: "warn", sent: "ok", aside: "" };

export function Groups({ groups, day }) {
  return (
    <>
      <Group name="person" entries={groups.person} day={day} open />
      <Group name="waiting" entries={groups.waiting} day={day} open />
      <Group name="sent" entries={groups.sent} day={day} open={groups.sent.length <= PAGE} />
      <Group name="aside" entries={groups.aside} day={day} />
    </>
  );
}

function Group({ name, entries, day, open = false }) {
  const t = useTexts();
  const [shown, setShown] = useState(PAGE);
  if (entries.length === 0) return null;
  const left = entries.length - shown;
  return (
    <details className="fg-card fg-group" open={open}>
      <summary>
        <h2>{t(`outbox.group.${name}`)}</h2>
        <span className={`fg-tag fg-number ${KIND[name] && `fg-tag-${KIND[name]}`}`}>{entries.length}</span>
      </summary>
      {name === "aside" && <p className="fg-muted">{t("outbox.aside_more")}</p>}
      <ul className="fg-list">
        {entries.slice(0, shown).map((one) => (
          <Entry key={one.id} one={one} day={day} />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setShown(shown + PAGE * 2)}>
          {t("outbox.more", { count: Math.min(left, PAGE * 2), left })}
        </button>
      )}
      {name === "aside" && <ToFile records={entries} className="fg-button fg-button-wide" />}
    </details>
  );
}

function Entry({ one, day }) {
  const t = useTexts();
  const waiting = one.photos.filter((photo) => photo.state === "waiting");
  const waitingPhotos = waiting.filter((photo) => !isSound(photo)).length;
  return (
    <li>
      <Link className="fg-entry" to={`/outbox?record=${one.id}`}>
        <span className="fg-row fg-row-apart">
          <strong className="fg-grow">
            {[t(`phone.kind.${one.kind}`), subject(one, day, t)].filter(Boolean).join(" · ")}
          </strong>
          <span className={`fg-tag ${KIND[one.standing] && `fg-tag-${KIND[one.standing]}`}`}>
            {t(`outbox.standing.${one.standing}`)}
          </span>
        </span>
        <span className="fg-muted fg-number">
          {moment(one.happened_at)}
          {waitingPhotos > 0 && ` · ${t("phone.photos_waiting", { count: waitingPhotos })}`}
          {waiting.some(isSound) && ` · ${t("outbox.sound_waiting")}`}
          {one.stuck.length > 0 && ` · ${t("outbox.stuck_count", { count: one.stuck.length })}`}
        </span>
        {reasons(one, t).map((reason) => (
          <span key={reason} className="fg-mistake">
            {reason}
          </span>
        ))}
      </Link>
    </li>
  );
}

// Why it stands where it stands, in the server's words.
export function reasons({ state, standing, code, message, photos, again_at }, t) {
  if (standing === "aside") return [];
  const held = state === "waiting" && again_at > Date.now();
  const own = state === "refused" ? [message || code] : held ? [t("outbox.held", { reason: message || code, time: moment(again_at) })] : [];
  const of = photos.filter((photo) => photo.state === "refused").map((photo) => t(isSound(photo) ? "outbox.sound_refused" : "outbox.photo_refused", { reason: photo.message || photo.code }));
  return [...new Set([...own, ...of])];
}
