// Meetings, courses and drills that come up for this person: pure, from the day pack, also offline.

const DAY = 24 * 3600 * 1000;
const dayAfter = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

// What is not over as of `today`, a local day: a pack of last week must not announce what was.
export const stillToCome = (coming, today) => (coming ?? []).filter(({ day }) => day >= today);

// What the first screen says: of today and tomorrow, the next first.
export const soon = (coming, today) => stillToCome(coming, today).filter(({ day }) => day <= dayAfter(today));

// Where more of it stands; that page needs the server.
const PAGES = { meeting: "/meetings", course: "/training" };
export const pageOf = ({ sort }) => PAGES[sort] ?? "";
