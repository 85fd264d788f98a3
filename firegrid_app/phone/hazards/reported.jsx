// What became of what one reported, for who works in no grid: a building's leader sees no list of hazards.
import { calendarDay } from "../frame/pieces.jsx";
import "../texts.loop.js";
import { useTexts } from "../texts.js";

const TAG = { open: "fg-tag-warn", closed: "fg-tag-ok" };

export default function Reported({ reported }) {
  const t = useTexts();
  return (
    <section className="fg-card">
      <h2>{t("loop.phone.reported")}</h2>
      <ul className="fg-list">
        {reported.map((one) => (
          <li key={one.id}>
            <span className="fg-row fg-row-apart">
              <strong>{t(`hazards.category.${one.category}`)}</strong>
              <span className={`fg-tag ${TAG[one.status] ?? ""}`}>{t(`hazards.status.${one.status}`)}</span>
            </span>
            <p className="fg-muted">
              {[
                one.where_words,
                t("loop.phone.reported_on", { day: calendarDay(one.happened_at).slice(5) }),
                one.status === "open" && t("loop.phone.reported_with", { rung: t(`loop.rung.${one.rung}`), day: one.due_on.slice(5) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
