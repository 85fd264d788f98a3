// The responsibility letter of the premises one stands at: how it stands, and, missing or soon over, to be read and
// signed on the spot.
import { useRef, useState } from "react";
import newest from "./letter_words.js";
import { letterOf, paperFor } from "./letters.js";
import { useDraft } from "../keeping/drafts.js";
import { whyNotKept } from "../keeping/room.js";
import { Field, Sheet } from "../frame/pieces.jsx";
import Signature from "../photos/signature.jsx";
import { record } from "../sending/queue.js";
import { say } from "../frame/said.js";
import { useLanguage, useTexts } from "../texts.js";
import "../texts.signing.js";

// `read`: the paper as it was signed. It is kept with the signature: other words or another language meanwhile change
// nothing about it.
const EMPTY = { photos: [], read: null, party: "operator", signed_by: "" };
const PARTIES = ["operator", "owner", "tenancy", "investor", "builder", "organiser"];
const MOST_NAME = 40;
const MOST_PHOTOS = 4; // LetterSigned in sync/bodies.py

// `quiet`: nothing where the letter is good.
export default function Letter({ me, day, place, patrol, records, position, quiet }) {
  const t = useTexts();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const found = letterOf(place, records, day.timezone, Date.now());
  if (found === null || (quiet && found.standing === "good")) return null;
  const { standing, until } = found;
  return (
    <div className="fg-row fg-row-apart">
      <span className={standing === "good" ? "fg-muted" : "fg-tag fg-tag-warn"}>{t(`signing.${standing}`, { day: until })}</span>
      {standing !== "good" && (
        <button type="button" className="fg-button fg-button-small" onClick={() => setOpen(true)}>
          {t("signing.offer")}
        </button>
      )}
      {open && (
        <Sheet name={paperFor(day, place.grid, language, newest).title || t("signing.letter")} onClose={() => setOpen(false)}>
          <Paper me={me} day={day} place={place} patrol={patrol} position={position} onKept={() => setOpen(false)} />
        </Sheet>
      )}
    </div>
  );
}

// A draft of an app that knew only the letters that ship.
const readIn = ({ read, edition, language }) =>
  read ?? (newest.words[language] ? { own: null, edition, language, title: "", lines: newest.words[language] } : null);

function Paper({ me, day, place, patrol, position, onKept }) {
  const t = useTexts();
  const language = useLanguage();
  const [draft, change, clear] = useDraft(me.person_id, `letter:${place.id}`, EMPTY);
  const [wrong, setWrong] = useState({});
  const [saving, setSaving] = useState(false);
  const [making, setMaking] = useState(false);
  // A second tap before the first is kept is the same letter.
  const shut = useRef(false);
  const paper = (draft.photos.length > 0 && readIn(draft)) || paperFor(day, place.grid, language, newest);
  const sign = (photos) => change({ photos, read: paper });
  const keep = async () => {
    const signed_by = draft.signed_by.trim();
    const missing = {
      ...(draft.photos.length === 0 && { photos: t("signing.sign_first") }),
      ...(!signed_by && { signed_by: t("signing.say_who") }),
    };
    setWrong(missing);
    if (Object.keys(missing).length > 0 || shut.current) return;
    shut.current = true;
    setSaving(true);
    const { edition, own, language: read } = paper;
    const { party } = draft;
    try {
      await record("letter.signed", { place: place.id, patrol, party, signed_by, edition, own, language: read }, {
        id: draft.id,
        owner: me.person_id,
        position,
        photos: draft.photos,
        names: { place: place.name },
      });
      clear();
      say(t("signing.kept", { name: place.name }));
      onKept();
    } catch (error) {
      setWrong({ signed_by: t(whyNotKept(error)) });
      shut.current = false;
      setSaving(false);
    }
  };
  return (
    <>
      <p>
        <strong>{place.name}</strong>
      </p>
      <Signature
        label={t("signing.title")}
        title={paper.title || t("signing.letter")}
        paper={paper.lines.join("\n")}
        where={place.name}
        ask={t("signing.owner_here")}
        photos={draft.photos}
        most={MOST_PHOTOS}
        place={position}
        onPhotos={sign}
        onMaking={setMaking}
        mistake={wrong.photos}
      />
      <Field id="letter-party" label={t("signing.party")}>
        <select id="letter-party" className="fg-input" value={draft.party} onChange={(event) => change({ party: event.target.value })}>
          {PARTIES.map((one) => (
            <option key={one} value={one}>
              {t(`signing.party.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="letter-who" label={t("signing.who")} mistake={wrong.signed_by}>
        <input id="letter-who" className="fg-input" autoComplete="off" maxLength={MOST_NAME} aria-invalid={Boolean(wrong.signed_by)} value={draft.signed_by} onChange={(event) => change({ signed_by: event.target.value })} />
      </Field>
      <button type="button" className="fg-button fg-button-primary fg-button-wide" disabled={saving || making} onClick={keep}>
        {t(making ? "phone.shrinking" : "signing.keep")}
      </button>
    </>
  );
}
