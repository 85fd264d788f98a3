// What may have been reported already, from the pack: also without network. It stands in nobody's way.
import { useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import { localDay } from "../frame/formats.js";
import { useQueue } from "../frame/hooks.js";
import { useTexts } from "../texts.js";
import { twinsOf } from "./twins.js";

// So many open hazards of a grid have their small picture fetched ahead, once the form has come to rest: the
// browser keeps them (they never change), and shows them where there is no network.
const AHEAD = 12;
const REST = 3000;

function useFacesAhead(hazards, grid) {
  const { reach, held } = useQueue();
  const ready = reach === "here" && !held;
  useEffect(() => {
    if (!ready) return undefined;
    const soon = setTimeout(() => {
      const faces = hazards.filter((one) => one.grid === grid && one.photos.length).slice(0, AHEAD);
      for (const one of faces) new Image().src = `/api/photos/${one.photos[0]}/thumbnail`;
    }, REST);
    return () => clearTimeout(soon);
  }, [ready, grid, hazards]);
}

const dayOf = (moment, timezone) => localDay(new Date(moment), timezone).slice(5);

export function Twins({ day, grid, draft, here }) {
  const t = useTexts();
  useFacesAhead(day.hazards, grid);
  const twins = useMemo(() => {
    const spot = {
      category: draft.category,
      happened_at: draft.at ?? new Date().toISOString(),
      where_words: draft.where,
      place_id: draft.place,
      lat: here?.lat,
      lon: here?.lon,
    };
    return twinsOf(day.hazards, grid, spot).filter((one) => one.id !== draft.id);
  }, [day, grid, draft, here]);
  if (!twins.length) return null;
  return (
    <section className="fg-field fg-sunk" role="status">
      <p>{t("phone.twins")}</p>
      <ul className="fg-list">
        {twins.map((one) => (
          <li key={one.id} className="fg-twin">
            <Face id={one.photos[0]} name={t(`hazards.category.${one.category}`)} />
            <div>
              <p>{[one.where_words, dayOf(one.happened_at, day.timezone), one.words].filter(Boolean).join(" · ")}</p>
              <Link className="fg-button fg-button-small" to={`/hazards?open=${one.id}`}>
                {t("phone.twins_same")}
              </Link>
            </div>
          </li>
        ))}
      </ul>
      <p>{t("phone.twins_go_on")}</p>
    </section>
  );
}

// Its first photo, where the phone can have it: words say the rest.
function Face({ id, name }) {
  const [lost, setLost] = useState(false);
  if (!id || lost) return null;
  return <img src={`/api/photos/${id}/thumbnail`} alt={name} onError={() => setLost(true)} />;
}
