// One record of the outbox: all that stands in it, its photos, why it was refused, what can be done.
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { dropPhoto, takeBack } from "./aside.js";
import { leavesAt } from "../keeping/fate.js";
import { Conflict } from "./conflict.jsx";
import { PutAside } from "./giving_up.jsx";
import { reasons } from "./list.jsx";
import { helpFor, label, moment, readable, subject } from "./record_words.js";
import { Banner } from "../frame/pieces.jsx";
import { isSound } from "../photos/photo.js";
import { drainNow } from "../sending/queue.js";
import { Player, Voice } from "../shouts/listening.jsx";
import { whyNotKept } from "../keeping/room.js";
import { photosOf, putDraft, revise, sendAgain } from "../keeping/store.js";
import "../texts.recordings.js";
import { useTexts } from "../texts.js";

const ABOUT_TIME = new Set(["sync.future", "patrols.end_before_start"]);

export default function OneRecord({ me, one, records, day }) {
  const t = useTexts();
  const refused = one.state === "refused";
  return (
    <article className="fg-page-part">
      <Link className="fg-button fg-button-quiet fg-button-small fg-start" to="/outbox">
        ‹ {t("outbox.back")}
      </Link>
      <section className="fg-card">
        <h2>{[t(`phone.kind.${one.kind}`), subject(one, day, t)].filter(Boolean).join(" · ")}</h2>
        {reasons(one, t).map((reason) => (
          <p key={reason} className="fg-mistake">
            {reason}
          </p>
        ))}
        {refused && <p>{helpFor(one.code, t)}</p>}
        {one.fields && refused && <WrongFields fields={one.fields} />}
        {one.standing === "aside" && <Aside one={one} />}
        {refused && one.code === "sync.conflict" && <Conflict one={one} records={records} day={day} />}
        {refused && one.code !== "sync.conflict" && <Ways one={one} />}
      </section>
      {one.stuck.length > 0 && <Stuck stuck={one.stuck} day={day} />}
      <section className="fg-card">
        <h2>{t("outbox.what_it_says")}</h2>
        <dl className="fg-fields">
          {readable(one, day, records, t).map(({ field, label, words }) => (
            <div key={field}>
              <dt>{label}</dt>
              <dd>{words}</dd>
            </div>
          ))}
          {one.first && (
            <div>
              <dt>{t("outbox.first")}</dt>
              <dd>{readable({ ...one, ...one.first }, day, records, t).map(({ words }) => words).join(" · ")}</dd>
            </div>
          )}
        </dl>
        <Photos one={one} />
      </section>
      {refused && <PutAside one={one} />}
    </article>
  );
}

function WrongFields({ fields }) {
  const t = useTexts();
  const names = [...new Set(Object.keys(fields).map((field) => label(field, t)))];
  return <p className="fg-muted">{t("outbox.wrong_fields", { fields: names.join("、") })}</p>;
}

// Mend it or send it again as it is.
function Ways({ one }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [problem, setProblem] = useState("");
  const mend = async () => {
    if (one.kind !== "hazard.report" || ABOUT_TIME.has(one.code)) {
      navigate(`/outbox?mend=${one.id}`);
      return;
    }
    try {
      await openHazard(one);
    } catch (error) {
      setProblem(whyNotKept(error));
      return;
    }
    navigate(`/hazard?mend=${one.id}`);
  };
  return (
    <>
      {problem && <Banner kind="danger">{t(problem)}</Banner>}
      <div className="fg-row">
        <button type="button" className="fg-button fg-button-primary fg-grow" onClick={mend}>
          {t("phone.mend")}
        </button>
        <button type="button" className="fg-button fg-grow" onClick={() => again(one)}>
          {t("phone.send_again")}
        </button>
      </div>
    </>
  );
}

async function again({ id }) {
  await sendAgain(id);
  drainNow();
}

// The refused hazard back in its form, as it was made: same id, moment, place and photos.
async function openHazard({ id, owner, captured_at, position, body }) {
  const { photos: _announced, fixed_on_spot, ...fields } = body;
  const photos = await photosOf(id);
  // A draft of its own: a half-filled new report stays as it is.
  await putDraft(owner, `hazard:${id}`, { ...fields, id, at: captured_at, position, photos, fixed: fixed_on_spot });
}

