// All a map knows of its grids, and of a day in them: figures by column, which cell a point is in.
(function (fireGrid) {
  "use strict";

  // Columns that a change names for a cell, in its order (maps/changes.py).
  const CHANGING = [
    "standing", "minutes", "open_hazards", "overdue_hazards", "doors_left", "shouts", "points_left",
  ];

  // The figures as they came, their columns as bare numbers: a tenth of the heap of so many grids.
  fireGrid.figuresOf = function (today) {
    const made = { ...today, targets: Int32Array.from(today.targets) };
    for (const column of CHANGING) made[column] = Int32Array.from(today[column]);
    return made;
  };

  // The figures after a change; null where they have to be asked for as a whole.
  fireGrid.patched = function (today, news) {
    if (news.again || !news.cells) return null;
    const made = { ...today, sums: { ...today.sums, ...news.sums }, tallies: news.tallies || today.tallies };
    for (const column of CHANGING) made[column] = today[column].slice();
    for (const [cell, figures] of Object.entries(news.cells)) {
      if (!(cell in today.standing) || figures.length !== CHANGING.length) return null;
      CHANGING.forEach((column, place) => (made[column][cell] = figures[place]));
    }
    return made;
  };

  // Squares over the extent, each with the areas whose box touches it: a look-up costs the same
  // for a hundred thousand areas as for a hundred. Square n has `held` from starts[n] on.
  function BoxIndex(areas, extent) {
    this.extent = extent;
    this.side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(areas.count / 2))));
    this.starts = new Uint32Array(this.side * this.side + 1);
    const each = (visit) => {
      for (let area = 0; area < areas.count; area++) {
        if (!areas.isDrawn(area)) continue;
        this.overSquares(areas.boxes.subarray(area * 4, area * 4 + 4), (square) => visit(square, area));
      }
    };
    each((square) => this.starts[square + 1]++);
    for (let square = 0; square < this.side * this.side; square++) this.starts[square + 1] += this.starts[square];
    this.held = new Uint32Array(this.starts[this.side * this.side]);
    const next = this.starts.slice();
    each((square, area) => (this.held[next[square]++] = area));
  }

  BoxIndex.prototype.overSquares = function (box, visit) {
    const [left, top, right, bottom] = this.extent;
    const last = this.side - 1;
    const column = (x) => Math.max(0, Math.min(last, Math.floor(((x - left) / (right - left || 1)) * this.side)));
    const row = (y) => Math.max(0, Math.min(last, Math.floor(((y - top) / (bottom - top || 1)) * this.side)));
    for (let r = row(box[1]); r <= row(box[3]); r++) {
      for (let c = column(box[0]); c <= column(box[2]); c++) visit(r * this.side + c);
    }
  };

  // Everything the map knows of its grids; made once from the answer of /api/map/grids.
  fireGrid.GridData = function (answer) {
    const { units, grids, groups } = answer;
    const first = grids.shapes.xy;
    this.origin = first.length
      ? { x: fireGrid.worldX(first[0] / units), y: fireGrid.worldY(first[1] / units) }
      : { x: 128, y: 128 };
    const { parents } = answer;
    this.tree = answer.tree;
    this.units = answer.units;
    this.isWhole = answer.whole;
    this.codes = new fireGrid.Texts(fireGrid.withBeginnings(answer.codes, parents, answer.group_codes));
    this.groupCodes = new fireGrid.Texts(answer.group_codes);
    this.parents = Int32Array.from(parents);
    const names = fireGrid.withBeginnings(grids.names, parents, groups.names);
    this.grids = new fireGrid.Areas(grids, names, units, this.origin);
    this.groups = new fireGrid.Areas(groups, groups.names, units, this.origin);
    this.measure();
    this.undrawn = 0;
    for (let cell = 0; cell < this.grids.count; cell++) {
      if (!this.grids.isDrawn(cell)) this.undrawn++;
    }
  };

  fireGrid.GridData.prototype.measure = function () {
    this.extent = this.grids.extent();
    this.index = null; // made when the first cell is pointed at
  };

  // Do the outlines tell less than this zoom shows? They are simplified for a first look at them all.
  fireGrid.GridData.prototype.isTooCoarse = function (zoom) {
    const pixels = (256 / 360 / this.units) * Math.pow(2, zoom);
    return !this.isWhole && pixels > 1;
  };

  // Communities with anything in this box that are drawn simplified still, each with its cells; of a
  // cell without a community the cell alone. `code` is what their outlines are asked by.
  fireGrid.GridData.prototype.coarseIn = function (box) {
    const { grids, groups, parents } = this;
    const [left, top, right, bottom] = box;
    const isSeen = ({ boxes }, area) =>
      boxes[area * 4] <= right && boxes[area * 4 + 2] >= left &&
      boxes[area * 4 + 1] <= bottom && boxes[area * 4 + 3] >= top;
    const seen = new Set();
    const found = [];
    for (let group = 0; group < groups.count; group++) {
      if (!groups.piece[group] && isSeen(groups, group)) seen.add(group);
    }
    for (let cell = 0; cell < grids.count; cell++) {
      if (grids.piece[cell] || !isSeen(grids, cell)) continue;
      if (parents[cell] >= 0) seen.add(parents[cell]);
      else found.push({ code: this.codes.at(cell), group: -1, cells: [cell] });
    }
    const communities = new Map();
    for (const group of seen) communities.set(group, { code: this.groupCodes.at(group), group, cells: [] });
    for (let cell = 0; seen.size && cell < grids.count; cell++) {
      if (seen.has(parents[cell])) communities.get(parents[cell]).cells.push(cell);
    }
    return [...communities.values(), ...found];
  };

  // The same outlines whole (/api/map/outlines). False where they are those of other grids, and
  // nothing of them is drawn.
  fireGrid.GridData.prototype.sharpen = function (asked, answers) {
    const isLike = ({ group, cells }, { codes, groups }) =>
      groups.rings.length === (group < 0 ? 0 : 1) &&
      codes.length === cells.length &&
      cells.every((cell, place) => this.codes.at(cell) === codes[place]);
    if (asked.length !== answers.length || !asked.every((one, at) => isLike(one, answers[at]))) return false;
    asked.forEach(({ group, cells }, at) => {
      const { units, grids, groups } = answers[at];
      this.grids.sharpen(cells, grids, units);
      if (group >= 0) this.groups.sharpen([group], groups, units);
    });
    this.measure();
    return true;
  };

  // The cell at a point (relative to the origin, zoom 0), or -1.
  fireGrid.GridData.prototype.cellAt = function (x, y) {
    let found = -1;
    if (!this.extent) return found;
    this.index = this.index || new BoxIndex(this.grids, this.extent);
    const [left, top, right, bottom] = this.extent;
    if (x < left || x > right || y < top || y > bottom) return found;
    this.index.overSquares([x, y, x, y], (square) => {
      const { starts, held } = this.index;
      for (let at = starts[square]; at < starts[square + 1]; at++) {
        if (found < 0 && this.grids.holds(held[at], x, y)) found = held[at];
      }
    });
    return found;
  };

  // Leaflet's corners of one cell, for the outline drawn over it when it is chosen.
  fireGrid.GridData.prototype.latLngs = function (cell) {
    const rings = [];
    this.grids.eachRing(cell, (corners, start, end) => {
      const points = [];
      for (let i = start; i < end; i += 2) points.push(this.latLng(corners[i], corners[i + 1]));
      rings.push(points);
    });
    return rings;
  };

  fireGrid.GridData.prototype.latLng = function (x, y) {
    const turn = Math.PI - ((y + this.origin.y) / 256) * 2 * Math.PI;
    return [
      (Math.atan(Math.sinh(turn)) * 180) / Math.PI,
      ((x + this.origin.x) / 256) * 360 - 180,
    ];
  };

  // "泸州街社区第1居民小组" inside its community is "第1居民小组".
  fireGrid.GridData.prototype.shortName = function (cell) {
    const name = this.grids.names.at(cell);
    const group = this.parents[cell] < 0 ? "" : this.groups.names.at(this.parents[cell]);
    return group && name.length > group.length && name.startsWith(group)
      ? name.slice(group.length).trim()
      : name;
  };
})(window.fireGrid);
