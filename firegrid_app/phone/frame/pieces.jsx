// Pieces every screen is made of.
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { format } from "./formats.js";
import { placeSaid } from "./place.js";
import { useTexts } from "../texts.js";

// One of several, as large buttons; `marked` says which.
export function Choices({ label, options, chosen, onChoose, columns = "" }) {
  return (
    <fieldset className="fg-field">
      <legend className="fg-legend">{label}</legend>
      <div className={`fg-choices ${columns}`} role="radiogroup" aria-label={label}>
        {options.map(({ value, text }) => (
          <button
            key={value}
            type="button"
            role="radio"
            className="fg-choice"
            aria-checked={chosen === value}
            onClick={() => onChoose(value)}
          >
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function Field({ id, label, mistake, children }) {
  return (
    <div className="fg-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {mistake && (
        <p className="fg-mistake" id={`${id}-mistake`} role="alert">
          {mistake}
        </p>
      )}
    </div>
  );
}

export function Banner({ kind = "", children }) {
  return (
    <div className={`fg-banner ${kind && `fg-banner-${kind}`}`} role="status">
      <div className="fg-grow">{children}</div>
    </div>
  );
}

// A sentence that stays for a moment, read aloud by screen readers.
export function useToast() {
  const [text, setText] = useState("");
  useEffect(() => {
    if (!text) return undefined;
    const timer = setTimeout(() => setText(""), 3500);
    return () => clearTimeout(timer);
  }, [text]);
  const toast = text ? (
    <div className="fg-toast" role="status">
      {text}
    </div>
  ) : null;
  return [toast, setText];
}

// Nobody here yet, or nothing fetched yet: said in words, with the way on.
export function Gate({ me, pack, children }) {
  const t = useTexts();
  if (me === undefined || (me && pack === undefined)) {
    return <p className="fg-empty">{t("phone.loading")}</p>;
  }
  if (me === null) {
    return (
      <section className="fg-card fg-empty">
        <h2>{t("phone.not_logged_in")}</h2>
        <p>{t("phone.not_logged_in_more")}</p>
        <Link className="fg-button fg-button-primary" to="/login">
          {t("phone.log_in")}
        </Link>
      </section>
    );
  }
  if (pack === null) return <p className="fg-empty">{t("phone.pack_coming")}</p>;
  return children;
}

export function PlaceLine({ place, possible }) {
  const t = useTexts();
  return <p className="fg-muted">{t(...placeSaid(place, possible))}</p>;
}

const NO_GRIDS = [];
const MANY_GRIDS = 12;

// Which grid the record belongs to: not asked where there is only one. A street has hundreds: they are
// drawn once the form is there, and not drawn anew with every tap in it.
export function GridChoice({ grids, chosen, onChoose }) {
  const t = useTexts();
  const listed = useDeferredValue(grids, grids.length > MANY_GRIDS ? NO_GRIDS : grids);
  const options = useMemo(() => optionsOf(listed), [listed]);
  if (grids.length < 2) return null;
  const ahead = listed.some(({ code }) => code === chosen) ? null : grids.find(({ code }) => code === chosen);
  return (
    <Field id="grid" label={t("phone.grid")}>
      <select
        id="grid"
        className="fg-input"
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
      >
        {ahead && <Option grid={ahead} />}
        {options}
      </select>
    </Field>
  );
}

const Option = ({ grid: { code, name } }) => <option value={code}>{name}</option>;

const optionsOf = (grids) =>
  byParent(grids).map(([above, some]) => {
    const options = some.map((grid) => <Option key={grid.code} grid={grid} />);
    return above ? (
      <optgroup key={above} label={above}>
        {options}
      </optgroup>
    ) : (
      options
    );
  });

// A long list is shown under the names of the communities; a short one as it is.
function byParent(grids) {
  if (grids.length <= MANY_GRIDS) return [["", grids]];
  const found = new Map();
  for (const grid of grids) {
    if (!found.has(grid.parent_name)) found.set(grid.parent_name, []);
    found.get(grid.parent_name).push(grid);
  }
  return [...found];
}

const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
export const clock = (moment) => format("zh-CN", HOUR).format(new Date(moment));
export const calendarDay = (moment) => format("zh-CN").format(new Date(moment));

// A sheet from below: the browser's own dialog, so focus stays in it and Escape closes it.
export function Sheet({ name, onClose, children }) {
  const t = useTexts();
  const dialog = useRef(null);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="fg-sheet"
      aria-label={name}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <h2>{name}</h2>
      {children}
      <button type="button" className="fg-button fg-button-quiet" onClick={onClose}>
        {t("phone.close")}
      </button>
    </dialog>
  );
}
