// What a scanned code means here and now, in words, with the one tap that goes on from it.
import { sha256 } from "@noble/hashes/sha2.js";
import { useEffect } from "react";
import { arrival } from "./checks.js";
import { meaning } from "./points.js";
import { useTexts } from "../texts.js";

// The printed code as the day pack knows it (points/rules.py, `tag_digest`).
const digest = (tag) =>
  Array.from(sha256(new TextEncoder().encode(tag)), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 16);

// `point`: one that was chosen already, on a walk that is over or in another grid.
export default function Scanned({ text, point, day, active, keep, onPoint, onAgain, onClose }) {
  const t = useTexts();
  const found = point
    ? { is: active ? "other_grid" : "here", tag: text, point }
    : meaning(text, day.check_points, active?.grid, digest);
  const here = found.is === "here" && Boolean(active);
  useEffect(() => {
    if (here) onPoint(found.point, found.tag);
    // eslint-disable-next-line -- once a scan
  }, [here]);
  if (here) return <p className="fg-empty">{t("phone.loading")}</p>;
  const gridName = (code) => day.grids.find((one) => one.code === code)?.name ?? code;
  const offered = found.is === "here" || found.is === "other_grid";
  return (
    <section className="fg-card" role="alert">
      <h2>{found.point?.name ?? t(`points.scan_${found.is}`)}</h2>
      {found.is === "here" && <p>{t("points.not_walking", { grid: gridName(found.point.grid) })}</p>}
      {found.is === "other_grid" && (
        <p>{t("points.walking_elsewhere", { grid: gridName(found.point.grid), walked: gridName(active.grid) })}</p>
      )}
      {found.is === "closed" && <p>{t("points.closed_since", { day: found.point.closed_on })}</p>}
      {found.is === "unknown" && <p>{t("points.unknown_more", { tag: found.tag })}</p>}
      {found.is === "foreign" && <p>{t("points.foreign_more")}</p>}
      {offered && <StartHere point={found.point} tag={found.tag} active={active} keep={keep} onPoint={onPoint} />}
      {found.is === "unknown" && active && (
        <button
          type="button"
          className="fg-button fg-button-primary fg-button-wide"
          onClick={async () => {
            const where = t("points.unknown_where", { tag: found.tag });
            const body = arrival(active.id, null, { tag: found.tag, where });
            if (await keep("patrol.arrive", body, t("phone.kept_arrival", { name: where }))) onClose();
          }}
        >
          {t("points.keep_anyway")}
        </button>
      )}
      <button type="button" className="fg-button fg-button-wide" onClick={onAgain}>
        {t("points.scan_again")}
      </button>
      <button type="button" className="fg-button fg-button-wide" onClick={onClose}>
        {t("points.back_to_list")}
      </button>
    </section>
  );
}

// Start the walk where one stands; a walk in another grid ends first.
function StartHere({ point, tag, active, keep, onPoint }) {
  const t = useTexts();
  const start = async () => {
    if (active && !(await keep("patrol.end", { patrol: active.id, ended_at: null, note: "" }, t("phone.kept_end")))) return;
    if (await keep("patrol.start", { grid: point.grid }, t("phone.kept_start"))) onPoint(point, tag);
  };
  return (
    <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={start}>
      {t(active ? "points.end_and_start" : "points.start_here")}
    </button>
  );
}
