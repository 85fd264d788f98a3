// The leaflet held out to whoever opened: large, nothing else on the screen, without a network.
import { useEffect, useRef, useState } from "react";
import { follow } from "../keeping/answers.js";
import { givenSoFar } from "./leaflets.js";
import { alongBlob } from "../keeping/store.js";
import "../texts.campaigns.js";
import { useTexts } from "../texts.js";

// `onGiven()` counts one handed over; without it nothing is counted.
export default function Leaflet({ me, name, leaflet, answers, onGiven, onClose }) {
  const t = useTexts();
  const dialog = useRef(null);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);
  const given = givenSoFar(answers);
  const [title, ...lines] = leaflet.words.split("\n");
  return (
    <dialog ref={dialog} className="fg-sheet fg-leaflet" aria-label={t("campaigns.leaflet")} onClose={onClose}>
      <div className="fg-leaflet-words">
        <h2>{title || name}</h2>
        {leaflet.picture && <Picture me={me} sha256={leaflet.picture} />}
        {lines.map((line, at) => (
          <p key={at}>{line}</p>
        ))}
      </div>
      <div className="fg-leaflet-foot">
        {onGiven && (
          <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={onGiven}>
            {t("campaigns.leaflet_given")}
          </button>
        )}
        {given > 0 && <p className="fg-muted">{t("campaigns.leaflet_given_so_far", { count: given })}</p>}
        <button type="button" className="fg-button fg-button-wide" onClick={onClose}>
          {t("campaigns.leaflet_back")}
        </button>
      </div>
    </dialog>
  );
}

function Picture({ me, sha256 }) {
  const t = useTexts();
  const [address, setAddress] = useState(undefined);
  useEffect(() => {
    let made = "";
    const letGo = () => made && URL.revokeObjectURL(made);
    const show = (blob) => {
      letGo();
      made = blob ? URL.createObjectURL(blob) : "";
      setAddress(made);
    };
    const stop = follow(`leaflet ${me.person_id} ${sha256}`, ["packs"], () => alongBlob(me.person_id, "leaflet", sha256), show);
    return () => {
      stop();
      letGo();
    };
  }, [me.person_id, sha256]);
  if (address === "") return <p className="fg-muted">{t("campaigns.leaflet_no_picture")}</p>;
  return address ? <img src={address} alt={t("campaigns.leaflet_picture")} /> : null;
}
