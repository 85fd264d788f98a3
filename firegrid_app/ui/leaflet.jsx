// The picture of a campaign's leaflet at the desk: looked at, put in, changed, taken out.
import { useState } from "react";
import { leafletAddress, putLeaflet, takeLeafletOut } from "../phone/sending/door.js";
import { takePhoto } from "../phone/photos/photo.js";
import "../phone/texts.campaigns.js";
import { useTexts } from "../phone/texts.js";
import { photoTrouble } from "./photo_trouble.js";

export function LeafletPicture({ campaign, picture, may, offline, onDone }) {
  const t = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const change = async (work) => {
    setBusy(true);
    setProblem("");
    try {
      await work();
      onDone?.();
    } catch (error) {
      setProblem(photoTrouble(error, t, t("campaigns.leaflet_away")));
    }
    setBusy(false);
  };
  const choose = (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    // Shrunk and bared here: what a camera wrote into the file never leaves this machine.
    if (file) change(async () => putLeaflet(campaign, (await takePhoto(file, null)).blob));
  };
  if (!may && !picture) return null;
  const address = leafletAddress(campaign, picture);
  return (
    <div className="fg-part">
      {picture && (
        <a className="fg-leaflet-seen" href={address} target="_blank" rel="noreferrer">
          <img src={address} alt={t("campaigns.leaflet_picture")} loading="lazy" />
        </a>
      )}
      {problem && (
        <p className="fg-mistake" role="alert">
          {problem}
        </p>
      )}
      {may && (
        <div className="fg-row">
          <label className="fg-button fg-button-small" aria-disabled={offline || busy}>
            {t(busy ? "campaigns.leaflet_sending" : picture ? "campaigns.leaflet_change" : "campaigns.leaflet_add")}
            <input type="file" accept="image/*" className="fg-hidden" disabled={offline || busy} onChange={choose} />
          </label>
          {picture && (
            <button type="button" className="fg-button fg-button-small fg-button-quiet" disabled={offline || busy} onClick={() => change(() => takeLeafletOut(campaign))}>
              {t("campaigns.leaflet_out")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
