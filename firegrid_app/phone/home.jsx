// Home: whose grid, minutes today, what is due, four large buttons.
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { soon } from "./coming.js";
import { byUrgency as dutiesByUrgency } from "./due.js";
import { readAhead, useCounts, useDay, useMe, usePack, useRecords } from "./hooks.js";
import { DoorIcon, HazardIcon, ShoutIcon, WalkIcon } from "./icons.jsx";
import { calendarDay, clock, Gate } from "./pieces.jsx";
import { localDay } from "./queue.js";
import { byUrgency, known } from "./seeing.js";
import { Storage } from "./storage.jsx";
import { useTexts } from "./texts.js";
import { asks, inForce } from "./warned.js";

readAhead();

const OnDuty = lazy(() => import("./onduty.jsx"));
const Coming = lazy(() => import("./coming.jsx"));

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
      {me.can_record && <Due me={me} pack={pack} records={records} />}
      <a className="fg-button fg-button-danger fg-button-wide" href="tel:119">
        {t("ui.call_119")}
      </a>
    </>
  );
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
          {target
            ? t("phone.of_target", { target })
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
          : t("phone.some_waiting", { count: waiting, photos: photos ?? 0 })}
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

// What warns these grids, the gravest that still asks for something by name.
function Warned({ day, records, now }) {
  const t = useTexts();
  const some = inForce(day.alerts, now);
  if (!records || some.length === 0) return null;
  const open = some.filter((one) => asks(one, records, day.grids));
  const [first] = [...open, ...some];
  const key = open.length ? "phone.alerts_open" : "phone.alerts_quiet";
  return (
    <Link
      className={`fg-banner ${open.length ? "fg-banner-danger" : "fg-banner-warn"}`}
      to={some.length === 1 ? `/alerts?id=${first.id}` : "/alerts"}
    >
      <span>
        <strong>{first.title}</strong>
        <br />
        {t(key, { open: open.length, count: some.length, time: `${calendarDay(first.deadline_at).slice(5)} ${clock(first.deadline_at)}` })}
      </span>
    </Link>
  );
}

// One quiet line by urgency; the list itself is a page of its own.
function Duties({ day, records }) {
  const t = useTexts();
  if (!day.duties?.length) return null;
  const groups = dutiesByUrgency(day.duties, records, localDay(new Date(), day.timezone));
  const counts = Object.fromEntries(Object.entries(groups).map(([name, some]) => [name, some.length]));
  return (
    <Link className={`fg-banner ${counts.overdue || counts.today ? "fg-banner-warn" : ""}`} to="/duties">
      {counts.overdue + counts.today + counts.week ? t("phone.duties_due", counts) : t("phone.duties_quiet")}
    </Link>
  );
}

function Due({ me, pack, records }) {
  const t = useTexts();
  const { pack: day } = pack;
  const hazards = byUrgency(known(day.hazards, records, pack.fetched), me.person_id);
  const today = localDay(new Date(), day.timezone);
  const doorsDue = day.doors.filter((door) => door.due).length + (day.doors_waiting ?? 0);
  return (
    <section className="fg-card">
      <h2>{t("phone.due")}</h2>
      {day.hazards.length === 0 && doorsDue === 0 && <p className="fg-muted">{t("phone.nothing_due")}</p>}
      <ul className="fg-list">
        {hazards.slice(0, 8).map((hazard) => (
          <li key={hazard.id}>
            <Link className="fg-entry" to={`/hazards?open=${hazard.id}`}>
              <span className="fg-row fg-row-apart">
                <strong>{t(`hazards.category.${hazard.category}`)}</strong>
                <span className={`fg-tag ${hazard.due_on < today ? "fg-tag-danger" : "fg-tag-warn"}`}>
                  {hazard.due_on < today
                    ? t("phone.overdue_since", { day: hazard.due_on.slice(5) })
                    : t("phone.due_on", { day: hazard.due_on.slice(5) })}
                </span>
              </span>
              <span className="fg-muted">
                {[hazard.grid_name, hazard.where_words, t(`hazards.status.${hazard.status}`)].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        ))}
        {day.hazards.length > 0 && (
          <li>
            <Link className="fg-list-link" to="/hazards">
              {t("phone.see_hazards", { count: day.hazards.length })}
            </Link>
          </li>
        )}
        {doorsDue > 0 && (
          <li>
            <Link className="fg-list-link" to="/doors">
              {t("phone.doors_due", { count: doorsDue })}
            </Link>
          </li>
        )}
      </ul>
    </section>
  );
}
