// Photos of a meeting or a drill at the desk: looked at, added one after the other, taken out again.
import { useState } from "react";
import { attachPhoto, takeOutPhoto } from "../phone/sending/door.js";
import { takePhoto } from "../phone/photos/photo.js";
import "../phone/texts.desk.js";
import "../phone/texts.meetings.js";
import "../phone/texts.refusals.js";
import { useTexts } from "../phone/texts.js";
import { photoTrouble } from "./photo_trouble.js";

export const MOST = 9;

export function Attached({ kind, record, photos, may, offline, onDone }) {
  const t = useTexts();
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState("");
  const [leaving, setLeaving] = useState("");
  const kept = photos ?? [];
  const address = (id, size) => `/api/photos/of/${kind}/${record}/${id}/${size}`;
  const say = (error) => setProblem(photoTrouble(error, t, t("meetings.photos_away")));

  const add = async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    setProblem("");
    const room = files.slice(0, Math.max(0, MOST - kept.length));
    // What finds no room is said after those that did were kept.
    const over = files.length > room.length ? t("refusals.photos.too_many", { most: MOST }) : "";
    let kepts = 0;
    for (const file of room) {
      setBusy(t("meetings.photos_sending", { number: kepts + 1, count: room.length }));
      try {
        // Shrunk and bared here: what a camera wrote into the file never leaves this machine.
        const { blob } = await takePhoto(file, null);
        await attachPhoto(kind, record, blob);
        kepts += 1;
      } catch (error) {
        say(error);
        break;
      }
    }
    setBusy("");
    if (over) setProblem((before) => before || over);
    if (kepts > 0) onDone?.();
  };
  const takeOut = async (id) => {
    setLeaving("");
    setProblem("");
    try {
      await takeOutPhoto(kind, record, id);
      onDone?.();
    } catch (error) {
      say(error);
    }
  };

  if (!may && kept.length === 0) return null;
  return (
    <section className="fg-part">
      <h3>{t("meetings.photos")}</h3>
      {may && <p className="fg-muted">{t("meetings.photos_more")}</p>}
      {kept.length > 0 && (
        <ul className="fg-photos fg-plain">
          {kept.map((id, index) => (
            <li key={id} className="fg-photo">
              <a href={address(id, "screen")} target="_blank" rel="noreferrer">
                <img src={address(id, "thumbnail")} alt={t("phone.photo_number", { number: index + 1 })} loading="lazy" />
              </a>
              {may && (
                <button
                  type="button"
                  aria-label={t("meetings.photo_out", { number: index + 1 })}
                  disabled={offline || Boolean(busy)}
                  onClick={() => setLeaving(id)}
                >
                  ×
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {leaving && (
        <div className="fg-banner fg-banner-warn" role="alertdialog" aria-label={t("meetings.photo_out_ask")}>
          <span className="fg-grow">{t("meetings.photo_out_ask")}</span>
          <div className="fg-row">
            <button type="button" className="fg-button fg-button-small fg-button-danger" onClick={() => takeOut(leaving)}>
              {t("meetings.photo_out_yes")}
            </button>
            <button type="button" className="fg-button fg-button-small" onClick={() => setLeaving("")}>
              {t("desk.no")}
            </button>
          </div>
        </div>
      )}
      {problem && (
        <p className="fg-mistake" role="alert">
          {problem}
        </p>
      )}
      {may && kept.length < MOST && (
        <label className="fg-button fg-button-small" aria-disabled={offline || Boolean(busy)}>
          {busy || t("meetings.photos_add")}
          <input
            type="file"
            accept="image/*"
            multiple
            className="fg-hidden"
            disabled={offline || Boolean(busy)}
            onChange={add}
          />
        </label>
      )}
    </section>
  );
}
