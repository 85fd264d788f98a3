// Patrol: start, arrive at check points with one tap each, end.
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { arrival, cameTo } from "./checks.js";
import { readAhead, useDay, useMe, useNow, usePack, usePlace, useRecords } from "../frame/hooks.js";
import { Floors, Presence } from "./floors.jsx";
import { clock, Gate, GridChoice, PlaceLine, useToast } from "../frame/pieces.jsx";
import { canLocate } from "../frame/place.js";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import "../texts.points.js";
import { useTexts } from "../texts.js";
import { AlsoOpen, LeftOpen, Walks } from "./walkends.jsx";
import { OnTheWay, ScanButton, useWay } from "./way.jsx";

readAhead();

const Whereabouts = lazy(() => import("../maps/whereabouts.jsx"));
// Fetched where premises have been looked at and have to sign.
const Letter = lazy(() => import("../places/letter.jsx"));

export function PatrolScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Patrol me={me} pack={pack} />
    </Gate>
  );
}

function Patrol({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { walks, minutes, active, asked, longestGap, now } = useDay(pack, records);
  const place = usePlace();
  const [toast, say] = useToast();
  const way = useWay();
  // A second tap before the screen shows the first one is no second record: a walk begins and ends once.
  const tapped = useRef(new Set());
  useEffect(() => tapped.current.clear(), [records]);
  // Says whether the record is kept.
  const keep = async (kind, body, text, names, id) => {
    const tap = JSON.stringify([kind, { ...body, until: null }]);
    if (tapped.current.has(tap)) return false;
    tapped.current.add(tap);
    try {
      await record(kind, body, { id, owner: me.person_id, position: place, names });
      say(text);
      return true;
    } catch (error) {
      tapped.current.delete(tap);
      say(t(whyNotKept(error)));
      return false;
    }
  };
  const others = walks.filter((walk) => !walk.ended_at && walk.id !== active?.id && !asked.includes(walk));
  const nameOf = (code) => pack.pack.grids.find((grid) => grid.code === code)?.name ?? code;
  return (
    <>
      {me.training_first && <p className="fg-banner fg-banner-warn">{t("phone.training_first")}</p>}
      {asked.map((walk) => (
        <LeftOpen
          key={`${walk.id} ${walk.last_record_at}`}
          walk={walk}
          gridName={nameOf(walk.grid)}
          now={now}
          longestGap={longestGap}
          keep={keep}
        />
      ))}
      {way.what && records !== undefined ? (
        <OnTheWay way={way} me={me} day={pack.pack} active={active} records={records} position={place} keep={keep} />
      ) : asked.includes(active) ? null : active ? (
        <Walking me={me} day={pack.pack} active={active} records={records} position={place} keep={keep} way={way} />
      ) : me.training_first && !me.can_record ? null : (
        <Start day={pack.pack} keep={keep} way={way} place={place} />
      )}
      {others.map((walk) => (
        <AlsoOpen key={walk.id} walk={walk} keep={keep} />
      ))}
      <PlaceLine place={place} possible={canLocate()} />
      {walks.length > 0 && (
        <Walks walks={walks} minutes={minutes} longestGap={longestGap} keep={keep} />
      )}
      {toast}
    </>
  );
}

function Start({ day, keep, way, place }) {
  const t = useTexts();
  const grids = useMemo(() => {
    const withPoints = new Set(day.check_points.filter((point) => !point.closed_on).map((point) => point.grid));
    return day.grids.filter((grid) => withPoints.has(grid.code));
  }, [day]);
  const [chosen, setChosen] = useState(grids[0]?.code ?? day.grids[0]?.code);
  return (
    <section className="fg-card">
      <GridChoice grids={grids} chosen={chosen} onChoose={setChosen} />
      {grids.length > 1 && place && (
        <Suspense fallback={null}>
          <Whereabouts grids={grids} place={place} chosen={chosen} onChoose={setChosen} />
        </Suspense>
      )}
      <button
        type="button"
        className="fg-button fg-button-primary fg-button-wide"
        onClick={() => keep("patrol.start", { grid: chosen }, t("phone.kept_start"))}
      >
        {t("phone.start_patrol")}
      </button>
      <ScanButton way={way} />
      <p className="fg-muted">{t("phone.no_tracks")}</p>
    </section>
  );
}

function Walking({ me, day, active, records, position, keep, way }) {
  const t = useTexts();
  const now = useNow(10000);
  const [ending, setEnding] = useState(false);
  const { arrived, tried, last } = cameTo(active, records);
  const points = useMemo(() => {
    const places = new Map(day.places.map((place) => [place.id, place]));
    return day.check_points
      .filter((point) => point.grid === active.grid && !point.closed_on)
      .map((point) => ({ ...point, due: places.get(point.place)?.due, outcome: places.get(point.place)?.outcome }));
  }, [day, active.grid]);
  const arrive = (point) =>
    keep("patrol.arrive", arrival(active.id, point), t("phone.kept_arrival", { name: point.name }), {
      check_point: point.name,
    });
  // Who taps "all fine" in the list never opens the point: the letter is offered below it.
  const letterBelow = (point) => {
    const place = point.place && day.places.find((one) => one.id === point.place);
    return place ? (
      <Suspense fallback={null}>
        <Letter me={me} day={day} place={place} patrol={active.id} records={records} position={position} quiet />
      </Suspense>
    ) : null;
  };
  return (
    <>
      <section className="fg-card">
        <p className="fg-row fg-row-apart">
          <span className="fg-big">{t("phone.walking_minutes", { minutes: Math.floor((now - active.started_at) / 60000) })}</span>
          <span className="fg-muted">{t("phone.since", { time: clock(active.started_at) })}</span>
        </p>
        <p className="fg-muted">{t("phone.arrived_of", { count: arrived.size, total: points.length })}</p>
        <Link className="fg-button fg-button-danger fg-button-wide" to="/hazard?back=/patrol">
          {t("phone.found_hazard")}
        </Link>
        <ScanButton way={way} />
      </section>
      <Presence asked={day.grids.find((grid) => grid.code === active.grid)?.presence} />
      <Floors
        points={points}
        arrived={arrived}
        tried={tried}
        last={last}
        onFine={arrive}
        onLook={way.look}
        below={letterBelow}
      />
      {ending ? (
        <section className="fg-card" role="alertdialog" aria-label={t("phone.end_patrol")}>
          <p>{t("phone.end_question", { count: arrived.size })}</p>
          <div className="fg-row">
            <button
              type="button"
              className="fg-button fg-button-primary fg-grow"
              onClick={() => keep("patrol.end", { patrol: active.id, ended_at: null, note: "" }, t("phone.kept_end"))}
            >
              {t("phone.end_yes")}
            </button>
            <button type="button" className="fg-button fg-grow" onClick={() => setEnding(false)}>
              {t("phone.end_no")}
            </button>
          </div>
        </section>
      ) : (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setEnding(true)}>
          {t("phone.end_patrol")}
        </button>
      )}
    </>
  );
}
