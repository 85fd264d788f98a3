// Where the phone is: the best of several fixes, never a condition for saving.

const GOOD = 5;
const LONGEST = 30000;

export const canLocate = () => typeof navigator !== "undefined" && "geolocation" in navigator && window.isSecureContext;

// Start looking; `found` is told of every better fix. Returns the function that stops.
export function lookForPlace(found) {
  if (!canLocate()) return () => {};
  let best = null;
  const stop = () => {
    navigator.geolocation.clearWatch(watch);
    clearTimeout(timer);
  };
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      if (best && coords.accuracy >= best.accuracy_m) return;
      best = {
        lat: coords.latitude,
        lon: coords.longitude,
        accuracy_m: coords.accuracy,
        source: "gps",
        fixed_at: new Date(timestamp).toISOString(),
      };
      found(best);
      if (best.accuracy_m <= GOOD) stop();
    },
    () => {},
    { enableHighAccuracy: true, maximumAge: 10000, timeout: LONGEST },
  );
  const timer = setTimeout(stop, LONGEST);
  return stop;
}

// Metres between two points, good to a percent over a grid; for sorting only.
export function metres(a, b) {
  const x = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180));
  return Math.hypot(x, b.lat - a.lat) * 111320;
}
