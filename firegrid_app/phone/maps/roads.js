// Roads of the day pack on the plane of a picture: paths by kind, and where their names fit. Pure.


// `roads` and `runOf` are linesOf and straightRun of road-lines.js, `at(lat, lon)` is gridmap.js's.
export const roadsOn = (roads, at, runOf) =>
  roads.flatMap(({ name, kind, lines }) =>
    lines.map((line) => {
      const points = line.map(([lon, lat]) => at(lat, lon));
      const path = `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
      return { name, kind, path, run: name ? runOf(points.flat(), 0) : null };
    }),
  );

// Which names are written where letters are so many metres wide: those that fit along their road, each not
// too near the same name or over another.
export function namesOn(roads, letter) {
  const written = [];
  for (const { name, run } of roads) {
    const length = (name.length + 1) * letter;
    if (!run || run.long < length) continue;
    const near = (one) => Math.hypot(one.x - run.x, one.y - run.y) < (one.length + length) * (one.name === name ? 2 : 0.5);
    if (!written.some(near)) written.push({ name, length, x: run.x, y: run.y, turn: (run.angle * 180) / Math.PI });
  }
  return written;
}
