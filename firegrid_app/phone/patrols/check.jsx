// The checklist of one check point: all fine in a tap, else a tap a fault, each opening its hazard.
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import lists from "./checklists.js";
import { arrival, CALLS, filled, hazardOf, inWords, itemsAt, listAt } from "./checks.js";
import { useDraft } from "../keeping/drafts.js";
import { EquipmentHere } from "../equipment/here.jsx";
import { newId } from "../keeping/ids.js";
import { Banner } from "../frame/pieces.jsx";
import { whyNotKept } from "../keeping/room.js";
import { putDraft } from "../keeping/store.js";
import "../texts.calls.js";
import { useLanguage, useTexts } from "../texts.js";

// Fetched at premises only.
const Letter = lazy(() => import("../places/letter.jsx"));
const EMPTY = { faults: {}, not_applicable: [] };

export default function Check({ me, day, active, point, tag, records, position, keep, onDone }) {
  const t = useTexts();
  const language = useLanguage();
  const navigate = useNavigate();
  const [draft, change, clear] = useDraft(me.person_id, `check:${active.id}:${point.id}`, EMPTY);
  const [problem, setProblem] = useState("");
  const list = listAt(day, point, lists);
  const items = itemsAt(list, point.kind);
  const place = point.place ? day.places.find((one) => one.id === point.place) : undefined;
  const kept = new Set(records.filter((one) => one.kind === "hazard.report").map((one) => one.id));
  const faults = Object.keys(draft.faults).length;
  const open = (hazard) => {
    const back = `/patrol?${new URLSearchParams({ check: point.id, tag })}`;
    navigate(`/hazard?${new URLSearchParams({ mend: hazard, back })}`);
  };
  const report = async (item) => {
    const hazard = newId();
    const words = t("points.not_met", { item: inWords(item, language) });
    try {
      await putDraft(me.person_id, `hazard:${hazard}`, hazardOf(item, point, day.categories, words, hazard));
    } catch (error) {
      setProblem(whyNotKept(error));
      return;
    }
    change({
      faults: { ...draft.faults, [item.code]: hazard },
      not_applicable: draft.not_applicable.filter((code) => code !== item.code),
    });
    open(hazard);
  };
  const takeBack = (item) => {
    const { [item.code]: _, ...others } = draft.faults;
    change({ faults: others });
  };
  const toggle = (item) =>
    change({
      not_applicable: draft.not_applicable.includes(item.code)
        ? draft.not_applicable.filter((code) => code !== item.code)
        : [...draft.not_applicable, item.code],
    });
  const save = async () => {
    const body = filled(active.id, point, tag, draft, kept);
    const said = faults ? t("points.kept_faults", { name: point.name, count: faults }) : t("phone.kept_arrival", { name: point.name });
    if (await keep("patrol.arrive", body, said, { check_point: point.name }, draft.id)) {
      clear();
      onDone();
    }
  };
  const noCheck = async (call) => {
    const said = t("calls.kept", { name: point.name, call: t(`calls.${call}`) });
    if (await keep("patrol.arrive", arrival(active.id, point, { tag, call }), said, { check_point: point.name }, draft.id)) {
      clear();
      onDone();
    }
  };
  return (
    <section className="fg-card" aria-label={point.name}>
      <h2>{point.name}</h2>
      <p className="fg-muted">
        {[tag ? t("points.scanned") : t("points.tapped"), list && inWords(list.name, language)].filter(Boolean).join(" · ")}
      </p>
      {faults === 0 && (
        <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={save}>
          {t("points.all_fine")}
        </button>
      )}
      {point.place && faults === 0 && (
        <div className="fg-field" role="group" aria-label={t("calls.not_checked")}>
          <p className="fg-muted">{t("calls.not_checked")}</p>
          <div className="fg-choices fg-choices-3">
            {CALLS.map((call) => (
              <button key={call} type="button" className="fg-choice" onClick={() => noCheck(call)}>
                {t(`calls.${call}`)}
              </button>
            ))}
          </div>
        </div>
      )}
      {place && (
        <Suspense fallback={null}>
          <Letter me={me} day={day} place={place} patrol={active.id} records={records} position={position} />
        </Suspense>
      )}
      {problem && <Banner kind="danger">{t(problem)}</Banner>}
      {items.length > 0 && <p className="fg-muted">{t("points.tap_fault")}</p>}
      <ol className="fg-checklist">
        {items.map((item) => {
          const hazard = draft.faults[item.code];
          const out = draft.not_applicable.includes(item.code);
          return (
            <li key={item.code} data-fault={Boolean(hazard)} data-out={out}>
              <span>{inWords(item, language)}</span>
              {hazard ? (
                <div className="fg-row">
                  {kept.has(hazard) ? (
                    <span className="fg-tag fg-tag-danger">{t("points.hazard_kept")}</span>
                  ) : (
                    <>
                      <button type="button" className="fg-button fg-button-small" onClick={() => open(hazard)}>
                        {t("points.fill_on")}
                      </button>
                      <button type="button" className="fg-button fg-button-small" onClick={() => takeBack(item)}>
                        {t("points.take_back")}
                      </button>
                    </>
                  )}
                </div>
              ) : (
                <div className="fg-row">
                  <button
                    type="button"
                    className="fg-button fg-button-small"
                    aria-label={t("points.fault_of", { item: inWords(item, language) })}
                    onClick={() => report(item)}
                  >
                    {t("points.fault")}
                  </button>
                  <button
                    type="button"
                    className="fg-button fg-button-small fg-button-quiet"
                    aria-pressed={out}
                    aria-label={t("points.not_here_of", { item: inWords(item, language) })}
                    onClick={() => toggle(item)}
                  >
                    {t("points.not_here")}
                  </button>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <EquipmentHere day={day} active={active} point={point} tag={tag} records={records} keep={keep} />
      {faults > 0 && (
        <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={save}>
          {t("points.done_with_faults", { count: faults })}
        </button>
      )}
      <button type="button" className="fg-button fg-button-wide" onClick={onDone}>
        {t("points.back_to_list")}
      </button>
    </section>
  );
}
