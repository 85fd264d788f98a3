// Rectangles over a picture, in thousandths of its width and height: [left, top, width, height]. Pure; the
// server holds them to the same (photos/rules.py).
export const WHOLE = 1000;
export const MOST = 30;
const LEAST = 5;
const TAP = 25;
const ROUND_A_TAP = 140;

const clamp = (value, most = WHOLE) => Math.min(Math.max(Math.round(value), 0), most);

// What a drag from one point to another covers; a tap covers a patch around it.
export function between([ax, ay], [bx, by]) {
  if (Math.abs(ax - bx) < TAP && Math.abs(ay - by) < TAP) return around([bx, by]);
  const [left, right] = [clamp(Math.min(ax, bx)), clamp(Math.max(ax, bx))];
  const [top, bottom] = [clamp(Math.min(ay, by)), clamp(Math.max(ay, by))];
  return fitted([left, top, Math.max(right - left, LEAST), Math.max(bottom - top, LEAST)]);
}

export const around = ([x, y]) => fitted([x - ROUND_A_TAP / 2, y - ROUND_A_TAP / 2, ROUND_A_TAP, ROUND_A_TAP]);

// The same size, pushed back into the picture.
function fitted([left, top, width, height]) {
  return [clamp(left, WHOLE - width), clamp(top, WHOLE - height), width, height];
}

const STEP = 10;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

// What a key makes of a rectangle: moved, larger, smaller, null for gone; undefined when the key is none of ours.
export function byKey([left, top, width, height], key) {
  if (MOVES[key]) return fitted([left + MOVES[key][0], top + MOVES[key][1], width, height]);
  if (key === "Delete" || key === "Backspace") return null;
  if (key !== "+" && key !== "-" && key !== "=") return undefined;
  const more = key === "-" ? -2 * STEP : 2 * STEP;
  const [wide, high] = [width, height].map((size) => Math.min(Math.max(size + more, 2 * STEP), WHOLE));
  return fitted([left - (wide - width) / 2, top - (high - height) / 2, wide, high]);
}
