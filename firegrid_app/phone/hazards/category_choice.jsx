// What kind of hazard: big drawings, the likely ones first, the rest on demand.
import { useMemo, useState } from "react";
import { CategoryPicture } from "./category_pictures.jsx";
import { categoriesFirst } from "./choosing.js";
import { Choices } from "../frame/pieces.jsx";
import { useTexts } from "../texts.js";

export function CategoryChoice({ day, records, here, chosen, onChoose, mistake }) {
  const t = useTexts();
  const [all, setAll] = useState(false);
  // A better fix does not shuffle what a thumb is about to hit: the first one decides.
  const placed = Boolean(here);
  // eslint-disable-next-line -- see above
  const first = useMemo(() => categoriesFirst(day, records, here), [records, day, placed]);
  const codes = all ? day.categories.map((one) => one.code) : [...new Set([...first, ...(chosen ? [chosen] : [])])];
  return (
    <div className="fg-field">
      <Choices
        label={t("phone.category")}
        columns="fg-choices-pictured"
        options={codes.map((value) => ({
          value,
          text: (
            <>
              <CategoryPicture code={value} />
              <span>{t(`hazards.category.${value}`)}</span>
            </>
          ),
        }))}
        chosen={chosen}
        onChoose={(code) => {
          setAll(false);
          onChoose(code);
        }}
      />
      {!all && (
        <button type="button" className="fg-button fg-button-quiet" onClick={() => setAll(true)}>
          {t("phone.all_categories", { count: day.categories.length })}
        </button>
      )}
      {mistake && (
        <p className="fg-mistake" role="alert">
          {mistake}
        </p>
      )}
    </div>
  );
}
