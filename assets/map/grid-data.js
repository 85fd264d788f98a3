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
    this.tree = answer.tree;
    this.units = answer.units;
    this.isWhole = answer.whole;
    this.codes = new fireGrid.Texts(answer.codes);
    this.parents = Int32Array.from(answer.parents);
    this.grids = new fireGrid.Areas(grids, units, this.origin);
    this.groups = new fireGrid.Areas(groups, units, this.origin);
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
  fireGrid.GridData.prototype.isTooCoarse = function (zoom, dpr) {
    const pixels = (256 / 360 / this.units) * Math.pow(2, zoom) * dpr;
    return !this.isWhole && pixels > 0.5;
  };

  // The same outlines whole (/api/map/outlines). False where they are those of other grids.
  fireGrid.GridData.prototype.sharpen = function (answer) {
    if (answer.tree !== this.tree || answer.grids.rings.length !== this.grids.count) return false;
    this.grids.draw(answer.grids, answer.units, this.origin);
    this.groups.draw(answer.groups, answer.units, this.origin);
    this.units = answer.units;
    this.isWhole = true;
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
    const { areaStart, ringStart, corners } = this.grids;
    for (let ring = areaStart[cell]; ring < areaStart[cell + 1]; ring++) {
      const points = [];
      for (let i = ringStart[ring]; i < ringStart[ring + 1]; i += 2) {
        points.push(this.latLng(corners[i], corners[i + 1]));
      }
      rings.push(points);
    }
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
