// How a grid looks: colour and, beside it, a pattern and a mark, so that neither colour-blind eyes
// nor sunlight lose the meaning.
(function (fireGrid) {
  "use strict";

  fireGrid.PALETTES = {
    light: {
      name: "light", ink: "#17211e", halo: "#fbfaf7", border: "#2c3a35",
      road: "#7a725f", roadName: "#17211e", fireLane: "#8a120a",
      overdue: { fill: "#dd6153", pattern: "cross", lines: "#8a120a", edge: "#7d0f08", width: 2.5 },
      not_walked: { fill: "#f7dc9c", pattern: "diagonal", lines: "#b37a14", edge: "#8a5600", width: 1.25 },
      under_target: { fill: "#d3e6f0", pattern: "dots", lines: "#2d6a8f", edge: "#5c8aa5", width: 0.75 },
      done: { fill: "#a9d3b0", pattern: "", lines: "#155c2e", edge: "#4c8a5b", width: 0.75 },
      rest_day: { fill: "#f6f4ee", pattern: "", lines: "#b9b5a9", edge: "#b9b5a9", width: 0.75 },
      plain: { fill: "#f4f2ec", pattern: "", lines: "#8d968f", edge: "#8d968f", width: 1 },
    },
    dark: {
      name: "dark", ink: "#eef3f1", halo: "#0a100f", border: "#a9b7b1",
      road: "#d8d2c2", roadName: "#eef3f1", fireLane: "#ffb4aa",
      overdue: { fill: "#9a3226", pattern: "cross", lines: "#f0988b", edge: "#ffb4aa", width: 2.5 },
      not_walked: { fill: "#463711", pattern: "diagonal", lines: "#c9982f", edge: "#d9a53c", width: 1.25 },
      under_target: { fill: "#173747", pattern: "dots", lines: "#7fbfe0", edge: "#4f8bab", width: 0.75 },
      done: { fill: "#1f5130", pattern: "", lines: "#9bdcae", edge: "#4f9564", width: 0.75 },
      rest_day: { fill: "#1d2725", pattern: "", lines: "#46534f", edge: "#46534f", width: 0.75 },
      plain: { fill: "#18211f", pattern: "", lines: "#6d7b76", edge: "#6d7b76", width: 1 },
    },
  };
  const tiles = new Map();

  function tile(look, dpr) {
    const key = `${look.pattern}${look.fill}${dpr}`;
    if (tiles.has(key)) return tiles.get(key);
    const side = Math.round(7 * dpr);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = look.fill;
    ctx.fillRect(0, 0, side, side);
    ctx.strokeStyle = ctx.fillStyle = look.lines;
    ctx.lineWidth = 1.1 * dpr;
    ctx.beginPath();
    if (look.pattern === "dots") {
      ctx.arc(side / 2, side / 2, 1.15 * dpr, 0, 7);
      ctx.fill();
    } else {
      for (const shift of [-side, 0, side]) {
        ctx.moveTo(shift - 1, side + 1);
        ctx.lineTo(shift + side + 1, -1);
        if (look.pattern === "cross") {
          ctx.moveTo(shift - 1, -1);
          ctx.lineTo(shift + side + 1, side + 1);
        }
      }
      ctx.stroke();
    }
    tiles.set(key, canvas);
    return canvas;
  }

  // Colour and lines in one, so that a cell is filled once.
  fireGrid.hatch = function (ctx, look, dpr, x, y) {
    const image = tile(look, dpr);
    const pattern = ctx.createPattern(image, "repeat");
    // Hatches stay where the ground is when the buffer is drawn anew a bit further on.
    if (pattern.setTransform && window.DOMMatrix) {
      pattern.setTransform(new DOMMatrix().translate(-(x % image.width), -(y % image.height)));
    }
    return pattern;
  };

  fireGrid.mark = function (ctx, standing, look, x, y, unit) {
    ctx.lineJoin = ctx.lineCap = "round";
    if (standing === "done") {
      ctx.beginPath();
      ctx.moveTo(x - 5 * unit, y);
      ctx.lineTo(x - 1.5 * unit, y + 4 * unit);
      ctx.lineTo(x + 5.5 * unit, y - 4.5 * unit);
      ctx.strokeStyle = look.lines;
      ctx.lineWidth = 2.6 * unit;
      ctx.stroke();
    } else if (standing === "overdue") {
      ctx.beginPath();
      ctx.arc(x, y, 8 * unit, 0, 7);
      ctx.fillStyle = "#8a120a";
      ctx.fill();
      ctx.strokeStyle = "#ffffff";
      ctx.lineWidth = 1.6 * unit;
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x, y - 4.2 * unit);
      ctx.lineTo(x, y + 0.8 * unit);
      ctx.moveTo(x, y + 4.2 * unit);
      ctx.lineTo(x, y + 4.3 * unit);
      ctx.lineWidth = 2.4 * unit;
      ctx.stroke();
    }
  };

  // A square of the legend, painted as the map paints its cells.
  fireGrid.swatch = function (canvas, standing, palette, dpr) {
    const ctx = canvas.getContext("2d");
    const look = palette[standing];
    canvas.width = 34 * dpr;
    canvas.height = 24 * dpr;
    ctx.fillStyle = look.pattern ? fireGrid.hatch(ctx, look, dpr, 0, 0) : look.fill;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.strokeStyle = look.edge;
    ctx.lineWidth = Math.max(look.width, 1) * 2 * dpr;
    ctx.strokeRect(0, 0, canvas.width, canvas.height);
    fireGrid.mark(ctx, standing, look, canvas.width / 2, canvas.height / 2, dpr * 0.9);
  };
})(window.fireGrid);
