// Patrol: start, arrive at check points with one tap each, end.
import { useState } from "react";
import { Link } from "react-router";
import { useDay, useMe, useNow, usePack, usePlace, useRecords } from "./hooks.js";
import { clock, Gate, GridChoice, PlaceLine, useToast } from "./pieces.jsx";
import { canLocate } from "./place.js";
import { record } from "./queue.js";
import { useTexts } from "./texts.js";

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
  const { walks, minutes, active } = useDay(pack, records);
  const place = usePlace();
  const [toast, say] = useToast();
  const keep = async (kind, body, text) => {
    try {
      await record(kind, body, { owner: me.person_id, position: place });
      say(text);
    } catch {
      say(t("phone.not_kept"));
    }
  };
  return (
    <>
      {active ? (
        <Walking day={pack.pack} active={active} records={records} keep={keep} />
      ) : (
        <Start day={pack.pack} keep={keep} />
      )}
      <PlaceLine place={place} possible={canLocate()} />
      {walks.length > 0 && (
        <section className="fg-card">
          <h2>{t("phone.walks_today", { minutes })}</h2>
          <ul className="fg-list">
            {walks.map((walk) => (
              <li key={walk.id} className="fg-number">
                {clock(walk.started_at)} – {walk.ended_at ? clock(walk.ended_at) : t("phone.still_walking")}
              </li>
            ))}
          </ul>
        </section>
      )}
      {toast}
    </>
  );
}

function Start({ day, keep }) {
  const t = useTexts();
  const grids = day.grids.filter((grid) => day.check_points.some((point) => point.grid === grid.code));
  const [chosen, setChosen] = useState(grids[0]?.code ?? day.grids[0]?.code);
  return (
    <section className="fg-card">
      <GridChoice grids={grids} chosen={chosen} onChoose={setChosen} />
      <button
        type="button"
        className="fg-button fg-button-primary fg-button-wide"
        onClick={() => keep("patrol.start", { grid: chosen }, t("phone.kept_start"))}
      >
        {t("phone.start_patrol")}
      </button>
      <p className="fg-muted">{t("phone.no_tracks")}</p>
    </section>
  );
}

function Walking({ day, active, records, keep }) {
  const t = useTexts();
  const now = useNow(10000);
  const [ending, setEnding] = useState(false);
  const [words, setWords] = useState("");
  const arrived = new Map(
    records
      .filter((one) => one.kind === "patrol.arrive" && one.body.patrol === active.id && one.state !== "refused")
      .map((one) => [one.body.check_point, one.captured_at]),
  );
  const points = day.check_points.filter((point) => point.grid === active.grid);
  const shown = points
    .filter((point) => point.name.includes(words.trim()))
    .sort((a, b) => arrived.has(a.id) - arrived.has(b.id));
  return (
    <>
      <section className="fg-card">
        <p className="fg-row fg-row-apart">
          <span className="fg-big">{t("phone.walking_minutes", { minutes: Math.floor((now - active.started_at) / 60000) })}</span>
          <span className="fg-muted">{t("phone.since", { time: clock(active.started_at) })}</span>
        </p>
        <p className="fg-muted">{t("phone.arrived_of", { count: arrived.size, total: points.length })}</p>
        <Link className="fg-button fg-button-danger fg-button-wide" to="/hazard">
          {t("phone.found_hazard")}
        </Link>
      </section>
      <section className="fg-card">
        <h2>{t("phone.check_points")}</h2>
        {points.length > 8 && (
          <input
            className="fg-input"
            type="search"
            aria-label={t("phone.search_points")}
            placeholder={t("phone.search_points")}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        <ul className="fg-list">
          {shown.slice(0, 60).map((point) => (
            <li key={point.id} className="fg-row fg-row-apart">
              <span className="fg-grow">{point.name}</span>
              {arrived.has(point.id) ? (
                <span className="fg-tag fg-tag-ok fg-number">✓ {clock(arrived.get(point.id))}</span>
              ) : (
                <button
                  type="button"
                  className="fg-button fg-button-small"
                  aria-label={t("phone.arrive_at", { name: point.name })}
                  onClick={() =>
                    keep(
                      "patrol.arrive",
                      { patrol: active.id, check_point: point.id, all_fine: true, note: "" },
                      t("phone.kept_arrival", { name: point.name }),
                    )
                  }
                >
                  {t("phone.arrive_fine")}
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
      {ending ? (
        <section className="fg-card" role="alertdialog" aria-label={t("phone.end_patrol")}>
          <p>{t("phone.end_question", { count: arrived.size })}</p>
          <div className="fg-row">
            <button
              type="button"
              className="fg-button fg-button-primary fg-grow"
              onClick={() => keep("patrol.end", { patrol: active.id, note: "" }, t("phone.kept_end"))}
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
