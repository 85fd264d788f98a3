// Words put behind other words, and words cut short. Pure.
const WIDE = /[\p{Script=Han}，。！？、；：]$/u;

// Chinese needs no space between, other scripts do.
export function joined(before, more) {
  const added = more.trim();
  if (!added || !before) return before || added;
  return /\s$/.test(before) || WIDE.test(before) ? before + added : `${before} ${added}`;
}

// At most so many letters, and no half of one: an emoji or a rare character counts as two, and half of it
// is nothing a server can read.
export const cut = (text, most) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
