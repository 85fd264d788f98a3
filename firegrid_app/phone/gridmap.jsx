// The map of one's own grids, drawn from the day pack: no tiles, no server, no network.
import { memo, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { centred, LAYERS, listed, pictureOf, spotsIn, within, zoomed } from "./gridmap.js";
import { useMe, usePack, useRecords } from "./hooks.js";
import { Field, Gate } from "./pieces.jsx";
import { canLocate, lookForPlace } from "./place.js";
import { localDay } from "./queue.js";
import { known } from "./seeing.js";
import "./texts.equipment.js";
import "./texts.gridmap.js";
import { useTexts } from "./texts.js";
import { gridsHere } from "./whereabouts.js";

const SMALL = 3;
const PIXELS = 340; // about as wide as the picture is on a phone: signs are as large as fingers are
const ZOOM = 1.6;
const PAGE = 20;

export function MapScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <GridMap me={me} pack={pack} />
    </Gate>
  );
}

function GridMap({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { pack: day } = pack;
  // What the phone has whole; who answers for a street has most grids by name only.
  const whole = useMemo(() => day.grids.filter((grid) => grid.presence), [day]);
  const small = useMemo(() => {
    const some = whole.filter((grid) => grid.level === SMALL);
    return some.length ? some : whole;
  }, [whole]);
  const [code, choose] = useState("");
  const [layers, show] = useState(() => new Set(LAYERS));
  const [chosen, pick] = useState("");
  const [here, setHere] = useState(null);
  const [looking, look] = useState(null);
  const grids = useMemo(() => small.filter((grid) => !code || grid.code === code), [small, code]);
  const today = localDay(new Date(), day.timezone);
  const spots = useMemo(() => {
    const codes = (code ? grids : whole).map((grid) => grid.code);
    return spotsIn(day, known(day.hazards, records, pack.fetched), codes, today);
  }, [day, records, pack.fetched, code, grids, whole, today]);
  const picture = useMemo(() => pictureOf(grids, spots), [grids, spots]);
  const shown = useMemo(() => spots.filter((one) => layers.has(one.layer)), [spots, layers]);
  const toggle = (layer) => show((old) => new Set(old.has(layer) ? [...old].filter((one) => one !== layer) : [...old, layer]));
  const seek = () => {
    looking?.();
    look(looking ? null : () => lookForPlace(setHere));
  };
  if (!small.length) return <p className="fg-empty">{t("gridmap.none_whole")}</p>;
  return (
    <>
      {small.length > 1 && (
        <Field id="map-grid" label={t("gridmap.grid")}>
          <select id="map-grid" className="fg-input" value={code} onChange={(event) => choose(event.target.value)}>
            <option value="">{t("gridmap.all", { count: small.length })}</option>
            {small.map((grid) => (
              <option key={grid.code} value={grid.code}>
                {grid.name}
              </option>
            ))}
          </select>
        </Field>
      )}
      <div className="fg-chips" role="group" aria-label={t("gridmap.layers")}>
        {LAYERS.map((layer) => (
          <button key={layer} type="button" className="fg-chip" aria-pressed={layers.has(layer)} onClick={() => toggle(layer)}>
            <Sign layer={layer} />
            <span>{t(`gridmap.layer.${layer}`)}</span>
            <strong className="fg-number">{spots.filter((one) => one.layer === layer).length}</strong>
          </button>
        ))}
      </div>
      {picture ? (
        <Picture key={code} picture={picture} spots={shown} chosen={chosen} onPick={pick} here={here} label={t("gridmap.picture", { name: grids.map((grid) => grid.name).slice(0, 3).join("、") })} />
      ) : (
        <p className="fg-empty">{t("gridmap.no_outline")}</p>
      )}
      {canLocate() && (
        <button type="button" className="fg-button fg-button-wide" aria-pressed={Boolean(looking)} onClick={seek}>
          {t(looking ? "gridmap.stop" : "gridmap.where_am_i")}
        </button>
      )}
      {looking && <Here grids={day.grids.filter((grid) => grid.level === SMALL)} here={here} />}
      <Spots spots={shown} here={here} chosen={chosen} onPick={pick} grids={code ? grids : whole} />
    </>
  );
}

function Here({ grids, here }) {
  const t = useTexts();
  const found = here ? gridsHere(grids, here) : [];
  const nameOf = (code) => grids.find((grid) => grid.code === code).name;
  return (
    <p className="fg-banner" role="status">
      {!here && t("gridmap.looking")}
      {here && !found.length && t("gridmap.outside")}
      {found.length > 0 && t("gridmap.in", { name: found.slice(0, 2).map((one) => nameOf(one.code)).join(" / ") })}
      {here && ` · ${t("gridmap.accuracy", { metres: Math.round(here.accuracy_m) })}`}
    </p>
  );
}

// Dragged by one finger, zoomed by two or by the buttons beside it.
function Picture({ picture, spots, chosen, onPick, here, label }) {
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
    <div className="fg-gridmap">
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
      >
        {picture.paths.map((grid) => (
          <path key={grid.code} d={grid.path} className="fg-gridmap-cell" strokeWidth={2 * unit} fillRule="evenodd" />
        ))}
        {picture.paths.length > 1 &&
          picture.paths.map((grid) => (
            <text key={grid.code} x={grid.label[0]} y={grid.label[1]} fontSize={11 * unit} className="fg-gridmap-name">
              {grid.name.match(/\d+/)?.[0] ?? grid.name}
            </text>
          ))}
        <Signs spots={spots} picture={picture} unit={unit} chosen={chosen} onPick={(key) => !moved.current && onPick(key)} />
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

// Drawn again when one zooms, not while one drags.
const Signs = memo(
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

function Sign({ layer }) {
  const tone = { hazards: "late", places: "yellow" }[layer];
  return (
    <svg viewBox="-11 -11 22 22" width="20" height="20" aria-hidden="true">
      <Shape layer={layer} tone={tone} due={false} />
    </svg>
  );
}

function Mine({ at: [x, y], accuracy, unit }) {
  return (
    <g data-mine transform={`translate(${x} ${y})`}>
      <circle r={accuracy} className="fg-gridmap-around" strokeWidth={unit} />
      <circle r={7 * unit} className="fg-gridmap-mine" strokeWidth={2.5 * unit} />
    </g>
  );
}

// The same as words: for eyes that do not read maps, and for what nobody has put on one.
function Spots({ spots, here, chosen, onPick, grids }) {
  const t = useTexts();
  const [most, setMost] = useState(PAGE);
  const list = useMemo(() => listed(spots, here), [spots, here]);
  const first = list.filter((one) => one.key === chosen);
  const rest = list.filter((one) => one.key !== chosen);
  const unplaced = spots.filter((one) => one.lat === null).length;
  const names = new Map(grids.map((grid) => [grid.code, grid.name]));
  return (
    <section className="fg-card">
      <h2>{t("gridmap.list", { count: spots.length })}</h2>
      {unplaced > 0 && <p className="fg-muted">{t("gridmap.unplaced", { count: unplaced })}</p>}
      <ul className="fg-list">
        {[...first, ...rest].slice(0, most).map((one) => (
          <li key={one.key}>
            <button type="button" className="fg-desk-row" aria-pressed={one.key === chosen} onClick={() => onPick(one.key === chosen ? "" : one.key)}>
              <span className="fg-row-name">{one.layer === "hazards" ? t(`hazards.category.${one.category}`) : one.name}</span>
              <span className={`fg-tag ${one.tone === "late" || one.tone === "red" ? "fg-tag-danger" : one.due ? "fg-tag-warn" : ""}`}>
                {one.layer === "equipment" ? t(`equipment.kind.${one.kind}`) : t(`gridmap.tone.${one.tone}`)}
              </span>
              <span className="fg-row-line fg-muted">
                {[
                  one.layer === "hazards" && one.name,
                  grids.length > 1 && names.get(one.grid),
                  one.count > 1 && t("gridmap.points_here", { count: one.count }),
                  one.layer === "equipment" && one.due && t("gridmap.test_due"),
                  Number.isFinite(one.away) && t("gridmap.away", { metres: Math.round(one.away) }),
                  one.lat === null && t("gridmap.no_place"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </button>
            {one.key === chosen && one.layer === "hazards" && (
              <Link className="fg-button fg-button-small" to={`/hazards?open=${one.id}`}>
                {t("gridmap.open_hazard")}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {spots.length > most && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => setMost(most + PAGE)}>
          {t("gridmap.more", { count: spots.length - most })}
        </button>
      )}
    </section>
  );
}
