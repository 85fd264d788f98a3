// Where in the grid: words, or one of the nearest places in a tap.
import { useMemo } from "react";
import { Field } from "./pieces.jsx";
import { metres } from "./place.js";
import { useTexts } from "./texts.js";

const MOST = 6;
const distance = (place, here) => (place.lat === null ? Infinity : metres(place, here));

export function WhereChoice({ day, grid, here, draft, change }) {
  const t = useTexts();
  const near = useMemo(() => {
    const places = day.places.filter((one) => one.grid === grid);
    if (here) places.sort((a, b) => distance(a, here) - distance(b, here));
    return places.slice(0, MOST);
  }, [day, grid, here]);
  return (
    <div className="fg-field">
      <Field id="where" label={t("phone.where")}>
        <input
          id="where"
          className="fg-input"
          maxLength={120}
          placeholder={t("phone.where_example")}
          value={draft.where}
          onChange={(event) => change({ where: event.target.value, place: null })}
        />
      </Field>
      {near.length > 0 && (
        <div className="fg-choices">
          {near.map((one) => (
            <button
              key={one.id}
              type="button"
              className="fg-choice"
              aria-pressed={draft.place === one.id}
              onClick={() => change({ where: one.name, place: one.id })}
            >
              {one.name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
