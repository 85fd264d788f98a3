// What comes up, on the page of duties and, for today and tomorrow, on the first screen.
import { soon, stillToCome, pageOf } from "./coming.js";
import "../texts.duties.js";
import "../texts.meetings.js";
import "../texts.training.js";
import { useTexts } from "../texts.js";

const KIND = { meeting: "meetings.kind.", course: "training.course.", drill: "training.drill." };

export default function Coming({ day, today, brief = false }) {
  const t = useTexts();
  const some = brief ? soon(day.coming, today) : stillToCome(day.coming, today);
  if (some.length === 0) return null;
  return (
    <section className="fg-card">
      <h2>{t("duties.coming")}</h2>
      <ul className="fg-list">
        {some.map((one) => (
          <li key={`${one.sort} ${one.id}`}>
            <div className="fg-row fg-row-apart">
              <strong className="fg-grow">{one.title || t(`${KIND[one.sort]}${one.kind}`)}</strong>
              <span className={`fg-tag ${one.day === today ? "fg-tag-warn" : ""}`}>
                {[one.day === today ? t("duties.standing.today") : one.day.slice(5), one.time].filter(Boolean).join(" ")}
              </span>
            </div>
            <p className="fg-muted">
              {[t(`duties.coming_sort.${one.sort}`), one.grid_name, one.place].filter(Boolean).join(" · ")}
            </p>
            {!brief && pageOf(one) && (
              <a className="fg-button fg-button-small" href={pageOf(one)}>
                {t("duties.coming_more")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
