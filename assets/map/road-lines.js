// Roads as they travel (roads/rules.py, Lines), and where along one a name fits. The phone's maps use it too.
(function (fireGrid) {
  "use strict";

  const UNITS = 100000; // of a degree
  const BEND = 0.12; // of a run's length: so far beside the straight line a name still follows it

  // Columns to roads, each with its lines as longitude and latitude.
  fireGrid.linesOf = function ({ names, kinds, parts, sizes, xy }) {
    let [at, part, x, y] = [0, 0, 0, 0];
    return names.map((name, road) => ({
      name,
      kind: kinds[road],
      lines: Array.from({ length: parts[road] }, () =>
        Array.from({ length: sizes[part++] }, () => [(x += xy[at++]) / UNITS, (y += xy[at++]) / UNITS])
      ),
    }));
  };

  // The longest run of a line (x, y, x, y …) that is nearly straight, where it is this long at least: its
  // middle, and the angle at which words stand upright on it. Null where none is.
  fireGrid.straightRun = function (line, length) {
    let best = null;
    let from = 0;
    for (let to = 2; to < line.length; to += 2) {
      while (from < to - 2 && bend(line, from, to) > BEND) from += 2;
      const [dx, dy] = [line[to] - line[from], line[to + 1] - line[from + 1]];
      const long = Math.hypot(dx, dy);
      if (long < length || (best && long <= best.long)) continue;
      let angle = Math.atan2(dy, dx);
      if (angle > Math.PI / 2 || angle <= -Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
      best = { long, angle, x: line[from] + dx / 2, y: line[from + 1] + dy / 2 };
    }
    return best;
  };

  // How far the corners between two of a line lie beside the straight way, as a share of it.
  function bend(line, from, to) {
    const [dx, dy] = [line[to] - line[from], line[to + 1] - line[from + 1]];
    const long = Math.hypot(dx, dy);
    if (!long) return Infinity;
    let most = 0;
    for (let i = from + 2; i < to; i += 2) {
      most = Math.max(most, Math.abs(dx * (line[i + 1] - line[from + 1]) - dy * (line[i] - line[from])) / long);
    }
    return most / long;
  }
})((window.fireGrid = window.fireGrid || {}));
