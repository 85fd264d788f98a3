// A checklist at a check point: which items, what a fault begins, what the arrival says; what a walk came to.
// No screen.
import { cut } from "../frame/words.js";
import { stands } from "../keeping/fate.js";

// Is this item looked at where such a point is? (checklists/rules.py, `seen_at`)
export const seenAt = (item, kind) => item.at.length === 0 || item.at.includes(kind) || kind === "other";

// A list's or an item's words; a street may have worded one in Chinese alone.
export const inWords = (words, language) => words[language] || words.zh_CN;

// The list of a point: its street's own, else the one that came with the app.
export function listAt(day, point, shipped) {
  const path = day.grids.find((grid) => grid.code === point.grid)?.path ?? "";
  const street = path.split("/").find((code) => day.checklists?.[code]?.[point.checklist]);
  return street ? day.checklists[street][point.checklist] : shipped[point.checklist];
}

// What comes of a call at premises, and when somebody has to call again (places/rules.py).
export const CALLS = ["locked", "refused", "vacant", "closed", "moved"];
const NOT_REACHED = ["locked", "refused"];

// What an open walk came to: `arrived`, point id to the moment it was reached last; `tried`, premises where
// nobody opened; `last`, the point come to last. `walk.arrivals` is what the server told of (another phone's,
// or this one's before its store was cleared), `records` what this phone has.
export function cameTo(walk, records) {
  const told = walk.arrivals.map(([point, at, call]) => ({ point, at, call }));
  const own = records
    .filter((one) => one.kind === "patrol.arrive" && one.body.patrol === walk.id && stands(one))
    .map(({ body, happened_at }) => ({ point: body.check_point, at: happened_at, call: body.call }));
  const all = [...told, ...own].filter(({ point }) => point != null).sort((a, b) => a.at - b.at);
  const isMissed = ({ call }) => NOT_REACHED.includes(call);
  return {
    arrived: new Map(all.filter((one) => !isMissed(one)).map(({ point, at }) => [point, at])),
    tried: new Map(all.filter(isMissed).map(({ point, at, call }) => [point, { call, at }])),
    last: all.at(-1)?.point,
  };
}

export const itemsAt = (list, kind) => (list ? list.items.filter((item) => seenAt(item, kind)) : []);

// The body of an arrival; what is left out was not asked or not found.
export const arrival = (patrol, point, more = {}) => ({
  patrol,
  check_point: point?.id ?? null,
  where: "",
  tag: "",
  call: point?.place ? "checked" : "",
  checklist: "",
  faults: [],
  not_applicable: [],
  all_fine: true,
  note: "",
  ...more,
});

// A half-filled hazard for an item that is not as it should be; the form asks for the rest.
export function hazardOf(item, point, categories, words, id) {
  const category = categories.find((one) => one.code === item.category);
  return {
    id,
    grid: point.grid,
    photos: [],
    category: category ? item.category : "",
    severity: category?.severity ?? "",
    where: cut(point.name, 120),
    place: point.place ?? null,
    words: cut(words, 1000),
    fixed: false,
  };
}

// What a filled checklist makes of the arrival. `kept` are the ids of hazards on this phone: one that
// was begun and left is no hazard, but its item stays a fault.
export function filled(patrol, point, tag, draft, kept) {
  const faults = Object.entries(draft.faults).map(([item, hazard]) => ({
    item,
    hazard: kept.has(hazard) ? hazard : null,
  }));
  return arrival(patrol, point, {
    tag,
    checklist: point.checklist ?? "",
    faults,
    not_applicable: draft.not_applicable.filter((item) => !(item in draft.faults)),
    all_fine: faults.length === 0,
  });
}
