// Alarms behind doors: how each stands, of what the server knew and what this phone noted since. No screen.
import { stands } from "../keeping/fate.js";

export const KINDS = ["smoke", "gas"];
export const MAKERS = ["issued", "own", "other"];
const LIFE_YEARS = { smoke: 10, gas: 5 };
const SOON = 90 * 24 * 3600000;
const WORKS = new Set(["installed", "tested"]);

// By kind {step, expires, at} of the last that was noted of a door's alarms; a test keeps the end that was.
export function alarmsOf(day, records, door) {
  const found = {};
  for (const one of day.alarms ?? []) {
    if (one.door === door.id) found[one.kind] = { step: one.step, expires: one.expires_on, at: Date.parse(one.at) };
  }
  for (const one of records) {
    if (one.kind !== "alarm.noted" || one.body.door !== door.id || !stands(one)) continue;
    const { alarm, step, expires } = one.body;
    const known = found[alarm];
    if (!known || known.at <= one.happened_at) found[alarm] = { step, expires: expires ?? known?.expires ?? "", at: one.happened_at };
  }
  return found;
}

// `none`, `works`, `soon`, `expired` or `faulty` (alarms/rules.py, `standing`). `today` is a day, 2026-11-23.
export function standing(alarm, today) {
  if (!alarm || !WORKS.has(alarm.step)) return alarm?.step === "faulty" ? "faulty" : "none";
  if (alarm.expires && alarm.expires < today) return "expired";
  return alarm.expires && Date.parse(alarm.expires) - Date.parse(today) < SOON ? "soon" : "works";
}

// When one installed today usually ends.
export const usualEnd = (kind, today) => {
  const [year, month, day] = today.split("-").map(Number);
  const last = new Date(Date.UTC(year + LIFE_YEARS[kind], month, 0)).getUTCDate();
  return [year + LIFE_YEARS[kind], String(month).padStart(2, "0"), String(Math.min(day, last)).padStart(2, "0")].join("-");
};
