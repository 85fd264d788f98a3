// Outlines as typed arrays: decoding, boxes, and which cell a point is in. Knows no Leaflet.
(function (fireGrid) {
  "use strict";

  // Web Mercator at zoom 0: the whole world is 256 wide.
  function worldX(longitude) {
    return ((longitude + 180) / 360) * 256;
  }

  function worldY(latitude) {
    const sine = Math.sin((latitude * Math.PI) / 180);
    return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256;
  }

  fireGrid.worldX = worldX;
  fireGrid.worldY = worldY;

  // Places come in WGS-84 and are shifted onto the base map where that is another datum's.
  const isShifted = Boolean(fireGrid.datum) && fireGrid.datum !== "wgs84";
  const datum = fireGrid.datumOf(fireGrid.datum);

  // Where a place (degrees, WGS-84) is drawn, at zoom 0.
  fireGrid.worldOf = function (longitude, latitude) {
    const [x, y] = isShifted ? datum.onto(longitude, latitude) : [longitude, latitude];
    return [worldX(x), worldY(y)];
  };

  // Areas by column. Corners are kept relative to `origin`: 32 bits are then fine at any zoom.
  function Areas(packed, units, origin) {
    const count = packed.names.length;
    const { rings, sizes, xy } = packed.shapes;
    this.names = packed.names;
    this.count = count;
    this.corners = new Float32Array(xy.length);
    this.ringStart = new Uint32Array(sizes.length + 1);
    this.areaStart = new Uint32Array(count + 1);
    this.boxes = new Float32Array(count * 4);
    this.labels = new Float32Array(count * 2);
    let at = 0;
    let ring = 0;
    let firstX = 0;
    let firstY = 0;
    for (let area = 0; area < count; area++) {
      let left = Infinity;
      let top = Infinity;
      let right = -Infinity;
      let bottom = -Infinity;
      for (let n = 0; n < rings[area]; n++, ring++) {
        let x = firstX;
        let y = firstY;
        for (let corner = 0; corner < sizes[ring]; corner++, at += 2) {
          x += xy[at];
          y += xy[at + 1];
          if (corner === 0) {
            firstX = x;
            firstY = y;
          }
          let wx = x / units;
          let wy = y / units;
          if (isShifted) [wx, wy] = datum.onto(wx, wy);
          wx = worldX(wx) - origin.x;
          wy = worldY(wy) - origin.y;
          this.corners[at] = wx;
          this.corners[at + 1] = wy;
          if (wx < left) left = wx;
          if (wx > right) right = wx;
          if (wy < top) top = wy;
          if (wy > bottom) bottom = wy;
        }
        this.ringStart[ring + 1] = at;
      }
      this.areaStart[area + 1] = ring;
      this.boxes[area * 4] = left;
      this.boxes[area * 4 + 1] = top;
      this.boxes[area * 4 + 2] = right;
      this.boxes[area * 4 + 3] = bottom;
      const known = packed.labels[area * 2] !== 0 || packed.labels[area * 2 + 1] !== 0;
      const [labelX, labelY] = known
        ? fireGrid.worldOf(packed.labels[area * 2] / units, packed.labels[area * 2 + 1] / units)
        : [origin.x + (left + right) / 2, origin.y + (top + bottom) / 2];
      this.labels[area * 2] = labelX - origin.x;
      this.labels[area * 2 + 1] = labelY - origin.y;
    }
  }

  Areas.prototype.isDrawn = function (area) {
    return this.areaStart[area + 1] > this.areaStart[area];
  };

  // Even and odd crossings over all rings: holes and several parts need no special case.
  Areas.prototype.holds = function (area, x, y) {
    let inside = false;
    for (let ring = this.areaStart[area]; ring < this.areaStart[area + 1]; ring++) {
      const start = this.ringStart[ring];
      const end = this.ringStart[ring + 1];
      for (let i = start, j = end - 2; i < end; j = i, i += 2) {
        const yi = this.corners[i + 1];
        const yj = this.corners[j + 1];
        if (yi > y === yj > y) continue;
        const xi = this.corners[i];
        if (x < ((this.corners[j] - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
    }
    return inside;
  };

  // The box around all areas, or null when nothing is drawn.
  Areas.prototype.extent = function () {
    const extent = [Infinity, Infinity, -Infinity, -Infinity];
    for (let area = 0; area < this.count; area++) {
      if (!this.isDrawn(area)) continue;
      extent[0] = Math.min(extent[0], this.boxes[area * 4]);
      extent[1] = Math.min(extent[1], this.boxes[area * 4 + 1]);
      extent[2] = Math.max(extent[2], this.boxes[area * 4 + 2]);
      extent[3] = Math.max(extent[3], this.boxes[area * 4 + 3]);
    }
    return extent[0] <= extent[2] ? extent : null;
  };

  // Columns that a change names for a cell, in its order (maps/changes.py).
  const CHANGING = [
    "standing", "minutes", "open_hazards", "overdue_hazards", "doors_left", "shouts", "points_left",
  ];

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
  // for a hundred thousand areas as for a hundred.
  function BoxIndex(areas, extent) {
    this.extent = extent;
    this.side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(areas.count / 2))));
    this.squares = new Map();
    for (let area = 0; area < areas.count; area++) {
      if (!areas.isDrawn(area)) continue;
      const box = areas.boxes.subarray(area * 4, area * 4 + 4);
      this.overSquares(box, (square) => {
        const held = this.squares.get(square);
        if (held) held.push(area);
        else this.squares.set(square, [area]);
      });
    }
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
      ? { x: worldX(first[0] / units), y: worldY(first[1] / units) }
      : { x: 128, y: 128 };
    this.tree = answer.tree;
    this.codes = answer.codes;
    this.parents = answer.parents;
    this.grids = new Areas(grids, units, this.origin);
    this.groups = new Areas(groups, units, this.origin);
    this.extent = this.grids.extent();
    this.index = null; // made when the first cell is pointed at
    this.undrawn = 0;
    for (let cell = 0; cell < this.grids.count; cell++) {
      if (!this.grids.isDrawn(cell)) this.undrawn++;
    }
  };

  // The cell at a point (relative to the origin, zoom 0), or -1.
  fireGrid.GridData.prototype.cellAt = function (x, y) {
    let found = -1;
    if (!this.extent) return found;
    this.index = this.index || new BoxIndex(this.grids, this.extent);
    const [left, top, right, bottom] = this.extent;
    if (x < left || x > right || y < top || y > bottom) return found;
    this.index.overSquares([x, y, x, y], (square) => {
      for (const cell of this.index.squares.get(square) || []) {
        if (found < 0 && this.grids.holds(cell, x, y)) found = cell;
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
    const name = this.grids.names[cell];
    const group = this.parents[cell] < 0 ? "" : this.groups.names[this.parents[cell]];
    return group && name.length > group.length && name.startsWith(group)
      ? name.slice(group.length).trim()
      : name;
  };
})(window.fireGrid);
