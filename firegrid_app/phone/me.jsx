// Me: my posts, my devices, language, log-out that loses nothing.
import { useEffect, useState } from "react";
import { endDevice, logOut, myDevices } from "./door.js";
import { useCounts, useMe } from "./hooks.js";
import { Banner, Choices, Gate } from "./pieces.jsx";
import { forgetPerson } from "./store.js";
import { languages, setLanguage, useLanguage, useTexts } from "./texts.js";

export function MeScreen() {
  const me = useMe();
  return (
    <>
      <Gate me={me} pack={{}}>
        {me && <Me me={me} />}
      </Gate>
      <Language />
    </>
  );
}

function Language() {
  const t = useTexts();
  const language = useLanguage();
  return (
    <Choices
      label={t("phone.language")}
      options={languages.map((value) => ({ value, text: t(`phone.language_name.${value}`) }))}
      chosen={language}
      onChoose={setLanguage}
    />
  );
}

function Me({ me }) {
  const t = useTexts();
  const counts = useCounts(me);
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState("");
  const unsent = (counts?.waiting ?? 0) + (counts?.photos ?? 0) + (counts?.refused ?? 0);
  const leave = async () => {
    try {
      await logOut();
    } catch {
      setProblem(t("phone.log_out_needs_server"));
      return;
    }
    await forgetPerson(me.person_id);
    location.replace("/login");
  };
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
      <Devices />
      <section className="fg-card">
        {unsent > 0 && <Banner kind="warn">{t("phone.log_out_unsent", { count: unsent })}</Banner>}
        {problem && <Banner kind="danger">{problem}</Banner>}
        {leaving ? (
          <div className="fg-row">
            <button type="button" className="fg-button fg-button-danger fg-grow" onClick={leave}>
              {t("phone.log_out_yes")}
            </button>
            <button type="button" className="fg-button fg-grow" onClick={() => setLeaving(false)}>
              {t("phone.log_out_no")}
            </button>
          </div>
        ) : (
          <button type="button" className="fg-button fg-button-wide" onClick={() => setLeaving(true)}>
            {t("phone.log_out")}
          </button>
        )}
      </section>
    </>
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
