// The map of one's own grids, drawn from the day pack: no server, no network. A base map lies below it where one
// is set (base.jsx).
import { useMemo, useState } from "react";
import { piecesOf } from "../equipment/equipment.js";
import { localDay } from "../frame/formats.js";
import { OfBase, Under, useBase } from "./base.jsx";
import { LAYERS, pictureOf, SMALL, smallOf, spotsIn, wholeOf } from "./gridmap.js";
import { Picture } from "./picture.jsx";
import { useRoads } from "./roads.jsx";
import { Sign } from "./signs.jsx";
import { Here, Spots } from "./spots.jsx";
import { useMe, usePack, useRecords } from "../frame/hooks.js";
import { Field, Gate } from "../frame/pieces.jsx";
import { canLocate, lookForPlace } from "../frame/place.js";
import { known } from "../hazards/seeing.js";
import "../texts.gridmap.js";
import { useTexts } from "../texts.js";

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
  const whole = useMemo(() => wholeOf(day), [day]);
  const small = useMemo(() => smallOf(day), [day]);
  const base = useBase(me, day);
  const [code, choose] = useState("");
  const [layers, show] = useState(() => new Set(LAYERS));
  const [chosen, pick] = useState("");
  const [here, setHere] = useState(null);
  const [looking, look] = useState(null);
  const grids = useMemo(() => small.filter((grid) => !code || grid.code === code), [small, code]);
  const today = localDay(new Date(), day.timezone);
  const spots = useMemo(() => {
    const codes = (code ? grids : whole).map((grid) => grid.code);
    return spotsIn({ ...day, equipment: piecesOf(day, records, today) }, known(day.hazards, records, pack.fetched), codes, today);
  }, [day, records, pack.fetched, code, grids, whole, today]);
  const picture = useMemo(() => pictureOf(grids, spots, base.onto), [grids, spots, base.onto]);
  const roads = useRoads(day, picture);
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
        {base.has && (
          <button type="button" className="fg-chip" aria-pressed={base.isOn} onClick={base.toggle}>
            {t("gridmap.base")}
          </button>
        )}
      </div>
      {picture ? (
        <Picture
          key={code}
          picture={picture}
          spots={shown}
          chosen={chosen}
          onPick={pick}
          here={here}
          label={t("gridmap.picture", { name: grids.map((grid) => grid.name).slice(0, 3).join("、") })}
          roads={base.isOn ? null : roads}
          under={base.isOn ? (view) => <Under base={base} view={view} picture={picture} /> : null}
        />
      ) : (
        <p className="fg-empty">{t("gridmap.no_outline")}</p>
      )}
      {picture && <OfBase base={base} />}
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
