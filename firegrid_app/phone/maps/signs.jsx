// What stands on the map of one's grids: a shape of its own beside the colour, for each layer.
import { memo } from "react";
import { LAYERS } from "./gridmap.js";

// Drawn again when one zooms, not while one drags.
export const Signs = memo(
  function Signs({ spots, picture, unit, chosen, onPick }) {
    // What is due lies on top, what was chosen over everything.
    const order = (one) => (one.key === chosen ? 9 : LAYERS.length - LAYERS.indexOf(one.layer) + (one.due ? 4 : 0));
    return spots
      .filter((one) => one.lat !== null)
      .sort((a, b) => order(a) - order(b))
      .map((one) => {
        const [x, y] = picture.at(one.lat, one.lon);
        return (
          <g key={one.key} data-spot={one.key} transform={`translate(${x} ${y}) scale(${unit})`} onClick={() => onPick(one.key)}>
            <circle r="16" fill="transparent" />
            {one.key === chosen && <circle r="15" className="fg-gridmap-chosen" />}
            <Shape layer={one.layer} tone={one.tone} due={one.due} />
          </g>
        );
      });
  },
  (a, b) => a.spots === b.spots && a.picture === b.picture && a.unit === b.unit && a.chosen === b.chosen,
);

// A shape of its own beside the colour, for each layer and for how premises stand.
function Shape({ layer, tone, due }) {
  if (layer === "hazards") {
    return (
      <g className={`fg-gridmap-${tone}`}>
        <path d="M0-10 10 8H-10Z" />
        <path d="M0-4V2M0 5v.1" className="fg-gridmap-stroke" />
      </g>
    );
  }
  if (layer === "points") return <rect x="-6" y="-6" width="12" height="12" rx="2" className="fg-gridmap-point" />;
  if (layer === "equipment") {
    return (
      <g className={due ? "fg-gridmap-kit fg-gridmap-due" : "fg-gridmap-kit"}>
        <rect x="-7" y="-7" width="14" height="14" rx="4" />
        <path d="M0-4V4M-4 0H4" className="fg-gridmap-stroke" />
      </g>
    );
  }
  const shapes = { red: "M0-8 8 0 0 8-8 0Z", yellow: "M-6-6H6V6H-6Z" };
  return shapes[tone] ? (
    <path d={shapes[tone]} className={`fg-gridmap-${tone}`} />
  ) : (
    <circle r="6.5" className={`fg-gridmap-${tone}`} />
  );
}

export function Sign({ layer }) {
  const tone = { hazards: "late", places: "yellow" }[layer];
  return (
    <svg viewBox="-11 -11 22 22" width="20" height="20" aria-hidden="true">
      <Shape layer={layer} tone={tone} due={false} />
    </svg>
  );
}

export function Mine({ at: [x, y], accuracy, unit }) {
  return (
    <g data-mine transform={`translate(${x} ${y})`}>
      <circle r={accuracy} className="fg-gridmap-around" strokeWidth={unit} />
      <circle r={7 * unit} className="fg-gridmap-mine" strokeWidth={2.5 * unit} />
    </g>
  );
}
