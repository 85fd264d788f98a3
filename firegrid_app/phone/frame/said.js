// A sentence that stays on the screen for a moment while the page under it goes on to the next one: what a
// form kept is said at once, not when the next page has read and drawn all it shows.
import { painted } from "../keeping/painted.js";

const STAYS = 3500;

// A new object each time: the same words said twice are said twice.
let said = { words: "" };
let timer = null;
const listeners = new Set();

export const saidNow = () => said;

export function onSaid(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function say(words) {
  clearTimeout(timer);
  timer = words ? setTimeout(() => say(""), STAYS) : null;
  said = { words, number: (said.number ?? 0) + 1 };
  listeners.forEach((listener) => listener());
}

// Said where people see it.
export function sayAndShow(words) {
  say(words);
  return painted();
}
