// A checklist at a check point: which items, what a fault begins, what the arrival says. No screen.

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
export const reached = ({ body }) => !NOT_REACHED.includes(body.call);

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
    where: point.name.slice(0, 120),
    place: point.place ?? null,
    words: words.slice(0, 1000),
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
