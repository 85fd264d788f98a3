// Fire equipment: how each piece stands, of what the server knew and what this phone noted since. No screen.
import { hazardOf } from "../patrols/checks.js";
import { stands } from "../keeping/fate.js";

// What is usually wrong, most of all with extinguishers; said in the person's words.
export const FAULTS = ["pressure", "expired", "damaged", "blocked", "incomplete"];

// The pieces of the pack, with what was found last: `found` and `at` (milliseconds, 0: nobody has looked), and
// whether a test is due. `today` is a day, 2026-11-23. A pack of an older server has none, or less of each.
export function piecesOf(day, records, today) {
  const noted = new Map();
  for (const one of records ?? []) {
    if (one.kind !== "equipment.checked" || !stands(one)) continue;
    noted.set(one.body.piece, [...(noted.get(one.body.piece) ?? []), one]);
  }
  return (day.equipment ?? []).map((piece) => {
    const own = noted.get(piece.id) ?? [];
    const known = { found: piece.found ?? "", at: piece.at ? Date.parse(piece.at) : 0 };
    const last = own.reduce((found, one) => (found.at <= one.happened_at ? { found: one.body.found, at: one.happened_at } : found), known);
    const isDue = piece.due || (piece.next_on !== undefined && piece.next_on < today);
    return { ...piece, ...last, due: isDue && !own.some((one) => one.body.tested), tested: own.some((one) => one.body.tested) };
  });
}

// Those at a check point, or at the premises it stands for.
export const piecesAt = (pieces, point) =>
  pieces.filter((one) => one.point === point.id || (point.place && one.place === point.place));

// Where to look for it: words of the register, else its premises or check point.
export function whereOf(day, piece) {
  const place = day.places.find((one) => one.id === piece.place)?.name;
  const point = day.check_points.find((one) => one.id === piece.point)?.name;
  return [place ?? point, piece.where].filter(Boolean).join(" · ");
}

// The body of a look or a test.
export const looked = (piece, patrol, more = {}) => ({
  piece: piece.id,
  patrol: patrol ?? null,
  found: "fine",
  tested: false,
  note: "",
  hazard: null,
  ...more,
});

// A half-filled hazard for a piece that is not as it should be, with the photos taken of it.
export const faultOf = (piece, day, words, photos, id) => ({
  ...hazardOf(piece, { grid: piece.grid, name: whereOf(day, piece) || piece.name, place: piece.place }, day.categories, words, id),
  photos,
});
