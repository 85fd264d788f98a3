// Doors somebody has to go to again, with the hour last tried and another one to try; care visits due.
import { doorName } from "./knocks.js";
import { calendarDay, clock } from "../frame/pieces.jsx";
import { useTexts } from "../texts.js";
import "../texts.campaigns.js";
import "../texts.households.js";

const MOST = 60;

export default function Queue({ waiting, onOpen }) {
  const t = useTexts();
  if (waiting.length === 0) return null;
  return (
    <details className="fg-card">
      <summary>{t("campaigns.queue", { count: waiting.length })}</summary>
      <ul className="fg-list">
        {waiting.slice(0, MOST).map(({ door, at, slot, care }) => (
          <li key={door.id}>
            <button type="button" className="fg-button fg-button-wide fg-return" onClick={() => onOpen(door)}>
              <strong>
                {door.care_mark ? "♥ " : "↻ "}
                {doorName(door)}
              </strong>
              <span className="fg-muted">
                {[
                  care && t("campaigns.queue_care"),
                  at > 0 && t("campaigns.queue_last", { time: `${calendarDay(at)} ${clock(at)}` }),
                  slot && t("campaigns.queue_try", { slot: t(`campaigns.slot.${slot}`) }),
                  door.neighbours && t("households.looked_after", { names: door.neighbours.map((one) => one.name || one.door).join("、") }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
