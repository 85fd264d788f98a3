// A name written with a finger: strokes of points, and what of them counts. No screen, no store.

const LEAST = 60;

// Was something written, in pixels of the pad? A tap or a touch in passing is no signature.
export function isWritten(strokes) {
  let length = 0;
  for (const stroke of strokes) {
    for (let n = 1; n < stroke.length; n++) {
      length += Math.hypot(stroke[n].x - stroke[n - 1].x, stroke[n].y - stroke[n - 1].y);
    }
  }
  return length >= LEAST;
}

// The strokes of a pad of this width, drawn on another: as lines to follow, point by point.
export const scaled = (strokes, from, to) =>
  strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: (x * to) / from, y: (y * to) / from })));

// Words cut so that they fit, with "…" where they were; `widthOf` measures.
export function fitting(words, width, widthOf) {
  if (widthOf(words) <= width) return words;
  let cut = [...words];
  while (cut.length > 1 && widthOf(`${cut.join("")}…`) > width) cut = cut.slice(0, -1);
  return `${cut.join("")}…`;
}
