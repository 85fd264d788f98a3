// Words put behind other words. Pure.
const WIDE = /[\p{Script=Han}，。！？、；：]$/u;

// Chinese needs no space between, other scripts do.
export function joined(before, more) {
  const added = more.trim();
  if (!added || !before) return before || added;
  return /\s$/.test(before) || WIDE.test(before) ? before + added : `${before} ${added}`;
}
