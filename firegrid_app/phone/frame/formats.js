// The browser's formatters of days and hours. Each is made when it is first wanted, and once: making one
// costs a slow phone more than a hundred lines of a list, and most screens show no hour at first.
const made = new Map();

export function format(locale, options = {}) {
  const name = JSON.stringify([locale, options]);
  if (!made.has(name)) made.set(name, new Intl.DateTimeFormat(locale, options));
  return made.get(name);
}

// The day of a moment where the grids are: 2026-11-23.
export const localDay = (moment, timezone) => format("sv-SE", { timeZone: timezone }).format(moment);
