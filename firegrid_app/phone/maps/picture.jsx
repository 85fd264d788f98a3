// The picture of one's grids: outlines and signs, dragged and zoomed.
import { useRef, useState } from "react";
import { centred, within, zoomed } from "./gridmap.js";
import { Roads } from "./roads.jsx";
import { Mine, Signs } from "./signs.jsx";
import "../texts.gridmap.js";
import { useTexts } from "../texts.js";

const PIXELS = 340; // about as wide as the picture is on a phone: signs are as large as fingers are
const ZOOM = 1.6;
const FINGER = 16; // pixels

// Dragged by one finger, zoomed by two or by the buttons beside it. `under` draws what lies below it. `onTap` is
// told where a finger went down and up again, and how many metres a finger is wide there. `roads` are lines of the
// picture (roads.js), none where a base map shows them.
export function Picture({ picture, spots, chosen, onPick, onTap, here, label, roads, under }) {
  const t = useTexts();
  const box = useRef(null);
  const fingers = useRef(new Map());
  const moved = useRef(false);
  const [seen, setView] = useState({ x: 0, y: 0, side: picture.side });
  const view = within(seen, picture);
  const unit = view.side / PIXELS;
  const scale = () => view.side / (box.current.getBoundingClientRect().width || PIXELS);
  const spotAt = ({ x, y }) => {
    const frame = box.current.getBoundingClientRect();
    return [view.x + (x - frame.left) * scale(), view.y + (y - frame.top) * scale()];
  };
  const down = (event) => {
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved.current = false;
  };
  const move = (event) => {
    const held = fingers.current;
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    if (Math.hypot(now.x - before.x, now.y - before.y) < 2 && !moved.current) return;
    moved.current = true;
    held.set(event.pointerId, now);
    if (!other) {
      setView(within({ ...view, x: view.x - (now.x - before.x) * scale(), y: view.y - (now.y - before.y) * scale() }, picture));
      return;
    }
    const apart = (one) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
    setView(zoomed(view, apart(now) / apart(before), spotAt({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }), picture));
  };
  const up = (event) => fingers.current.delete(event.pointerId);
  const tap = (event) => {
    if (moved.current) return;
    const [x, y] = spotAt({ x: event.clientX, y: event.clientY });
    onTap({ ...picture.placeAt(x, y), accuracy_m: Math.max(1, Math.round(FINGER * scale())) });
  };
  const middle = [view.x + view.side / 2, view.y + view.side / 2];
  const target = spots.find((one) => one.key === chosen && one.lat !== null);
  const [targetX, targetY] = target ? picture.at(target.lat, target.lon) : [];
  const isOut = target && (targetX < view.x || targetY < view.y || targetX > view.x + view.side || targetY > view.y + view.side);
  const [shownFor, setShownFor] = useState("");
  if (target && shownFor !== chosen) {
    setShownFor(chosen);
    if (isOut) setView(centred(view, [targetX, targetY], picture));
  }
  return (
    <div className={under ? "fg-gridmap fg-gridmap-over" : "fg-gridmap"}>
      {under?.(view)}
      <svg
        ref={box}
        role="img"
        aria-label={label}
        viewBox={`${view.x} ${view.y} ${view.side} ${view.side}`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onPointerLeave={up}
        onClick={onTap && tap}
      >
        {picture.paths.map((grid) => (
          <path key={grid.code} d={grid.path} className="fg-gridmap-cell" strokeWidth={2 * unit} fillRule="evenodd" />
        ))}
        {roads && <Roads roads={roads} unit={unit} />}
        {picture.paths.length > 1 &&
          picture.paths.map((grid) => (
            <text key={grid.code} x={grid.label[0]} y={grid.label[1]} fontSize={11 * unit} className="fg-gridmap-name">
              {grid.name.match(/\d+/)?.[0] ?? grid.name}
            </text>
          ))}
        <Signs spots={spots} picture={picture} unit={unit} chosen={chosen} onPick={(key) => !moved.current && onPick?.(key)} />
        {here && <Mine at={picture.at(here.lat, here.lon)} accuracy={here.accuracy_m} unit={unit} />}
      </svg>
      <div className="fg-gridmap-zoom">
        <button type="button" aria-label={t("gridmap.zoom_in")} onClick={() => setView(zoomed(view, ZOOM, middle, picture))}>
          +
        </button>
        <button type="button" aria-label={t("gridmap.zoom_out")} onClick={() => setView(zoomed(view, 1 / ZOOM, middle, picture))}>
          −
        </button>
        <button type="button" aria-label={t("gridmap.show_all")} onClick={() => setView({ x: 0, y: 0, side: picture.side })}>
          ⤢
        </button>
      </div>
    </div>
  );
}
