// Home: whose grid, minutes today, what is due, four large buttons.
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { soon } from "../duties/coming.js";
import { localDay } from "../frame/formats.js";
import { Due, Duties, Warned } from "./waiting.jsx";
import { readAhead, useCounts, useDay, useMe, usePack, useRecords } from "../frame/hooks.js";
import { DoorIcon, HazardIcon, ShoutIcon, WalkIcon } from "../frame/icons.jsx";
import { clock, Gate } from "../frame/pieces.jsx";
import { Storage } from "../outbox/storage.jsx";
import { useTexts } from "../texts.js";

readAhead();

const OnDuty = lazy(() => import("../duties/onduty.jsx"));
const Coming = lazy(() => import("../duties/coming.jsx"));
const Reported = lazy(() => import("../hazards/reported.jsx"));

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
  const { minutes, active, asked, now } = useDay(pack, records);
  const { pack: day } = pack;
  const first = day.grids[0];
  // A secretary answers for the community; the small grids of it come first in the pack.
  const post = me.posts[0];
  const own = day.grids.find(({ code }) => code === post?.grid_code);
  const today = localDay(new Date(), day.timezone);
  return (
    <>
      <Warned day={day} records={records} now={now} />
      <section className="fg-card">
        <div className="fg-row fg-row-apart">
          <div>
            <h2>{post?.grid_name ?? first?.name ?? t("phone.no_grid")}</h2>
            <p className="fg-muted">
              {[own?.parent_name, me.name].filter(Boolean).join(" · ")}
              {day.grids.length > 1 && ` · ${t("phone.grids_count", { count: day.grids.length })}`}
            </p>
          </div>
          <span className="fg-row">
            {first?.presence && (
              <Link className="fg-button fg-button-small" to="/map">
                {t("phone.to_map")}
              </Link>
            )}
            {me.can_lead && (
              <a className="fg-button fg-button-small" href="/desk">
                {t("ui.desk")}
              </a>
            )}
          </span>
        </div>
        {me.training_first && <p className="fg-banner fg-banner-warn">{t("phone.training_first")}</p>}
        {me.can_record && <Minutes day={day} minutes={minutes} active={active} />}
      </section>
      {asked.length > 0 && (
        <Link className="fg-banner fg-banner-warn" to="/patrol">
          {t("phone.left_open_banner", { time: clock(asked[0].last_record_at) })}
        </Link>
      )}
      <nav className="fg-tiles" aria-label={t("phone.tiles")}>
        {me.can_record && (
          <Tile to="/patrol" Icon={WalkIcon} text={t(active ? "phone.tile_walking" : "phone.tile_patrol")} more={active ? t("phone.since", { time: clock(active.started_at) }) : ""} />
        )}
        <Tile to="/hazard" Icon={HazardIcon} text={t("phone.tile_hazard")} danger />
        {me.can_record && <Tile to="/shout" Icon={ShoutIcon} text={t("phone.tile_shout")} />}
        {me.can_record && <Tile to="/doors" Icon={DoorIcon} text={t("phone.tile_doors")} />}
      </nav>
      {(day.rota?.shifts.length > 0 || day.rota?.swaps.length > 0) && (
        <Suspense fallback={null}>
          <OnDuty me={me} day={day} records={records} />
        </Suspense>
      )}
      <Outbox me={me} />
      {day.by_name_only > 0 && <ByName day={day} />}
      <Duties day={day} records={records} />
      {soon(day.coming, today).length > 0 && (
        <Suspense fallback={null}>
          <Coming day={day} today={today} brief />
        </Suspense>
      )}
      {day.reported?.length > 0 && (
        <Suspense fallback={null}>
          <Reported reported={day.reported} />
        </Suspense>
      )}
      {me.can_record && <Due me={me} pack={pack} records={records} />}
      <a className="fg-button fg-button-danger fg-button-wide" href="tel:119">
        {t("ui.call_119")}
      </a>
    </>
  );
}

function Minutes({ day, minutes, active }) {
  const t = useTexts();
  const { target_minutes: target, away } = day;
  const share = target ? Math.min(100, Math.round((minutes / target) * 100)) : 0;
  return (
    <>
      <p className="fg-row fg-row-apart">
        <span>
          <strong className="fg-big">{minutes}</strong> {t("phone.minutes")}
        </span>
        <span className="fg-muted">
          {target
            ? t("phone.of_target", { target })
            : away
              ? t(`phone.away_${away.why}`, { words: away.words, day: away.last.slice(5) })
              : t(day.is_workday ? "phone.none_asked" : "phone.rest_day")}
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
    <>
      <Link className={`fg-banner ${refused ? "fg-banner-danger" : "fg-banner-warn"}`} to="/outbox">
        {refused
          ? t("phone.some_refused", { count: refused })
          : t(photos ? "phone.some_waiting" : "phone.records_waiting", { count: waiting, photos })}
      </Link>
      <Storage unsent={waiting + refused} />
    </>
  );
}

// Whoever answers for a street or more carries the names of its grids, not what is in them.
function ByName({ day }) {
  const t = useTexts();
  return (
    <p className="fg-banner">
      {t("phone.grids_by_name", { count: day.by_name_only })}
      {day.left_out > 0 && ` ${t("phone.grids_left_out", { count: day.left_out })}`}
    </p>
  );
}
