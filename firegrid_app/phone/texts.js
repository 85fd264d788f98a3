// Texts on the phone: the chosen language's catalogue, and a hook that redraws when it changes.
import { useSyncExternalStore } from "react";
import zh_CN from "./texts.zh_CN.js";

const COOKIE = "firegrid_language";
const HTML_LANG = { zh_CN: "zh-CN", en: "en", ko: "ko" };
// Chinese is in the bundle; the others are fetched (from the worker's cache when offline).
const LOAD = { en: () => import("./texts.en.js"), ko: () => import("./texts.ko.js") };

// Texts that a page brings with its own code: one way to load them a language and room.
const brought = [];

let language = "zh_CN";
let texts = zh_CN;
let fill = make();
// What the build put into the pages: React has to find the same before it may change language.
const built = fill;
const listeners = new Set();

function make() {
  const current = texts;
  return (key, values) => {
    const sentence = current[key] ?? zh_CN[key] ?? key;
    return values
      ? sentence.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? values[name] : gap))
      : sentence;
  };
}

export const languages = Object.keys(HTML_LANG);

// Rejects, and changes nothing, where the language is not on the phone and the server is out of reach.
export async function setLanguage(wanted) {
  if (!languages.includes(wanted)) return;
  let loaded = zh_CN;
  if (wanted !== "zh_CN") {
    const parts = await Promise.all([LOAD, ...brought].map((load) => load[wanted]()));
    loaded = Object.assign({}, ...parts.map((part) => part.default));
  }
  language = wanted;
  texts = loaded;
  fill = make();
  document.cookie = `${COOKIE}=${wanted}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = HTML_LANG[wanted];
  tellWorker();
  listeners.forEach((redraw) => redraw());
}

// The worker keeps one language's files, and has to know whose.
function tellWorker() {
  navigator.serviceWorker?.ready.then((registration) => registration.active.postMessage({ language }));
}

// The texts of a room that only some pages show: Chinese at once, the others as they are wanted.
export function bring(chinese, load) {
  Object.assign(zh_CN, chinese);
  brought.push(load);
  if (language !== "zh_CN") setLanguage(language).catch(() => {});
}

export const t = (key, values) => fill(key, values);

const subscribe = (redraw) => {
  listeners.add(redraw);
  return () => listeners.delete(redraw);
};

export function useTexts() {
  return useSyncExternalStore(subscribe, () => fill, () => built);
}

// The language in force; while React takes over a built page it is the page's own.
export function useLanguage() {
  return useSyncExternalStore(subscribe, () => language, () => "zh_CN");
}

if (typeof window !== "undefined") {
  const chosen = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=(\\w+)`))?.[1];
  const own = navigator.language.slice(0, 2).toLowerCase();
  const wanted = chosen ?? languages.find((one) => one.startsWith(own)) ?? "en";
  // After the first paint, so that the page React finds is the page the build made.
  if (wanted === "zh_CN") tellWorker();
  else setTimeout(() => setLanguage(wanted).catch(() => {}), 0);
}
