// The desk's living pieces: the map beside the list, the minute's refresh, the panel, a link to copy.
import { useEffect, useRef, useState } from "react";
import "../phone/texts.access.js";
import "../phone/texts.desk.js";
import { useTexts } from "../phone/texts.js";

const WIDE = "(min-width: 1000px)";
const TICK = 5000;
const STALE_MINUTES = 3;

// The map in its frame. Beside the list there is always room; on a phone it unfolds when wanted.
export function MapFrame({ src, stamp, selected, day, week, onGrid }) {
  const t = useTexts();
  const frame = useRef(null);
  const [open, setOpen] = useState(false);
  const [wide, setWide] = useState(false);

  useEffect(() => {
    const room = matchMedia(WIDE);
    const fit = () => setWide(room.matches);
    fit();
    room.addEventListener("change", fit);
    return () => room.removeEventListener("change", fit);
  }, []);

  const tell = (words) => frame.current?.contentWindow?.postMessage(words, location.origin);

  useEffect(() => {
    const hear = (event) => {
      // Any window may post here: only our own frame from our own server is listened to.
      if (event.origin !== location.origin) return;
      if (!frame.current || event.source !== frame.current.contentWindow) return;
      const said = event.data ?? {};
      if (said.firegrid === "grid" && typeof said.code === "string") onGrid?.(said.code);
      if (said.firegrid !== "ready") return;
      tell({ firegrid: "days", day, week });
      if (selected) tell({ firegrid: "select", code: selected });
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, [onGrid, selected, day, week]);

  useEffect(() => tell({ firegrid: "select", code: selected }), [selected]);
  useEffect(() => tell({ firegrid: "days", day, week }), [day, week]);
  // The list has fresh figures: the map asks for its own at once, so that the two agree.
  useEffect(() => tell({ firegrid: "refresh" }), [stamp]);

  const shown = wide || open;
  return (
    <div className="fg-map">
      {!wide && (
        <button
          type="button"
          className="fg-button fg-button-wide"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "desk.map_fold" : "desk.map_open")}
        </button>
      )}
      {shown && <iframe ref={frame} className="fg-map-frame" src={src} title={t("desk.map")} />}
    </div>
  );
}

// From when the figures are, and the next ones once a minute: only while the page is looked at and
// the server is in reach, and never a second time before the first was answered.
export function DeskPulse({ stamp, time, every, offline, onTick }) {
  const t = useTexts();
  const [minutes, setMinutes] = useState(0);
  const since = useRef(0);
  const asked = useRef(0);

  useEffect(() => {
    since.current = Date.now();
    asked.current = 0;
    setMinutes(0);
  }, [stamp]);

  useEffect(() => {
    const tick = () => {
      const now = Date.now();
      setMinutes(Math.floor((now - since.current) / 60000));
      if (offline || !stamp || document.visibilityState !== "visible") return;
      const patience = asked.current ? 2 * every * 1000 : 0;
      if (now - since.current < every * 1000 || now - asked.current < patience) return;
      asked.current = now;
      onTick?.();
    };
    const timer = setInterval(tick, TICK);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [stamp, every, offline, onTick]);

  if (offline) {
    return (
      <p className="fg-banner fg-banner-warn" role="status">
        {stamp ? t("desk.offline_since", { time }) : t("desk.offline")}
      </p>
    );
  }
  if (!stamp) return null;
  return (
    <p className="fg-muted" role="status">
      {minutes < STALE_MINUTES ? t("desk.as_of", { time }) : t("desk.stale", { time, minutes })}
    </p>
  );
}

// A panel over the page. It takes the focus, gives it back, and closes on Escape. It goes at once,
// without waiting for the server: closing has to work without network too.
export function Panel({ label, closeLabel, heading, onClose, children }) {
  const box = useRef(null);
  const [gone, setGone] = useState(false);
  const close = () => {
    setGone(true);
    onClose?.();
  };
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus({ preventScroll: true });
    return () => before?.isConnected && before.focus?.({ preventScroll: true });
  }, []);
  useEffect(() => {
    // Not in a note being written: it would be lost.
    const key = (event) => {
      if (event.key === "Escape" && event.target?.tagName !== "TEXTAREA") close();
    };
    if (!gone) document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  });

  if (gone) return null;
  return (
    <section
      ref={box}
      className="fg-panel"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
    >
      <div className="fg-panel-head">
        <div className="fg-grow">
          <h2>{label}</h2>
          <p className="fg-muted">{heading}</p>
        </div>
        <button type="button" className="fg-bar-link" aria-label={closeLabel} onClick={close}>
          ✕
        </button>
      </div>
      {children}
    </section>
  );
}

// A link to hand on. Without https there is no clipboard for scripts: then it is marked to copy by hand.
export function CopyLink({ link }) {
  const t = useTexts();
  const field = useRef(null);
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid("access.copied");
    } catch {
      field.current.focus();
      field.current.select();
      setSaid(document.execCommand("copy") ? "access.copied" : "access.copy_by_hand");
    }
  };
  return (
    <div className="fg-field">
      <label htmlFor="invitation-link">{t("access.link")}</label>
      <input id="invitation-link" ref={field} className="fg-input" readOnly value={link} />
      <div className="fg-row">
        <button type="button" className="fg-button fg-button-primary" onClick={copy}>
          {t("access.copy")}
        </button>
        <span role="status">{said && t(said)}</span>
      </div>
    </div>
  );
}
