// Scripts to call out, the right ones first: those for these premises, then the season's, a street's own
// before the shipped ones. No screen, no store.

const AT_PREMISES = "nine_small";

const streetOf = (day, grid) => day.grids.find((one) => one.code === grid)?.path?.split("/") ?? [];

// A street's own scripts are for its own grids; a pack of an older server has none.
export const ownScripts = (day, grid) => {
  const path = streetOf(day, grid);
  return (day.own_scripts ?? []).filter((one) => path.includes(one.street));
};

// [{code, title, words}] for a grid, at these premises if any; shipped ones have a code alone.
export function scriptsFor(day, grid, place) {
  const own = ownScripts(day, grid);
  const fits = (one) => Boolean(place) && one.kinds.includes(place.kind);
  const when = { now: 1, all_year: 2, other: 4 };
  const ranked = [
    ...own.map((one) => ({ one, rank: fits(one) && one.season !== "other" ? 0 : when[one.season] })),
    ...day.scripts.map((code) => ({ one: { code }, rank: place && code === AT_PREMISES ? 0 : 3 })),
  ];
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}
