// Home: whose grid, minutes today, what is due, four large buttons.
import { useEffect } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { useCounts, useDay, useMe, usePack, useRecords } from "./hooks.js";
import { DoorIcon, HazardIcon, ShoutIcon, WalkIcon } from "./icons.jsx";
import { clock, Gate, useToast } from "./pieces.jsx";
import { localDay } from "./queue.js";
import { useTexts } from "./texts.js";

export function Home() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Day me={me} pack={pack} />
    </Gate>
  );
}

function Day({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { minutes, active } = useDay(pack, records);
  const { pack: day } = pack;
  const first = day.grids[0];
  const toast = useKeptToast();
  return (
    <>
      <section className="fg-card">
        <div className="fg-row fg-row-apart">
          <div>
            <h2>{first?.name ?? t("phone.no_grid")}</h2>
            <p className="fg-muted">
              {[first?.parent_name, me.name].filter(Boolean).join(" · ")}
              {day.grids.length > 1 && ` · ${t("phone.grids_count", { count: day.grids.length })}`}
            </p>
          </div>
          {me.can_lead && (
            <a className="fg-button fg-button-small" href="/desk">
              {t("ui.desk")}
            </a>
          )}
        </div>
        {me.can_record && <Minutes day={day} minutes={minutes} active={active} />}
      </section>
      <nav className="fg-tiles" aria-label={t("phone.tiles")}>
        {me.can_record && (
          <Tile to="/patrol" Icon={WalkIcon} text={t(active ? "phone.tile_walking" : "phone.tile_patrol")} more={active ? t("phone.since", { time: clock(active.started_at) }) : ""} />
        )}
        <Tile to="/hazard" Icon={HazardIcon} text={t("phone.tile_hazard")} danger />
        {me.can_record && <Tile to="/shout" Icon={ShoutIcon} text={t("phone.tile_shout")} />}
        {me.can_record && <Tile to="/doors" Icon={DoorIcon} text={t("phone.tile_doors")} />}
      </nav>
      <Outbox me={me} />
      {me.can_record && <Due day={day} />}
      <a className="fg-button fg-button-danger fg-button-wide" href="tel:119">
        {t("ui.call_119")}
      </a>
      {toast}
    </>
  );
}

// A capture form ends here and says what it kept; once, also when the page is opened again.
function useKeptToast() {
  const t = useTexts();
  const { state } = useLocation();
  const navigate = useNavigate();
  const [toast, say] = useToast();
  useEffect(() => {
    if (!state?.kept) return;
    say(t(state.kept));
    navigate("/", { replace: true, state: null });
    // eslint-disable-next-line -- the setters are new functions at every draw
  }, [state]);
  return toast;
}

function Minutes({ day, minutes, active }) {
  const t = useTexts();
  const target = day.target_minutes;
  const share = target ? Math.min(100, Math.round((minutes / target) * 100)) : 0;
  return (
    <>
      <p className="fg-row fg-row-apart">
        <span>
          <strong className="fg-big">{minutes}</strong> {t("phone.minutes")}
        </span>
        <span className="fg-muted">
          {target ? t("phone.of_target", { target }) : t("phone.rest_day")}
        </span>
      </p>
      {target > 0 && (
        <div
          className="fg-meter"
          role="progressbar"
          aria-valuenow={minutes}
          aria-valuemin={0}
          aria-valuemax={target}
          aria-label={t("phone.minutes_today")}
        >
          <span style={{ width: `${share}%` }} />
        </div>
      )}
      {active && <p className="fg-muted">{t("phone.counts_to_last_record")}</p>}
      {!day.calendar_known && <p className="fg-muted">{t("phone.calendar_unknown")}</p>}
    </>
  );
}

function Tile({ to, Icon, text, more, danger }) {
  return (
    <Link className={`fg-tile ${danger ? "fg-tile-danger" : ""}`} to={to}>
      <Icon />
      <span>{text}</span>
      {more && <small>{more}</small>}
    </Link>
  );
}

function Outbox({ me }) {
  const t = useTexts();
  const counts = useCounts(me);
  if (!counts) return null;
  const { waiting, photos, refused } = counts;
  if (!waiting && !photos && !refused) {
    return <p className="fg-banner fg-banner-ok">{t("phone.all_sent")}</p>;
  }
  return (
    <Link className={`fg-banner ${refused ? "fg-banner-danger" : "fg-banner-warn"}`} to="/outbox">
      {refused
        ? t("phone.some_refused", { count: refused })
        : t("phone.some_waiting", { count: waiting, photos: photos ?? 0 })}
    </Link>
  );
}

function Due({ day }) {
  const t = useTexts();
  const today = localDay(new Date(), day.timezone);
  const comeBack = day.doors.filter((door) => door.last_outcome === "come_back" || door.last_outcome === "no_answer");
  return (
    <section className="fg-card">
      <h2>{t("phone.due")}</h2>
      {day.hazards.length === 0 && comeBack.length === 0 && <p className="fg-muted">{t("phone.nothing_due")}</p>}
      <ul className="fg-list">
        {day.hazards.slice(0, 8).map((hazard) => (
          <li key={hazard.id}>
            <div className="fg-row fg-row-apart">
              <strong>{t(`hazards.category.${hazard.category}`)}</strong>
              <span className={`fg-tag ${hazard.due_on < today ? "fg-tag-danger" : "fg-tag-warn"}`}>
                {hazard.due_on < today
                  ? t("phone.overdue_since", { day: hazard.due_on.slice(5) })
                  : t("phone.due_on", { day: hazard.due_on.slice(5) })}
              </span>
            </div>
            <p className="fg-muted">
              {[hazard.grid_name, hazard.where_words, t(`hazards.status.${hazard.status}`)].filter(Boolean).join(" · ")}
            </p>
          </li>
        ))}
        {day.hazards.length > 8 && <li className="fg-muted">{t("phone.more_hazards", { count: day.hazards.length - 8 })}</li>}
        {comeBack.length > 0 && (
          <li>
            <Link className="fg-list-link" to="/doors">
              {t("phone.doors_to_come_back", { count: comeBack.length })}
            </Link>
          </li>
        )}
      </ul>
    </section>
  );
}
