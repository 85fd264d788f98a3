// Roads on the picture of one's grids, quietly: they help to find one's way and take no tap.
import { memo, useMemo } from "react";
import { linesOf, straightRun } from "./road-lines.js";
import { namesOn, roadsOn } from "./roads.js";

const WIDTHS = { main: 4, fire_lane: 2.5, street: 2.5, lane: 1.5 };
const LETTER = 10; // pixels

// Those of the day pack on a picture (gridmap.js); null where either is not there.
export const useRoads = ({ roads }, picture) =>
  useMemo(() => (roads && picture ? roadsOn(linesOf(roads), picture.at, straightRun) : null), [roads, picture]);

export const Roads = memo(function Roads({ roads, unit }) {
  return (
    <g className="fg-gridmap-roads" aria-hidden="true">
      {roads.map(({ kind, path }, place) => (
        <path key={place} d={path} data-kind={kind} strokeWidth={(WIDTHS[kind] ?? WIDTHS.lane) * unit} />
      ))}
      {namesOn(roads, LETTER * unit).map(({ name, x, y, turn }) => (
        <text key={`${name} ${x}`} transform={`translate(${x} ${y}) rotate(${turn})`} dy="0.35em" fontSize={LETTER * unit} strokeWidth={2 * unit}>
          {name}
        </text>
      ))}
    </g>
  );
});
