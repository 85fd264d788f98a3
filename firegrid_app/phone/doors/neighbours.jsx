// Who looks after a home with a care mark, and how to reach them: what is needed when nobody opens (YB-70).
import "../texts.households.js";
import { useTexts } from "../texts.js";

export default function Neighbours({ neighbours }) {
  const t = useTexts();
  return (
    <section className="fg-field" aria-label={t("households.neighbours")}>
      <p className="fg-legend">{t("households.neighbours")}</p>
      <ul className="fg-list">
        {neighbours.map(({ door, name, phone, note }) => (
          <li key={`${door} ${name}`} className="fg-row fg-row-apart">
            <span>
              <strong>{[name, door].filter(Boolean).join(" · ")}</strong>
              {note && <span className="fg-muted"> {note}</span>}
            </span>
            {phone && (
              <a className="fg-button fg-button-small fg-number" href={`tel:${phone}`}>
                {phone}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
