// How long a page waits before it tries again: twice as long each time, five minutes at most, and never
// all phones at once when a server comes back. Pure.
const LONGEST = 5 * 60 * 1000;

// Milliseconds after so many failures on end; `chance` is in [0, 1).
export const pauseAfter = (failures, chance) =>
  Math.min(1000 * 2 ** failures * (0.75 + chance / 2), LONGEST * (0.75 + chance / 4));
