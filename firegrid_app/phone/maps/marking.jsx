// Where it is, tapped on the map of the grid: for what is seen from below or afar, and where no fix comes.
import { useMemo } from "react";
import { OfBase, Under, useBase } from "./base.jsx";
import { pictureOf, spotsIn } from "./gridmap.js";
import { Picture } from "./picture.jsx";
import { useRoads } from "./roads.jsx";
import "../texts.gridmap.js";
import { useTexts } from "../texts.js";

const MARK = "mark";

export default function Marking({ me, day, grid, here, marked, onMark }) {
  const t = useTexts();
  const base = useBase(me, day);
  const known = useMemo(() => spotsIn({ ...day, equipment: [] }, [], [grid.code], ""), [day, grid]);
  const picture = useMemo(() => pictureOf([grid], known, base.onto, base.back), [grid, known, base.onto, base.back]);
  const roads = useRoads(day, picture);
  const spots = useMemo(
    () => (marked ? [...known, { ...marked, layer: "hazards", key: MARK, tone: "late", due: true }] : known),
    [known, marked],
  );
  return (
    <>
      <p role="status">
        {marked ? t("gridmap.marked", { metres: marked.accuracy_m }) : t("gridmap.tap_where", { name: grid.name })}
      </p>
      <Picture
        picture={picture}
        spots={spots}
        chosen={marked ? MARK : ""}
        onTap={onMark}
        here={here}
        roads={base.isOn ? null : roads}
        label={t("gridmap.tap_where", { name: grid.name })}
        under={base.isOn ? (view) => <Under base={base} view={view} picture={picture} /> : null}
      />
      <OfBase base={base} />
    </>
  );
}
