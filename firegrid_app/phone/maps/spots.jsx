// What is on the map of one's grids as a list, and where one stands, in words.
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { listed } from "./gridmap.js";
import "../texts.equipment.js";
import "../texts.gridmap.js";
import { useTexts } from "../texts.js";
import { gridsHere } from "./whereabouts.js";

const PAGE = 20;

export function Here({ grids, here }) {
  const t = useTexts();
  const found = here ? gridsHere(grids, here) : [];
  const nameOf = (code) => grids.find((grid) => grid.code === code).name;
  return (
    <p className="fg-banner" role="status">
      {!here && t("gridmap.looking")}
      {here && !found.length && t("gridmap.outside")}
      {found.length > 0 && t("gridmap.in", { name: found.slice(0, 2).map((one) => nameOf(one.code)).join(" / ") })}
      {here && ` · ${t("gridmap.accuracy", { metres: Math.round(here.accuracy_m) })}`}
    </p>
  );
}

// The same as words: for eyes that do not read maps, and for what nobody has put on one.
export function Spots({ spots, here, chosen, onPick, grids }) {
  const t = useTexts();
  const [most, setMost] = useState(PAGE);
  const list = useMemo(() => listed(spots, here), [spots, here]);
  const first = list.filter((one) => one.key === chosen);
  const rest = list.filter((one) => one.key !== chosen);
  const unplaced = spots.filter((one) => one.lat === null).length;
  const names = new Map(grids.map((grid) => [grid.code, grid.name]));
  return (
    <section className="fg-card">
      <h2>{t("gridmap.list", { count: spots.length })}</h2>
      {unplaced > 0 && <p className="fg-muted">{t("gridmap.unplaced", { count: unplaced })}</p>}
      <ul className="fg-list">
        {[...first, ...rest].slice(0, most).map((one) => (
          <li key={one.key}>
            <button type="button" className="fg-desk-row" aria-pressed={one.key === chosen} onClick={() => onPick(one.key === chosen ? "" : one.key)}>
              <span className="fg-row-name">{one.layer === "hazards" ? t(`hazards.category.${one.category}`) : one.name}</span>
              <span className={`fg-tag ${one.tone === "late" || one.tone === "red" ? "fg-tag-danger" : one.due ? "fg-tag-warn" : ""}`}>
                {one.layer === "equipment" ? t(`equipment.kind.${one.kind}`) : t(`gridmap.tone.${one.tone}`)}
              </span>
              <span className="fg-row-line fg-muted">
                {[
                  one.layer === "hazards" && one.name,
                  grids.length > 1 && names.get(one.grid),
                  one.count > 1 && t("gridmap.points_here", { count: one.count }),
                  one.layer === "equipment" && one.due && t("gridmap.test_due"),
                  Number.isFinite(one.away) && t("gridmap.away", { metres: Math.round(one.away) }),
                  one.lat === null && unplaced < spots.length && t("gridmap.no_place"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </button>
            {one.key === chosen && one.layer === "hazards" && (
              <Link className="fg-button fg-button-small" to={`/hazards?open=${one.id}`}>
                {t("gridmap.open_hazard")}
              </Link>
            )}
            {one.key === chosen && one.layer === "equipment" && (
              <Link className="fg-button fg-button-small" to={`/equipment?piece=${one.id}&back=/map`}>
                {t("equipment.look")}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {spots.length > most && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setMost(most + PAGE)}>
          {t("gridmap.more", { count: spots.length - most })}
        </button>
      )}
    </section>
  );
}
