// Which names and marks stand where on a buffer, none covering another.
(function (fireGrid) {
  "use strict";

  const FONT =
    'system-ui, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", sans-serif';
  const MARK_FROM = 20; // narrower cells (in CSS pixels) have no room for a tick
  const NAME_FROM = 16; // and none for the shortest number
  const LABELS_FROM = 54; // mean width of a community's cells from which each gets its own name

  const { meets } = fireGrid;

  fireGrid.FONT = FONT;

  // Overdue first, then communities, then
  // the small grids of communities that are large enough on the screen.
  // Badges come last, what is overdue first: a name may give way to none of them.
  fireGrid.Painter.prototype.layOut = function* (ctx, standings, badges) {
    const { data } = this;
    const { grids, groups } = data;
    const unit = this.view.dpr;
    const screen = [0, 0, this.view.width * unit, this.view.height * unit];
    const taken = new Taken(64 * unit);
    const fonts = { group: `650 ${14 * unit}px ${FONT}`, cell: `600 ${13 * unit}px ${FONT}` };
    const put = (item, width, height, freely) => {
      item.box = [item.x - width / 2, item.y - height / 2, item.x + width / 2, item.y + height / 2];
      if (!meets(item.box, screen) || (!freely && !taken.isFree(item.box))) return false;
      taken.add(item.box);
      this.items.push(item);
      return true;
    };
    const at = (areas, area) => ({
      x: areas.labels[area * 2] * this.scale + this.dx,
      y: areas.labels[area * 2 + 1] * this.scale + this.dy,
    });
    this.items = [];
    const widths = new Float64Array(groups.count);
    const members = new Uint32Array(groups.count);
    const shown = [];
    for (let cell = 0; cell < grids.count; cell++) {
      if (!grids.isDrawn(cell)) continue;
      const box = this.boxOf(grids, cell);
      const group = data.parents[cell];
      if (group >= 0) {
        widths[group] += box[2] - box[0];
        members[group]++;
      }
      if (meets(box, screen)) shown.push(cell);
      yield;
    }
    const widthOfCell = (cell) => (grids.boxes[cell * 4 + 2] - grids.boxes[cell * 4]) * this.scale;
    const isOpen = (cell) => {
      if (widthOfCell(cell) < NAME_FROM * unit) return false;
      const group = data.parents[cell];
      return group < 0 || widths[group] / members[group] >= LABELS_FROM * unit;
    };
    const named = shown.filter(isOpen);
    const unnamed = shown.filter((cell) => !isOpen(cell));
    for (const cell of unnamed) {
      if (standings[cell] !== "overdue") continue;
      put({ ...at(grids, cell), cell, text: "", roomy: false }, 17 * unit, 17 * unit);
      yield;
    }
    const closed = [];
    for (let group = 0; group < groups.count; group++) {
      if (members[group] && widths[group] / members[group] < LABELS_FROM * unit) closed.push(group);
    }
    closed.sort((a, b) => widths[b] - widths[a]);
    ctx.font = fonts.group;
    for (const group of closed) {
      const text = groups.names.at(group);
      const width = ctx.measureText(text).width + 6 * unit;
      for (const shift of [0, -18, 18, -34, 34]) {
        const point = at(groups, group);
        const item = { x: point.x, y: point.y + shift * unit, cell: -1, text, font: fonts.group };
        if (put(item, width, 19 * unit)) break;
      }
      yield;
    }
    ctx.font = fonts.cell;
    named.sort((a, b) => (standings[b] === "overdue") - (standings[a] === "overdue"));
    const room = (cell) => widthOfCell(cell) * 1.1;
    const widthOf = (text) => ctx.measureText(text).width + 4 * unit;
    // Whole names where most of them fit, else numbers: "第16居民小组" is "16" to everyone there.
    const fitting = named.filter((cell) => widthOf(data.shortName(cell)) <= room(cell)).length;
    const isWhole = fitting >= named.length * 0.6;
    for (const cell of named) {
      const box = this.boxOf(grids, cell);
      const name = data.shortName(cell);
      const roomy = Math.min(box[2] - box[0], box[3] - box[1]) >= MARK_FROM * unit;
      const item = { ...at(grids, cell), cell, text: "", font: fonts.cell, roomy };
      const number = (name.match(/\d+/) || [""])[0];
      const written = (isWhole || !number ? [name, number] : [number]).some((text) => {
        const width = widthOf(text);
        if (!text || width > room(cell)) return false;
        item.text = text;
        return put(item, Math.max(width, 17 * unit), 38 * unit);
      });
      if (!written) {
        item.text = "";
        put(item, 17 * unit, 17 * unit, standings[cell] === "overdue");
      }
      yield;
    }
    if (badges) yield* this.layBadges(ctx, badges, { shown, closed, isOpen, at, put, widthOfCell });
    for (const cell of unnamed) {
      const box = this.boxOf(grids, cell);
      if (standings[cell] === "overdue") continue;
      if (Math.min(box[2] - box[0], box[3] - box[1]) < MARK_FROM * unit) continue;
      put({ ...at(grids, cell), cell, text: "", roomy: true }, 17 * unit, 17 * unit);
      yield;
    }
  };

  const BELOW = [0, 22, 30, -24, 40]; // where a row of badges is tried, from its label, in pixels

  fireGrid.Painter.prototype.layBadges = function* (ctx, badges, { shown, closed, isOpen, at, put, widthOfCell }) {
    const { grids, groups } = this.data;
    const unit = this.view.dpr;
    const place = (row, point, more, widest) => {
      const [width, height] = fireGrid.sizeOfBadges(ctx, row, unit, FONT);
      if (width > widest) return;
      BELOW.some((shift) =>
        put({ x: point.x, y: point.y + shift * unit, text: "", badges: row, ...more }, width, height)
      );
    };
    const cells = shown.filter((cell) => badges.cells[cell].length && isOpen(cell));
    cells.sort((a, b) => fireGrid.isUrgent(badges.cells[b]) - fireGrid.isUrgent(badges.cells[a]));
    for (const cell of cells) {
      place(badges.cells[cell], at(grids, cell), { cell }, widthOfCell(cell) * 1.15);
      yield;
    }
    // Of a community too small on the screen for its grids, the sums stand below its name.
    for (const group of closed) {
      if (badges.groups[group].length) place(badges.groups[group], at(groups, group), { cell: -1, group }, Infinity);
      yield;
    }
  };

  // Boxes already written on, by squares of the screen.
  function Taken(side) {
    this.side = side;
    this.squares = new Map();
  }

  Taken.prototype.over = function (box, visit) {
    const [left, top, right, bottom] = box.map((edge) => Math.floor(edge / this.side));
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) visit(`${row},${column}`);
    }
  };

  Taken.prototype.isFree = function (box) {
    let free = true;
    this.over(box, (square) => {
      free = free && !(this.squares.get(square) || []).some((other) => meets(box, other));
    });
    return free;
  };

  Taken.prototype.add = function (box) {
    this.over(box, (square) => {
      const held = this.squares.get(square);
      if (held) held.push(box);
      else this.squares.set(square, [box]);
    });
  };
})(window.fireGrid);