function Aside({ one }) {
  const t = useTexts();
  const { how, at, message, reason } = one.aside;
  const leaves = leavesAt(one);
  const back = async () => {
    await revise(one.id, takeBack);
  };
  return (
    <>
      <p>{t(`outbox.aside_how.${how}`, { time: moment(at) })}</p>
      {reason && <p>{t("outbox.aside_reason", { reason })}</p>}
      {message && <p className="fg-muted">{t("outbox.aside_was", { reason: message })}</p>}
      <p className="fg-muted">{leaves ? t("outbox.leaves_on", { time: moment(leaves) }) : t("outbox.stays")}</p>
      {how !== "new" && how !== "with" && (
        <button type="button" className="fg-button fg-button-wide" onClick={back}>
          {t("outbox.take_back")}
        </button>
      )}
      {one.aside.as && (
        <Link className="fg-button fg-button-wide" to={`/outbox?record=${one.aside.as}`}>
          {t("outbox.see_new")}
        </Link>
      )}
    </>
  );
}

function Stuck({ stuck, day }) {
  const t = useTexts();
  return (
    <section className="fg-card">
      <h2>{t("outbox.stuck_title")}</h2>
      <Banner kind="warn">{t("outbox.stuck_more", { count: stuck.length })}</Banner>
      <ul className="fg-list">
        {stuck.map((one) => (
          <li key={one.id}>
            <Link className="fg-entry" to={`/outbox?record=${one.id}`}>
              <strong>{[t(`phone.kind.${one.kind}`), subject(one, day, t)].filter(Boolean).join(" · ")}</strong>
              <span className="fg-muted fg-number">{moment(one.happened_at)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Photos({ one }) {
  const t = useTexts();
  const [photos, setPhotos] = useState([]);
  const states = one.photos.map((photo) => `${photo.id}${photo.state}`).join();
  useEffect(() => {
    let gone = false;
    photosOf(one.id).then((found) => !gone && setPhotos(found));
    return () => {
      gone = true;
    };
  }, [one.id, states]);
  const pictures = photos.filter((photo) => !isSound(photo));
  return (
    <>
      {pictures.map((photo, number) => (
        <Photo key={photo.id} one={one} photo={photo} name={t("phone.photo_number", { number: number + 1 })}>
          <Picture photo={photo} name={t("phone.photo_number", { number: number + 1 })} />
        </Photo>
      ))}
      {photos.filter(isSound).map((sound) => (
        <Photo key={sound.id} one={one} photo={sound} name={t("recordings.own_voice")}>
          {sound.blob ? <Player blob={sound.blob} name={t("recordings.own_voice")} /> : <Voice sound={sound.id} />}
        </Photo>
      ))}
    </>
  );
}

function Picture({ photo, name }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    // What the server has kept is fetched from there: its bytes have left the phone.
    if (!photo.blob) {
      setAddress(`/api/photos/${photo.id}/thumbnail`);
      return undefined;
    }
    const made = URL.createObjectURL(photo.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.id, photo.blob]);
  return address && <img src={address} alt={name} />;
}

// A photo or a recording of this record, how it stands, and what can be done where it was refused.
function Photo({ one, photo, name, children }) {
  const t = useTexts();
  const takeOut = () =>
    revise(one.id, (_record, photos) => ({ photos: photos.filter((other) => other.id === photo.id).map(dropPhoto) }));
  return (
    <figure className="fg-picture">
      {children}
      <figcaption className="fg-muted">
        {name} · {t(`outbox.photo_state.${photo.state}`)}
      </figcaption>
      {photo.state === "refused" && one.state !== "refused" && (
        <>
          <p className="fg-mistake">{photo.message || photo.code}</p>
          <p>{helpFor(photo.code, t)}</p>
          <div className="fg-row">
            <button type="button" className="fg-button fg-grow" onClick={() => again(one)}>
              {t("phone.send_again")}
            </button>
            <button type="button" className="fg-button fg-button-danger fg-grow" onClick={takeOut}>
              {t("outbox.take_photo_out")}
            </button>
          </div>
        </>
      )}
    </figure>
  );
}
