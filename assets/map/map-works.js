// Fire equipment and guard posts over the grids: a shape, a letter and a colour for each layer, what
// is due last and on top. Guard posts in joint defence have a line between them.
(function (fireGrid) {
  "use strict";

  const LOOKS = {
    gear: { fill: "#f6efe2", ink: "#5a3a00", round: 2 },
    storage: { fill: "#e9dcc6", ink: "#4a2f00", round: 2 },
    hydrant: { fill: "#b3170c", ink: "#ffffff", round: 9 },
    intake: { fill: "#17567f", ink: "#ffffff", round: 9 },
    station: { fill: "#8a120a", ink: "#ffffff", round: 2 },
    guard: { fill: "#1f4d2c", ink: "#ffffff", round: 5 },
  };
  const SIZE = 18;
  const EDGE = "#17211e";
  const DUE = "#ffb000"; // a ring, and a mark beside it: the colour alone would say too little
  const LETTERS_FROM = 14; // zoom below which a point is too small for its letter

  fireGrid.WORKS = Object.keys(LOOKS);

  // Of the answer what is on, relative to the origin of the grids; null where nothing is.
  fireGrid.worksOf = function (answer, data, chosen, texts) {
    const on = new Set(answer.layers.map((layer, at) => (chosen.has(layer) ? at : -1)));
    const points = [];
    const placed = new Map();
    const add = (at, xy, from, more) => {
      const [x, y] = fireGrid.worldOf(xy[from * 2] / answer.units, xy[from * 2 + 1] / answer.units);
      const point = { x: x - data.origin.x, y: y - data.origin.y, ...more };
      placed.set(at, point);
      points.push(point);
    };
    answer.layer.forEach((layer, at) => {
      if (!on.has(layer)) return;
      const name = answer.layers[layer];
      add(at, answer.xy, at, { layer: name, due: answer.due[at] === 1, text: texts[`badge.${name}`], name: answer.names[at] });
    });
    // Who comes to help from outside these grids: small and hollow, in no sum.
    if (chosen.has("guard")) {
      answer.beyond_names.forEach((name, at) => {
        add(answer.layer.length + at, answer.beyond_xy, at, { layer: "guard", due: false, text: "", name, isBeyond: true });
      });
    }
    const lines = answer.lines.filter(([a, b]) => placed.has(a) && placed.has(b));
    return points.length ? { points, lines: lines.map(([a, b]) => [placed.get(a), placed.get(b)]) } : null;
  };

  fireGrid.paintWork = function (ctx, { layer, due, text, isBeyond }, x, y, unit, zoomedIn, font) {
    const { fill, ink, round } = LOOKS[layer];
    const lettered = zoomedIn && !isBeyond;
    const side = (lettered ? SIZE : SIZE / 2) * unit;
    ctx.beginPath();
    ctx.roundRect(x - side / 2, y - side / 2, side, side, (lettered ? round : round / 2) * unit);
    ctx.fillStyle = isBeyond ? ink : fill;
    ctx.fill();
    ctx.strokeStyle = due ? DUE : isBeyond ? fill : EDGE;
    ctx.lineWidth = (due ? 3 : isBeyond ? 2 : 1.2) * unit;
    ctx.stroke();
    if (lettered) {
      ctx.font = `650 ${11.5 * unit}px ${font}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = ink;
      ctx.fillText(text, x, y + 0.5 * unit);
    }
    if (!due) return;
    ctx.beginPath();
    ctx.arc(x + side / 2, y - side / 2, 4.5 * unit, 0, 7);
    ctx.fillStyle = DUE;
    ctx.fill();
    ctx.fillStyle = EDGE;
    ctx.fillRect(x + side / 2 - 0.7 * unit, y - side / 2 - 3 * unit, 1.4 * unit, 3.6 * unit);
    ctx.fillRect(x + side / 2 - 0.7 * unit, y - side / 2 + 1.4 * unit, 1.4 * unit, 1.4 * unit);
  };

  fireGrid.Painter.prototype.works = function* (ctx, works, clip) {
    const { dpr, zoom } = this.view;
    const edge = SIZE * dpr;
    const at = (point) => [point.x * this.scale + this.dx, point.y * this.scale + this.dy];
    ctx.strokeStyle = LOOKS.guard.fill;
    ctx.lineWidth = 2 * dpr;
    ctx.setLineDash([6 * dpr, 4 * dpr]);
    for (const [one, other] of works.lines) {
      ctx.beginPath();
      ctx.moveTo(...at(one));
      ctx.lineTo(...at(other));
      ctx.stroke();
    }
    ctx.setLineDash([]);
    for (const point of works.points) {
      const [x, y] = at(point);
      if (x < clip[0] - edge || x > clip[2] + edge || y < clip[1] - edge || y > clip[3] + edge) continue;
      fireGrid.paintWork(ctx, point, x, y, dpr, zoom >= LETTERS_FROM, fireGrid.FONT);
      yield;
    }
  };

  // What lies under a finger, as words: the nearest within reach, or nothing.
  fireGrid.workAt = function (works, map, latLng, data, texts) {
    if (!works) return "";
    const scale = Math.pow(2, map.getZoom());
    const world = map.project(latLng, 0);
    let [nearest, best] = [null, SIZE];
    for (const point of works.points) {
      const away = Math.hypot(point.x + data.origin.x - world.x, point.y + data.origin.y - world.y) * scale;
      if (away < best) [nearest, best] = [point, away];
    }
    if (!nearest) return "";
    const words = `${texts[`overlay.${nearest.layer}`]} ${nearest.name}`;
    return nearest.due ? `${words} · ${texts.work_due}` : words;
  };
})(window.fireGrid);
