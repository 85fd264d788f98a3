// What the patrol page's address asks for: the camera (`scan`), a scanned text (`at`, also by a code's
// own address /p/…), the checklist of a point (`check`). In the address, so that "back" leads back.
import { lazy, Suspense } from "react";
import { useSearchParams } from "react-router";
import { useTexts } from "../texts.js";

// Camera, reader and lists are fetched (from the worker's cache) when first asked for.
const Check = lazy(() => import("./check.jsx"));
const Scan = lazy(() => import("./scan.jsx"));
const Scanned = lazy(() => import("./scanned.jsx"));

export function useWay() {
  const [search, setSearch] = useSearchParams();
  const go = (params, replace = false) => setSearch(params, { replace });
  return {
    what: ["at", "check", "scan"].find((one) => search.get(one)),
    text: search.get("at") ?? "",
    point: Number(search.get("check")),
    tag: search.get("tag") ?? "",
    scan: () => go({ scan: "1" }),
    read: (text) => go({ at: text.slice(0, 300) }, true),
    look: (point, tag = "", replace = false) => go({ check: String(point.id), ...(tag && { tag }) }, replace),
    close: () => go({}, true),
  };
}

export function OnTheWay(props) {
  const t = useTexts();
  return (
    <Suspense fallback={<p className="fg-empty">{t("phone.loading")}</p>}>
      <Asked {...props} />
    </Suspense>
  );
}

function Asked({ way, me, day, active, records, position, keep }) {
  if (way.what === "scan") return <Scan onText={way.read} onClose={way.close} />;
  const point = way.what === "check" ? day.check_points.find((one) => one.id === way.point) : undefined;
  if (point && active?.grid === point.grid) {
    return (
      <Check
        key={point.id}
        me={me}
        day={day}
        active={active}
        point={point}
        tag={way.tag}
        records={records}
        position={position}
        keep={keep}
        onDone={way.close}
      />
    );
  }
  return (
    <Scanned
      text={way.text || way.tag}
      point={point}
      day={day}
      active={active}
      keep={keep}
      onPoint={(found, tag) => way.look(found, tag, true)}
      onAgain={way.scan}
      onClose={way.close}
    />
  );
}

export function ScanButton({ way }) {
  const t = useTexts();
  return (
    <button type="button" className="fg-button fg-button-wide" onClick={way.scan}>
      {t("points.scan")}
    </button>
  );
}
