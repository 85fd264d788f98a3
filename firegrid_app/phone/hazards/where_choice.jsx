// Where in the grid: words, one of the nearest places and check points in a tap, or a spot on its map.
import { lazy, Suspense, useMemo, useState } from "react";
import { wheresNear } from "./choosing.js";
import { Field } from "../frame/pieces.jsx";
import { useTexts } from "../texts.js";

// Fetched (from the worker's cache) by who marks the spot.
const Marking = lazy(() => import("../maps/marking.jsx"));

export function WhereChoice({ me, day, grid, here, draft, change }) {
  const t = useTexts();
  const near = useMemo(() => wheresNear(day, grid, here), [day, grid, here]);
  const mapped = day.grids.find((one) => one.code === grid && one.outline);
  const [open, setOpen] = useState(false);
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
              key={one.key}
              type="button"
              className="fg-choice"
              aria-pressed={draft.place === one.place && draft.where === one.where}
              onClick={() => change({ where: one.where, place: one.place })}
            >
              {one.where}
            </button>
          ))}
        </div>
      )}
      {mapped && (open || draft.marked) && (
        <Suspense fallback={<p className="fg-empty">{t("phone.loading")}</p>}>
          <Marking me={me} day={day} grid={mapped} here={here} marked={draft.marked} onMark={(marked) => change({ marked })} />
        </Suspense>
      )}
      {mapped &&
        (open || draft.marked ? (
          <button
            type="button"
            className="fg-button fg-button-small"
            onClick={() => {
              setOpen(false);
              change({ marked: null });
            }}
          >
            {t("phone.do_not_mark")}
          </button>
        ) : (
          <button type="button" className="fg-button fg-button-small" onClick={() => setOpen(true)}>
            {t("phone.mark_on_map")}
          </button>
        ))}
    </div>
  );
}
