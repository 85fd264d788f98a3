// What waits for the person on the first screen: warnings, duties, hazards and doors, each a line and a way on.
import { useMemo } from "react";
import { Link } from "react-router";
import { comeBack, doorName, lastOutcomes } from "../doors/knocks.js";
import { byUrgency as dutiesByUrgency } from "../duties/due.js";
import { localDay } from "../frame/formats.js";
import { calendarDay, clock } from "../frame/pieces.jsx";
import { byUrgency, known } from "../hazards/seeing.js";
import { useTexts } from "../texts.js";
import { asks, inForce } from "../alerts/warned.js";

const MOST_CARE = 5;

// What warns these grids, the gravest that still asks for something by name.
export function Warned({ day, records, now }) {
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
export function Duties({ day, records }) {
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

export function Due({ me, pack, records }) {
  const t = useTexts();
  const { pack: day } = pack;
  const hazards = byUrgency(known(day.hazards, records, pack.fetched), me.person_id);
  const today = localDay(new Date(), day.timezone);
  const doors = useMemo(() => comeBack(day.doors, lastOutcomes(day.doors, records ?? [])), [day, records]);
  const doorsDue = doors.length + (day.doors_waiting ?? 0);
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
        {doors.filter(({ care }) => care).slice(0, MOST_CARE).map(({ door, at }) => (
          <CareVisit key={door.id} door={door} at={at} gridName={day.grids.length > 1 && day.grids.find(({ code }) => code === door.grid)?.name} />
        ))}
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

// The door and when somebody was there last; what its people need is said at the door only.
function CareVisit({ door, at, gridName }) {
  const t = useTexts();
  return (
    <li>
      <Link className="fg-entry" to={`/doors?door=${door.id}`}>
        <span className="fg-row fg-row-apart">
          <strong>♥ {doorName(door)}</strong>
          <span className="fg-tag fg-tag-warn">{t("phone.care_due")}</span>
        </span>
        <span className="fg-muted">
          {[gridName, t(at ? "phone.care_last" : "phone.care_long_ago", { day: at && calendarDay(at) })].filter(Boolean).join(" · ")}
        </span>
      </Link>
    </li>
  );
}
