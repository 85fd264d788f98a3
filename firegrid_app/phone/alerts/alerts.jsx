// Warnings and notices in force: one is read out large, opening it is the receipt that it was seen, one
// form notes that it was passed on. All of it works without network.
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { Aloud } from "../shouts/aloud.jsx";
import { useCalling } from "../shouts/calling.js";
import { useDay, useMe, usePack, useRecords } from "../frame/hooks.js";
import { Banner, calendarDay, clock, Gate, GridChoice, PlaceLine, useToast } from "../frame/pieces.jsx";
import { canLocate } from "../frame/place.js";
import { record } from "../sending/queue.js";
import { MeansAndReached } from "../shouts/reached.jsx";
import "../texts.alerts.js";
import { useTexts } from "../texts.js";
import { inForce, isLate, isSeen, leftIn, lowest } from "./warned.js";

const EMPTY = { grid: "", means: "loudhailer", reached: "10", seconds: 0, photos: [], voice: null };
const moment = (at) => `${calendarDay(at).slice(5)} ${clock(at)}`;

export function AlertScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Alerts me={me} pack={pack} />
    </Gate>
  );
}

function Alerts({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { active, now } = useDay(pack, records);
  const wanted = new URLSearchParams(useLocation().search).get("id");
  const { pack: day } = pack;
  const some = inForce(day.alerts, now);
  const one = some.find(({ id }) => String(id) === wanted);
  if (one) return <One key={`${one.id} ${one.edition}`} me={me} day={day} alert={one} records={records} active={active} now={now} />;
  return (
    <>
      {wanted && <Banner>{t("alerts.gone")}</Banner>}
      {some.length === 0 && <p className="fg-empty">{t("alerts.phone_none")}</p>}
      {some.length > 0 && (
        <ul className="fg-card fg-list">
          {some.map((alert) => (
            <li key={alert.id}>
              <Link className="fg-list-link" to={`/alerts?id=${alert.id}`}>
                <strong>{alert.title}</strong>
              </Link>
              <div className="fg-row">
                <Tags alert={alert} day={day} records={records} now={now} />
              </div>
              <p className="fg-muted">{t("alerts.pass_by", { time: moment(alert.deadline_at) })}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Tags({ alert, day, records, now }) {
  const t = useTexts();
  const left = leftIn(alert, records, day.grids).length;
  const works = alert.grids.length > 0;
  const told = alert.to_residents && left === 0;
  return (
    <>
      {alert.colour && (
        <span className="fg-tag fg-alert" data-colour={alert.colour}>
          {t(`alerts.colour.${alert.colour}`)}
        </span>
      )}
      {works && told && <span className="fg-tag fg-tag-ok">{t("alerts.all_told")}</span>}
      {works && !told && (
        <span className={`fg-tag ${isSeen(alert, records) ? "" : "fg-tag-warn"}`}>
          {t(isSeen(alert, records) ? "alerts.standing.seen" : "alerts.standing.unseen")}
        </span>
      )}
      {works && left > 0 && isLate(alert, now) && (
        <span className="fg-tag fg-tag-danger">{t("alerts.standing.late")}</span>
      )}
    </>
  );
}

// Opened is seen: once for every edition, by whoever works in a grid it is for.
function useSeen(me, alert, records) {
  const noted = useRef(false);
  const seen = records && isSeen(alert, records);
  useEffect(() => {
    if (seen !== false || noted.current || alert.grids.length === 0) return;
    noted.current = true;
    record(
      "alert.seen",
      { alert: alert.id, edition: alert.edition },
      { owner: me.person_id, names: { alert: alert.title } },
    ).catch(() => {
      // No room on the phone: the frame says so; it is noted when it is opened again.
      noted.current = false;
    });
    // eslint-disable-next-line -- one opening, one record
  }, [seen]);
}

function One({ me, day, alert, records, active, now }) {
  const t = useTexts();
  useSeen(me, alert, records);
  const [again, setAgain] = useState(false);
  const [toast, say] = useToast();
  const left = leftIn(alert, records, day.grids);
  const waiting = lowest(left, day.grids).length;
  const passes = alert.to_residents && alert.grids.length > 0;
  return (
    <>
      {day.alerts.length > 1 && (
        <Link className="fg-button fg-button-quiet fg-button-small fg-start" to="/alerts">
          ‹ {t("alerts.back")}
        </Link>
      )}
      <article className="fg-card fg-alert-sheet" data-colour={alert.colour}>
        <h2>{alert.title}</h2>
        <div className="fg-row">
          <Tags alert={alert} day={day} records={records} now={now} />
        </div>
        <p className="fg-muted">{t(alert.to_residents ? "alerts.read_out" : "alerts.for_you")}</p>
        <blockquote className="fg-alert-words">{alert.words}</blockquote>
        <p className="fg-muted">
          {[
            Date.parse(alert.starts_at) > now && t("alerts.from", { time: moment(alert.starts_at) }),
            t("alerts.until", { time: moment(alert.ends_at) }),
            alert.issuer,
            alert.number,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </article>
      {passes && left.length > 0 && isLate(alert, now) && <Banner kind="danger">{t("alerts.too_late")}</Banner>}
      {passes && waiting > 1 && <p>{t("alerts.go_on", { count: waiting })}</p>}
      {passes && (left.length > 0 || again) && (
        <Pass
          key={left.length}
          me={me}
          day={day}
          alert={alert}
          left={left}
          active={active}
          onKept={() => {
            setAgain(false);
            say(t("alerts.kept"));
          }}
        />
      )}
      {passes && left.length === 0 && !again && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setAgain(true)}>
          {t("alerts.more_times")}
        </button>
      )}
      {toast}
    </>
  );
}

// It was passed on: a shout that names the warning.
function Pass({ me, day, alert, left, active, onKept }) {
  const t = useTexts();
  const { draft, change, place, busy, gridIn, keep, asked, aloud } = useCalling({
    me,
    form: `alert ${alert.id}.${alert.edition}`,
    empty: EMPTY,
  });
  const mine = day.grids.filter(({ code }) => alert.grids.includes(code));
  const grids = left.length > 0 ? mine.filter(({ code }) => left.includes(code)) : mine;
  const grid = gridIn(grids, active);
  const what = {
    body: {
      grid,
      patrol: active?.id ?? null,
      script: "",
      alert: alert.id,
      edition: alert.edition,
      where: "",
    },
    names: { alert: alert.title },
    done: onKept,
  };
  const save = (event) => {
    event.preventDefault();
    return keep(what);
  };
  return (
    <form className="fg-card" onSubmit={save} noValidate>
      <h2>{t("alerts.pass_on")}</h2>
      <Aloud {...aloud(alert.words, what)} />
      <MeansAndReached {...asked} />
      <GridChoice grids={grids} chosen={grid} onChoose={(code) => change({ grid: code })} />
      <PlaceLine place={place} possible={canLocate()} />
      <button className="fg-button fg-button-primary fg-button-wide fg-keep" disabled={busy}>
        {t("alerts.all_told")}
      </button>
    </form>
  );
}
