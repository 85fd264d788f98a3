// The frame's living pieces: reach of the server, thumb bar with the outbox's count, what is missing.
import { Component, useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { goneIsRead, goneNow } from "../keeping/gone.js";
import { useCounts, useMe, useQueue, useRoomIsOut, useSkew, useWaitingVersion } from "./hooks.js";
import { HomeIcon, MeIcon, OutboxIcon } from "./icons.jsx";
import { SendNow } from "./send_now.jsx";
import { onSaid, saidNow } from "./said.js";
import { askLater, wantsInstalling } from "../person/stay.js";
import { t as text, useTexts } from "../texts.js";

export class ErrorBoundary extends Component {
  state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="fg-page">
        <section className="fg-card fg-empty" role="alert">
          <h1>{text("phone.page_broken")}</h1>
          <p>{text("phone.page_broken_more")}</p>
          <button type="button" className="fg-button fg-button-primary" onClick={() => location.reload()}>
            {text("phone.open_again")}
          </button>
          <a className="fg-button" href="/outbox">
            {text("phone.tab_outbox")}
          </a>
        </section>
      </main>
    );
  }
}

export function NetworkLine({ desk }) {
  const t = useTexts();
  const { reach } = useQueue();
  useEffect(() => {
    // On a phone the desk's links are wider than the screen: the one we are at is brought into sight.
    if (desk) document.querySelector("nav [aria-current=page]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [desk, reach]);
  if (reach === "unknown") return null;
  return (
    <span className="fg-network" data-online={reach === "here"} role="status">
      {t(reach === "here" ? "phone.online" : desk ? "phone.offline_desk" : "phone.offline")}
    </span>
  );
}

export function BackLink({ to }) {
  const t = useTexts();
  return (
    <Link className="fg-bar-link" to={to} aria-label={t("ui.back")}>
      ‹
    </Link>
  );
}

export function ThumbBar({ tab }) {
  const t = useTexts();
  const counts = useCounts(useMe());
  const open = (counts?.waiting ?? 0) + (counts?.refused ?? 0);
  const entries = [
    ["/", HomeIcon, t("phone.tab_home")],
    ["/outbox", OutboxIcon, open ? t("phone.tab_outbox_count", { count: open }) : t("phone.tab_outbox")],
    ["/me", MeIcon, t("phone.tab_me")],
  ];
  return (
    <>
      <Said />
      <nav className="fg-thumb-bar" aria-label={t("ui.navigation")}>
        {entries.map(([to, Icon, text]) => (
          <Link key={to} to={to} aria-current={to === tab ? "page" : undefined}>
            <Icon />
            <span>{text}</span>
          </Link>
        ))}
      </nav>
    </>
  );
}

// The place is there before anything is said in it: else a screen reader may not read it.
const NOTHING = { words: "" };

function Said() {
  const { words, number } = useSyncExternalStore(onSaid, saidNow, () => NOTHING);
  return (
    <div role="status">
      {words && (
        <div className="fg-toast" key={number}>
          {words}
        </div>
      )}
    </div>
  );
}

export function InstallHint() {
  const t = useTexts();
  const { login, problem } = useQueue();
  const skew = useSkew();
  const me = useMe();
  const [missing, setMissing] = useState("");
  const [install, setInstall] = useState(false);
  useEffect(() => {
    if (/MicroMessenger/.test(navigator.userAgent)) setMissing("phone.in_wechat");
    else if (!window.isSecureContext) setMissing("phone.plain_http");
    else if (wantsInstalling()) setInstall(true);
  }, []);
  const quiet = !login && !problem && skew === 0;
  return (
    <>
      {login && me && (
        <div className="fg-banner fg-banner-warn" role="status">
          <span className="fg-grow">{t("phone.log_in_again")}</span>
          <Link to="/login">{t("phone.log_in")}</Link>
        </div>
      )}
      <RoomIsOut />
      <Gone known={me !== undefined} />
      <NewVersion />
      {skew > 0 && <p className="fg-banner fg-banner-warn">{t("phone.clock_off", { minutes: skew })}</p>}
      {problem && <p className="fg-banner fg-banner-danger">{problem}</p>}
      {missing && <p className="fg-banner fg-banner-warn">{t(missing)}</p>}
      {install && quiet && me && <Install onLater={() => setInstall(false)} />}
      {me?.pilot && <p className="fg-muted">{t("ui.pilot")}</p>}
    </>
  );
}

// The way out stands on every screen: whoever leaves a form now may lose what is in it.
function RoomIsOut() {
  const t = useTexts();
  const out = useRoomIsOut();
  if (!out) return null;
  return (
    <div className="fg-banner fg-banner-danger" role="alert">
      <div className="fg-grow">
        <p>{t("phone.no_room_help")}</p>
        <SendNow className="fg-button-small" />
      </div>
    </div>
  );
}

const SHORT = { dateStyle: "short", timeStyle: "short" };

// The browser has cleared what this phone kept, and something unsent was in it: nobody else can tell of it.
// Known once the store was opened.
function Gone({ known }) {
  const t = useTexts();
  const [gone, setGone] = useState(null);
  useEffect(() => {
    if (known) setGone(goneNow());
  }, [known]);
  if (!gone) return null;
  const read = () => {
    goneIsRead();
    setGone(null);
  };
  const { records, photos, at } = gone;
  return (
    <div className="fg-banner fg-banner-danger" role="alert">
      <div className="fg-grow">
        <p>{t("phone.storage_gone", { records, photos, time: new Date(at).toLocaleString(document.documentElement.lang, SHORT) })}</p>
        <button type="button" className="fg-button fg-button-small" onClick={read}>
          {t("phone.close")}
        </button>
      </div>
    </div>
  );
}

function Install({ onLater }) {
  const t = useTexts();
  const later = () => {
    askLater();
    onLater();
  };
  return (
    <div className="fg-banner" role="status">
      <span className="fg-grow">{t("phone.install_ios")}</span>
      <button type="button" className="fg-button fg-button-small" onClick={later}>
        {t("phone.later")}
      </button>
    </div>
  );
}

// A new version never takes over by itself: somebody may be in the middle of a form.
function NewVersion() {
  const t = useTexts();
  const waiting = useWaitingVersion();
  if (!waiting) return null;
  const take = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    waiting.postMessage("take over");
  };
  return (
    <div className="fg-banner" role="status">
      <span className="fg-grow">{t("phone.new_version")}</span>
      <button type="button" className="fg-button fg-button-small" onClick={take}>
        {t("phone.take_new_version")}
      </button>
    </div>
  );
}
