// The base map below one's grids, if the server is set to one: tiles this phone keeps, and with a line those of
// its server. It is an extra: without it the map is what it is. Whose map it is stands on it while it is shown.
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { datumOf } from "./datum.js";
import { useBaseMapOff, useQueue, useTiles } from "../frame/hooks.js";
import { drainSoon } from "../sending/queue.js";
import { putFact, tileBlob } from "../keeping/store.js";
import "../texts.gridmap.js";
import { useTexts } from "../texts.js";
import { addressesOf, bytesOf, drawn, nameOf, squareOf, tilesBelow } from "./tiles.js";

const MEGA = 1024 * 1024;
const NOTHING = { came: false, failed: false };

// `onto` is the same function as long as the datum is: it is what the picture is made by.
export function useBase(me, { base_map: map }) {
  const isOff = useBaseMapOff();
  const all = useTiles(me);
  const held = map && all?.of === nameOf(map) ? all.tiles : null;
  const isOn = Boolean(map) && isOff === false;
  // What became of tiles asked of their server since the phone has its line.
  const [seen, setSeen] = useState(NOTHING);
  const { reach } = useQueue();
  const hasLine = reach !== "away";
  useEffect(() => setSeen(NOTHING), [hasLine]);
  const told = useCallback((what) => setSeen((old) => (old[what] ? old : { ...old, [what]: true })), []);
  const toggle = async () => {
    await putFact("base_map_off", isOn);
    // It takes its tiles along, or brings them.
    drainSoon();
  };
  const datum = isOn ? map.datum : "";
  const { onto, back } = useMemo(() => datumOf(datum), [datum]);
  return { owner: me.person_id, has: Boolean(map), isOn, map, held, onto, back, seen, told, toggle, hasLine };
}

// The tiles below what is seen of the picture.
export function Under({ base, view, picture }) {
  const held = useMemo(() => new Set(Object.keys(base.held ?? {})), [base.held]);
  const tiles = drawn(tilesBelow(view, picture, base.map), held, base.hasLine);
  return (
    <div className="fg-gridmap-base" aria-hidden="true">
      {tiles.map((tile) => {
        const { x, y, side } = squareOf(tile, picture);
        const part = (metres) => `${(metres / view.side) * 100}%`;
        // Half a pixel over the next one: no seams.
        const length = `calc(${part(side)} + 0.5px)`;
        const style = { left: part(x - view.x), top: part(y - view.y), width: length, height: length };
        return tile.kept ? (
          <Kept key={`kept ${tile.key}`} owner={base.owner} name={tile.key} style={style} />
        ) : (
          addressesOf(base.map, tile).map((address) => (
            // Providers tell by the origin whose key it is; the path is nobody's business.
            <img
              key={address}
              src={address}
              alt=""
              draggable={false}
              referrerPolicy="origin"
              style={style}
              onLoad={() => base.told("came")}
              onError={(event) => {
                event.currentTarget.style.visibility = "hidden";
                base.told("failed");
              }}
            />
          ))
        );
      })}
    </div>
  );
}

function Kept({ owner, name, style }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    let made = "";
    let isGone = false;
    tileBlob(owner, name).then((blob) => {
      if (isGone || !blob) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    });
    return () => {
      isGone = true;
      URL.revokeObjectURL(made);
    };
  }, [owner, name]);
  return address ? <img src={address} alt="" draggable={false} style={style} /> : null;
}

// Whose map it is, and how it stands with it: in words, below the picture.
export function OfBase({ base }) {
  const t = useTexts();
  const isOutgrown = useOutgrownPage(base.isOn);
  if (!base.isOn) return null;
  const { map, held, seen } = base;
  const count = Object.keys(held ?? {}).length;
  const credit = map.credit || (["tianditu", "amap", "osm"].includes(map.kind) ? t(`gridmap.credit.${map.kind}`) : "");
  const standing = () => {
    if (isOutgrown) return "";
    if (!base.hasLine && !map.may_be_kept) return t("gridmap.base_needs_line");
    if (base.hasLine && seen.failed && !seen.came) return t("gridmap.base_failed");
    if (count) return t("gridmap.base_kept", { count, size: Math.max(0.1, bytesOf(held) / MEGA).toFixed(1) });
    return map.may_be_kept ? t("gridmap.base_not_kept") : "";
  };
  return (
    <div className="fg-gridmap-credit fg-muted">
      {(credit || map.approval) && (
        <p>
          {map.link && credit ? (
            <a href={map.link} target="_blank" rel="noopener">
              {credit}
            </a>
          ) : (
            credit
          )}
          {credit && map.approval && " · "}
          {map.approval && t("gridmap.approval", { number: map.approval })}
        </p>
      )}
      <p role="status">{standing()}</p>
      {isOutgrown && (
        <div className="fg-banner">
          <span className="fg-grow">{t("gridmap.base_is_new")}</span>
          <button type="button" className="fg-button fg-button-small" onClick={() => location.reload()}>
            {t("gridmap.open_again")}
          </button>
        </div>
      )}
    </div>
  );
}

// The page a phone keeps carries the hosts it may ask for pictures. Was the base map set since it came? Then
// the worker fetches what the same page may ask now (sw.js), and it is opened again when the person says so.
function useOutgrownPage(isOn) {
  const [isOutgrown, setOutgrown] = useState(false);
  // Before the first tile is asked for.
  useLayoutEffect(() => {
    const worker = navigator.serviceWorker?.controller;
    if (!isOn || !worker) return undefined;
    let hasAsked = false;
    const forbidden = ({ effectiveDirective }) => {
      if (effectiveDirective !== "img-src" || hasAsked) return;
      hasAsked = true;
      worker.postMessage("renew pages");
    };
    const renewed = ({ data }) => data === "renewed" && setOutgrown(true);
    document.addEventListener("securitypolicyviolation", forbidden);
    navigator.serviceWorker.addEventListener("message", renewed);
    return () => {
      document.removeEventListener("securitypolicyviolation", forbidden);
      navigator.serviceWorker.removeEventListener("message", renewed);
    };
  }, [isOn]);
  return isOutgrown;
}
