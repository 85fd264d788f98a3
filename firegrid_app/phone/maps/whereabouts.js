// Which grid the phone is in, by the outlines of its day pack. The server answers alike
// (grids/whereabouts.py), held to this by shared cases.

const DEGREE_M = 111320;
const LEAST_REACH_M = 10;
const MOST_REACH_M = 100;

export const reachOf = (accuracy) => Math.min(Math.max(accuracy || 0, LEAST_REACH_M), MOST_REACH_M);

// Grids ({code, outline}) that hold the place ({lat, lon, accuracy_m}), then those within reach,
// the nearest first: [{code, metres}], 0 metres inside.
export function gridsHere(grids, { lat, lon, accuracy_m }) {
  const reach = reachOf(accuracy_m);
  const found = [];
  for (const { code, outline } of grids) {
    const rings = ringsOf(outline);
    if (!rings.length) continue;
    const metres = holds(rings, lat, lon) ? 0 : Math.floor(toEdge(rings, lat, lon) + 0.5);
    if (metres <= reach) found.push({ code, metres });
  }
  return found.sort((a, b) => a.metres - b.metres || (a.code < b.code ? -1 : 1));
}

function ringsOf(outline) {
  if (!outline) return [];
  return outline.type === "Polygon" ? outline.coordinates : outline.coordinates.flat();
}

function holds(rings, lat, lon) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

function toEdge(rings, lat, lon) {
  const across = Math.cos(lat * (Math.PI / 180)) * DEGREE_M;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const ax = (ring[i][0] - lon) * across;
      const ay = (ring[i][1] - lat) * DEGREE_M;
      const dx = (ring[i + 1][0] - lon) * across - ax;
      const dy = (ring[i + 1][1] - lat) * DEGREE_M - ay;
      const length = dx * dx + dy * dy;
      const along = length === 0 ? 0 : Math.min(Math.max(-(ax * dx + ay * dy) / length, 0), 1);
      const x = ax + along * dx;
      const y = ay + along * dy;
      nearest = Math.min(nearest, Math.sqrt(x * x + y * y));
    }
  }
  return nearest;
}
