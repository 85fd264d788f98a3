// Fire equipment at a check point: all of it seen and fine in a tap, else each by itself.
import { Link } from "react-router";
import { looked, piecesAt, piecesOf } from "./equipment.js";
import { localDay } from "../frame/formats.js";
import "../texts.equipment.js";
import { useTexts } from "../texts.js";

export function EquipmentHere({ day, active, point, tag, records, keep }) {
  const t = useTexts();
  const today = localDay(new Date(), day.timezone);
  const pieces = piecesAt(piecesOf(day, records, today), point);
  if (pieces.length === 0) return null;
  const left = pieces.filter((one) => !one.at || localDay(new Date(one.at), day.timezone) !== today);
  const back = `/patrol?${new URLSearchParams({ check: point.id, tag })}`;
  const allFine = async () => {
    const said = t("equipment.kept_all", { count: left.length });
    for (const piece of left) {
      if (!(await keep("equipment.checked", looked(piece, active.id), said, { piece: piece.name }))) return;
    }
  };
  return (
    <>
      <p className="fg-muted">{t("points.equipment")}</p>
      <ol className="fg-checklist">
        {pieces.map((piece) => (
          <li key={piece.id}>
            <span>
              {piece.name}
              {piece.due && <span className="fg-point-call">{t("equipment.due_now")}</span>}
              {piece.found && (piece.found !== "fine" || !left.includes(piece)) && <span className="fg-point-call">{t(`equipment.found.${piece.found}`)}</span>}
            </span>
            <Link className="fg-button fg-button-small" aria-label={t("equipment.look_at", { name: piece.name })} to={`/equipment?${new URLSearchParams({ piece: piece.id, back })}`}>
              {t("equipment.look")}
            </Link>
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <button type="button" className="fg-button fg-button-wide" onClick={allFine}>
          {t("equipment.all_looked", { count: left.length })}
        </button>
      )}
    </>
  );
}
