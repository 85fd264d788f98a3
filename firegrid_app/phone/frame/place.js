// Where the phone is: the best of several fixes, never a condition for saving.

const GOOD = 5;
const LONGEST = 60000;
const COARSE = 100;

export const canLocate = () => typeof navigator !== "undefined" && "geolocation" in navigator && window.isSecureContext;

// Is a later fix to be kept instead? A finer one is; so is a coarser one that cannot be the same spot: who
// walked on while the form was open is not where the phone was surest.
export const isBetter = (best, fix) =>
  !best || fix.accuracy_m < best.accuracy_m || metres(best, fix) > best.accuracy_m + fix.accuracy_m;

const fixOf = ({ coords, timestamp }) => ({
  lat: coords.latitude,
  lon: coords.longitude,
  accuracy_m: coords.accuracy,
  source: "gps",
  fixed_at: new Date(timestamp).toISOString(),
});

// What is said of the place, as a key of texts with its values: warned of from 100 m on, never refused.
export function placeSaid(place, possible) {
  if (!possible) return ["phone.place_impossible"];
  if (!place) return ["phone.place_looking"];
  const key = place.accuracy_m >= COARSE ? "phone.place_coarse" : "phone.place_found";
  return [key, { metres: Math.round(place.accuracy_m) }];
}

// Start looking; `found` is told of every better fix, the last one being good to 5 m or the best of a minute.
// Coming back from the camera it looks again. Returns the function that stops.
export function lookForPlace(found) {
  if (!canLocate()) return () => {};
  let best = null;
  let watch = null;
  let timer = 0;
  const rest = () => {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    clearTimeout(timer);
    watch = null;
  };
  const look = () => {
    rest();
    watch = navigator.geolocation.watchPosition(
      (told) => {
        const fix = fixOf(told);
        if (isBetter(best, fix)) {
          best = fix;
          found(best);
        }
        if (fix.accuracy_m <= GOOD) rest();
      },
      () => {},
      { enableHighAccuracy: true, maximumAge: 10000, timeout: LONGEST },
    );
    timer = setTimeout(rest, LONGEST);
  };
  const again = () => document.visibilityState === "visible" && look();
  document.addEventListener("visibilitychange", again);
  look();
  return () => {
    document.removeEventListener("visibilitychange", again);
    rest();
  };
}

// Metres between two points, good to a percent over a grid; for sorting only.
export function metres(a, b) {
  const x = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180));
  return Math.hypot(x, b.lat - a.lat) * 111320;
}
