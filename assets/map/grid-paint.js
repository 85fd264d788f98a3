// Paints grids into a buffer. Painting is a generator: the layer stops it when a frame is over.
(function (fireGrid) {
  "use strict";

  // What matters most is painted last and lies on top.
  const ORDER = ["plain", "rest_day", "done", "under_target", "not_walked", "overdue"];
  const PATTERN_FROM = 9; // narrower cells (in CSS pixels) show colour only: a hatch would be noise

  fireGrid.meets = function (box, clip) {
    return box[0] <= clip[2] && box[2] >= clip[0] && box[1] <= clip[3] && box[3] >= clip[1];
  };

  const { meets, hatch, mark } = fireGrid;

  const MARGIN = (fireGrid.MARGIN = 0.4); // of the view on every side: so far it moves before it is drawn anew
  const LARGEST = 9e6; // pixels of a buffer; a phone with three device pixels a pixel gets fewer

  // An empty buffer for a window `width` by `height` whose upper left corner is at x, y (pixels of
  // the world at this zoom).
  fireGrid.buffer = function (data, palette, zoom, x, y, width, height) {
    const padX = Math.round(width * MARGIN);
    const padY = Math.round(height * MARGIN);
    const view = { zoom, x: x - padX, y: y - padY, width: width + 2 * padX, height: height + 2 * padY };
    const most = Math.sqrt(LARGEST / (view.width * view.height));
    view.dpr = Math.min(window.devicePixelRatio || 1, most);
    view.spareX = padX / 3;
    view.spareY = padY / 3;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(view.width * view.dpr);
    canvas.height = Math.round(view.height * view.dpr);
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
    canvas.className = "leaflet-zoom-animated";
    canvas.setAttribute("role", "img");
    const ctx = canvas.getContext("2d");
    const whole = [0, 0, canvas.width, canvas.height];
    return { canvas, ctx, whole, view, painter: new fireGrid.Painter(data, view, palette) };
  };

  // Steps a generator for so many milliseconds; true when it is done.
  fireGrid.runFor = function (steps, milliseconds) {
    const until = performance.now() + milliseconds;
    for (;;) {
      if (steps.next().done) return true;
      if (performance.now() > until) return false;
    }
  };

  // Paints one buffer: `view` is {zoom, x, y, width, height, dpr}, x and y in pixels of the world.
  fireGrid.Painter = function (data, view, palette) {
    const scale = Math.pow(2, view.zoom);
    this.data = data;
    this.view = view;
    this.palette = palette;
    this.scale = scale * view.dpr;
    this.dx = (data.origin.x * scale - view.x) * view.dpr;
    this.dy = (data.origin.y * scale - view.y) * view.dpr;
    this.items = [];
    this.cover = 1; // how much a cell hides of what lies below it
  };

  const Painter = fireGrid.Painter.prototype;

  Painter.boxOf = function (areas, area) {
    const b = areas.boxes;
    const at = area * 4;
    return [
      b[at] * this.scale + this.dx, b[at + 1] * this.scale + this.dy,
      b[at + 2] * this.scale + this.dx, b[at + 3] * this.scale + this.dy,
    ];
  };

  Painter.trace = function (ctx, areas, area) {
    const { scale, dx, dy } = this;
    ctx.beginPath();
    areas.eachRing(area, (corners, start, end) => {
      ctx.moveTo(corners[start] * scale + dx, corners[start + 1] * scale + dy);
      for (let i = start + 2; i < end; i += 2) ctx.lineTo(corners[i] * scale + dx, corners[i + 1] * scale + dy);
      ctx.closePath();
    });
  };

  // Everything inside `clip` (device pixels). `standings[cell]` is the word a cell is coloured by.
  Painter.paint = function* (ctx, standings, clip) {
    const { grids, groups } = this.data;
    const { dpr } = this.view;
    const reach = [clip[0] - 4 * dpr, clip[1] - 4 * dpr, clip[2] + 4 * dpr, clip[3] + 4 * dpr];
    const byStanding = new Map(ORDER.map((standing) => [standing, []]));
    for (let cell = 0; cell < grids.count; cell++) {
      if (!grids.isDrawn(cell) || !meets(this.boxOf(grids, cell), reach)) continue;
      byStanding.get(standings[cell]).push(cell);
    }
    ctx.lineJoin = "round";
    for (const standing of ORDER) {
      const look = this.palette[standing];
      const pattern = look.pattern && hatch(ctx, look, dpr, this.view.x * dpr, this.view.y * dpr);
      ctx.strokeStyle = look.edge;
      for (const cell of byStanding.get(standing)) {
        const box = this.boxOf(grids, cell);
        const side = Math.min(box[2] - box[0], box[3] - box[1]);
        ctx.fillStyle = pattern && side >= PATTERN_FROM * dpr ? pattern : look.fill;
        if (side < 1.5 * dpr) {
          ctx.fillRect(box[0], box[1], Math.max(1, box[2] - box[0]), Math.max(1, box[3] - box[1]));
        } else {
          this.trace(ctx, grids, cell);
          ctx.globalAlpha = this.cover;
          ctx.fill("evenodd");
          ctx.globalAlpha = 1;
          // Narrow cells keep a thin line, or the lines would hide what they surround.
          ctx.lineWidth = Math.min(look.width * dpr, Math.max(0.5, side / 5));
          ctx.stroke();
        }
        yield;
      }
    }
    ctx.strokeStyle = this.palette.border;
    ctx.lineWidth = 1.5 * dpr;
    for (let group = 0; group < groups.count; group++) {
      if (!groups.isDrawn(group) || !meets(this.boxOf(groups, group), reach)) continue;
      this.trace(ctx, groups, group);
      ctx.stroke();
      yield;
    }
    for (const cell of byStanding.get("overdue")) {
      const look = this.palette.overdue;
      ctx.strokeStyle = look.edge;
      ctx.lineWidth = look.width * dpr;
      this.trace(ctx, grids, cell);
      ctx.stroke();
      yield;
    }
  };

  // Names and marks, where `layOut` has put them.
  Painter.write = function* (ctx, standings, clip) {
    for (const item of this.items) {
      if (meets(item.box, clip)) this.paintItem(ctx, item, standings);
      yield;
    }
  };

  Painter.paintItem = function (ctx, item, standings) {
    const unit = this.view.dpr;
    const standing = item.cell < 0 || item.badges ? "" : standings[item.cell];
    const marked = standing === "overdue" || (standing === "done" && item.roomy);
    if (marked) {
      mark(ctx, standing, this.palette[standing], item.x, item.y - (item.text ? 9 * unit : 0), unit);
    }
    if (item.badges) {
      fireGrid.paintBadges(ctx, item.badges, this.palette.name, item.x, item.y, unit, fireGrid.FONT);
    }
    if (!item.text) return;
    ctx.font = item.font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.2 * unit;
    ctx.strokeStyle = this.palette.halo;
    ctx.fillStyle = this.palette.ink;
    const y = item.y + (marked ? 10 * unit : 0);
    ctx.strokeText(item.text, item.x, y);
    ctx.fillText(item.text, item.x, y);
  };
})(window.fireGrid);
