// WGS-84 to GCJ-02 and back, for maps of providers that are shifted (高德). The server shifts alike
// (maps/rules/datum.py), held to this by shared cases.
(function (fireGrid) {
  "use strict";

  const A = 6378245.0;
  const EE = 0.00669342162296594323;
  const CLOSE = 1e-9; // degrees: a tenth of a millimetre
  const MOST_ROUNDS = 10;
  const { PI, sin, cos, sqrt, abs } = Math;

  const isShifted = (lon, lat) => lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
  const same = (lon, lat) => [lon, lat];

  function toGcj(lon, lat) {
    if (!isShifted(lon, lat)) return [lon, lat];
    const x = lon - 105;
    const y = lat - 35;
    const waves = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;
    let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves;
    north += ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3;
    north += ((160 * sin((y / 12) * PI) + 320 * sin((y / 30) * PI)) * 2) / 3;
    let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves;
    east += ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3;
    east += ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
    const angle = (lat / 180) * PI;
    const m = 1 - EE * sin(angle) ** 2;
    return [
      lon + (east * 180) / ((A / sqrt(m)) * cos(angle) * PI),
      lat + (north * 180) / (((A * (1 - EE)) / (m * sqrt(m))) * PI),
    ];
  }

  function fromGcj(lon, lat) {
    if (!isShifted(lon, lat)) return [lon, lat];
    let x = lon;
    let y = lat;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const there = toGcj(x, y);
      const aside = there[0] - lon;
      const up = there[1] - lat;
      x -= aside;
      y -= up;
      if (abs(aside) < CLOSE && abs(up) < CLOSE) break;
    }
    return [x, y];
  }

  // How places come onto a map of this datum, and back: both take and give longitude, latitude.
  fireGrid.datumOf = (name) => (name === "gcj02" ? { onto: toGcj, back: fromGcj } : { onto: same, back: same });
})((window.fireGrid = window.fireGrid || {}));
