// The points of a grid, floor over floor: a building open at a time, one tap a point when all is fine.
import { Fragment, useMemo, useState } from "react";
import { clock } from "../frame/pieces.jsx";
import { groups, openGroup, storeyName, within } from "./points.js";
import "../texts.calls.js";
import { useTexts } from "../texts.js";

const SEARCHED_FROM = 8;
const MOST_FOUND = 60;

// What the street asks for at its check points; mostly nothing.
export function Presence({ asked }) {
  const t = useTexts();
  if (asked?.mode === "required") {
    return <p className="fg-banner fg-banner-warn">{t("points.required", { end: asked.ends_on, basis: asked.basis })}</p>;
  }
  return asked?.mode === "optional" ? <p className="fg-muted">{t("points.optional")}</p> : null;
}

// `arrived`: point id to the moment of the last arrival on this walk. `tried`: the same of premises where
// nobody could look, with what came of the call. `below(point)`: what is offered at one arrived at, or null.
export function Floors({ points, arrived, tried, last, onFine, onLook, below }) {
  const t = useTexts();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState(undefined);
  const all = useMemo(() => groups(points), [points]);
  const wanted = words.trim();
  const found = useMemo(
    () => (wanted ? groups(points.filter((point) => point.name.includes(wanted)).slice(0, MOST_FOUND)) : all),
    [all, points, wanted],
  );
  const open = chosen ?? openGroup(all, arrived, last);
  const title = (group) => (group.building ? group.name : t(`points.group.${group.name}`));
  return (
    <section className="fg-card" aria-label={t("phone.check_points")}>
      <h2>{t("phone.check_points")}</h2>
      {points.length === 0 && <p className="fg-muted">{t("points.none")}</p>}
      {points.length > SEARCHED_FROM && (
        <input
          className="fg-input"
          type="search"
          aria-label={t("phone.search_points")}
          placeholder={t("phone.search_points")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {wanted && found.length === 0 && <p className="fg-muted">{t("points.not_found", { words: wanted })}</p>}
      {found.map((group) => {
        const isOpen = Boolean(wanted) || group.key === open || all.length === 1;
        const done = group.points.filter((point) => arrived.has(point.id)).length;
        return (
          <div key={group.key} className="fg-house">
            <button
              type="button"
              className="fg-house-name"
              aria-expanded={isOpen}
              onClick={() => setChosen(isOpen ? "" : group.key)}
            >
              <strong>{title(group)}</strong>
              <span className={done === group.points.length ? "fg-tag fg-tag-ok fg-number" : "fg-muted fg-number"}>
                {done === group.points.length ? "✓ " : ""}
                {done}/{group.points.length}
              </span>
            </button>
            {isOpen && <Storeys group={group} arrived={arrived} tried={tried} onFine={onFine} onLook={onLook} below={below} />}
          </div>
        );
      })}
    </section>
  );
}

function Storeys({ group, arrived, tried, onFine, onLook, below }) {
  const t = useTexts();
  return (
    <ol className="fg-storeys">
      {group.storeys.map(([at, points]) => {
        const [key, gaps] = storeyName(at);
        return (
          <li key={at} className={group.building ? "fg-storey" : undefined}>
            {group.building && <span className="fg-muted fg-number">{t(key, gaps)}</span>}
            <div className="fg-storey-points">
              {points.map((point) => (
                <Fragment key={point.id}>
                  <Point point={point} at={arrived.get(point.id)} tried={tried.get(point.id)} onFine={onFine} onLook={onLook} />
                  {arrived.has(point.id) && below(point)}
                </Fragment>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Point({ point, at, tried, onFine, onLook }) {
  const t = useTexts();
  const call = tried ? { call: t(`calls.${tried.call}`), at: clock(tried.at) } : null;
  return (
    <div className="fg-point" data-arrived={Boolean(at)}>
      {at ? (
        <span className="fg-point-done">
          <span>{within(point)}</span>
          <span className="fg-number">✓ {clock(at)}</span>
        </span>
      ) : (
        <button
          type="button"
          className="fg-point-fine"
          aria-label={t("phone.arrive_at", { name: point.name })}
          onClick={() => onFine(point)}
        >
          <span>
            {within(point)}
            {call ? (
              <span className="fg-point-call">{t("calls.tried", call)}</span>
            ) : (
              point.due && (
                <span className="fg-point-call">
                  {point.outcome && point.outcome !== "checked" ? t("calls.again", { call: t(`calls.${point.outcome}`) }) : t("calls.due")}
                </span>
              )
            )}
          </span>
          <span className="fg-point-mark">{t("points.fine")}</span>
        </button>
      )}
      <button
        type="button"
        className="fg-point-look"
        aria-label={t("points.look_at", { name: point.name })}
        onClick={() => onLook(point)}
      >
        {t("points.look")}
      </button>
    </div>
  );
}
