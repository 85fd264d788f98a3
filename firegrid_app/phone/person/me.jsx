// Me: my posts, my devices, language, log-out that loses nothing.
import { useEffect, useState } from "react";
import { endDevice, myDevices } from "../sending/door.js";
import { Feed } from "./feed.jsx";
import { useMe, useWifiOnly } from "../frame/hooks.js";
import { LanguageChoice } from "./language.jsx";
import { LogOut } from "./leaving.jsx";
import { Notices } from "./notices.jsx";
import { Choices, Gate } from "../frame/pieces.jsx";
import "../texts.access.js";
import { drainNow } from "../sending/queue.js";
import { putFact } from "../keeping/store.js";
import { useTexts } from "../texts.js";
import { tellsItsLine } from "../sending/wifi.js";

export function MeScreen() {
  const me = useMe();
  const [sealing, setSealing] = useState("");
  if (sealing) return <p className="fg-empty" role="status">{sealing}</p>;
  return (
    <>
      <Gate me={me} pack={{}}>
        {me && <Me me={me} onSealing={setSealing} />}
      </Gate>
      <PhotoLine />
      <Stays />
      <LanguageChoice />
    </>
  );
}

// Whether the browser has promised not to clear what this phone keeps; silent where it does not say.
function Stays() {
  const t = useTexts();
  const [stays, setStays] = useState(null);
  useEffect(() => {
    navigator.storage?.persisted?.().then(setStays, () => {});
  }, []);
  return stays === null ? null : <p className="fg-muted">{t(stays ? "phone.storage_stays" : "phone.storage_may_go")}</p>;
}

// Records always go; photos, large as they are, may wait for Wi-Fi.
function PhotoLine() {
  const t = useTexts();
  const only = useWifiOnly();
  if (only === undefined) return null;
  const wait = tellsItsLine() ? "phone.photos_on_wifi" : "phone.photos_when_pressed";
  const choose = async (value) => {
    await putFact("wifi_only", value);
    drainNow();
  };
  return (
    <>
      <Choices
        label={t("phone.photo_line")}
        options={[
          { value: false, text: t("phone.photos_always") },
          { value: true, text: t(wait) },
        ]}
        chosen={only}
        onChoose={choose}
      />
      {only && <p className="fg-muted">{t("phone.photo_line_more")}</p>}
    </>
  );
}

function Me({ me, onSealing }) {
  const t = useTexts();
  return (
    <>
      <section className="fg-card">
        <h2>{me.name}</h2>
        <ul className="fg-list">
          {me.posts.map((post) => (
            <li key={post.id}>
              <strong>{t(`access.role.${post.role}`)}</strong>
              <p className="fg-muted">{post.grid_name}</p>
              {post.grid_level >= 2 && (
                <a className="fg-bar-link" href={`/g/${post.grid_code}`}>
                  {t("phone.my_board")}
                </a>
              )}
            </li>
          ))}
        </ul>
      </section>
      <WhoSees me={me} />
      <Notices />
      <Feed />
      <Devices />
      <LogOut me={me} onSealing={onSealing} />
    </>
  );
}

// Told before it is asked: a phone that notes places is trusted by who knows what becomes of it.
function WhoSees({ me }) {
  const t = useTexts();
  const told = me.can_record ? ["work", "place", "board", "no_ranking"] : me.can_lead ? [] : ["reports", "place", "board"];
  if (told.length === 0) return null;
  return (
    <details className="fg-card">
      <summary>
        <strong>{t("access.who_sees")}</strong>
      </summary>
      <ul className="fg-list">
        {told.map((one) => (
          <li key={one}>{t(`access.who_sees.${one}`)}</li>
        ))}
      </ul>
    </details>
  );
}

function Devices() {
  const t = useTexts();
  const [devices, setDevices] = useState(null);
  const [away, setAway] = useState(false);
  const load = () =>
    myDevices()
      .then((found) => {
        setDevices(found);
        setAway(false);
      })
      .catch(() => setAway(true));
  useEffect(() => {
    load();
  }, []);
  return (
    <section className="fg-card">
      <h2>{t("phone.devices")}</h2>
      {away && <p className="fg-muted">{t("phone.devices_need_server")}</p>}
      <ul className="fg-list">
        {(devices ?? []).map((device) => (
          <li key={device.id} className="fg-row fg-row-apart">
            <span className="fg-grow">
              {device.device}
              <small className="fg-muted"> {new Date(device.last_seen_at).toLocaleString("zh-CN")}</small>
            </span>
            {device.current ? (
              <span className="fg-tag fg-tag-ok">{t("phone.this_device")}</span>
            ) : (
              <button
                type="button"
                className="fg-button fg-button-small"
                onClick={() => endDevice(device.id).then(load, () => setAway(true))}
              >
                {t("phone.end_device")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
