// How the responsibility letter of premises stands: by the day pack, and by what was signed on this phone since.
// No screen. The same terms are the server's (places/rules.py).
import { stands } from "../keeping/fate.js";
import { localDay } from "../frame/formats.js";

export const GOOD_DAYS = 365;
export const SOON_DAYS = 30;

// What premises of a grid sign, as `language` reads it: the street's own words where it has some (then `own` is their
// id), else the newest that ship. A street need not have them in every language. `title` is empty for the shipped.
export function paperFor(day, grid, language, shipped) {
  const path = day.grids.find((one) => one.code === grid)?.path?.split("/") ?? [];
  const own = (day.own_letters ?? []).find(({ street }) => path.includes(street));
  if (!own) return { own: null, edition: shipped.edition, language, title: "", lines: shipped.words[language] };
  const read = own.words[language] ? language : "zh_CN";
  const [title, ...lines] = own.words[read];
  return { own: own.id, edition: 0, language: read, title, lines };
}

const later = (day, days) => new Date(Date.parse(day) + days * 24 * 3600 * 1000).toISOString().slice(0, 10);

// {standing: none, good, soon or expired; until: its last day}; null where the pack of an older server does not say.
export function letterOf(place, records, zone, now) {
  if (place.letter_until === undefined) return null;
  const own = (records ?? []).filter((one) => one.kind === "letter.signed" && stands(one) && one.body.place === place.id);
  const ends = own.map((one) => later(localDay(new Date(one.happened_at), zone), GOOD_DAYS));
  const until = [place.letter_until, ...ends].sort().at(-1);
  const today = localDay(new Date(now), zone);
  if (!until) return { standing: "none", until };
  if (until < today) return { standing: "expired", until };
  return { standing: until <= later(today, SOON_DAYS) ? "soon" : "good", until };
}
