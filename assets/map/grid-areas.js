// Outlines and names as bare bytes and numbers: decoding, boxes, is a point inside. Knows no Leaflet.
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

  // Many short words as one run of bytes: a hundred thousand strings would be the heaviest thing here.
  function Texts(words) {
    this.bytes = new TextEncoder().encode(words.join("\n"));
    this.length = words.length;
    this.ends = new Uint32Array(words.length);
    let word = 0;
    for (let at = this.bytes.indexOf(10); at >= 0; at = this.bytes.indexOf(10, at + 1)) this.ends[word++] = at;
    if (words.length) this.ends[word] = this.bytes.length;
  }

  Texts.prototype.at = function (word) {
    const start = word ? this.ends[word - 1] + 1 : 0;
    return new TextDecoder().decode(this.bytes.subarray(start, this.ends[word]));
  };

  Texts.prototype.indexOf = function (text) {
    const wanted = new TextEncoder().encode(text);
    for (let word = 0, start = 0; word < this.length; start = this.ends[word++] + 1) {
      if (this.ends[word] - start !== wanted.length) continue;
      if (wanted.every((byte, at) => this.bytes[start + at] === byte)) return word;
    }
    return -1;
  };

  // Words that came without the beginning they share with their community's (rules/beginnings.py).
  fireGrid.withBeginnings = function (rests, parents, beginnings) {
    return rests.map((rest, at) => (rest[0] === "=" ? rest.slice(1) : (beginnings[parents[at]] ?? "") + rest));
  };

  // Areas by column, their names as `words`. Corners are kept relative to `origin`: 32 bits are then
  // fine at any zoom. Outlines lie in pieces: the first has them all, another those of a community
  // that came whole; `piece` and `place` say where an area is drawn from.
  function Areas(packed, words, units, origin) {
    this.names = new Texts(words);
    this.count = words.length;
    this.origin = origin;
    this.pieces = [piece(packed.shapes, units, origin)];
    this.piece = new Uint32Array(this.count);
    this.place = new Uint32Array(this.count);
    this.boxes = this.pieces[0].boxes.slice();
    this.labels = new Float32Array(this.count * 2);
    for (let area = 0; area < this.count; area++) {
      this.place[area] = area;
      const at = area * 2;
      const [left, top, right, bottom] = this.boxes.subarray(area * 4, area * 4 + 4);
      const known = packed.labels[at] !== 0 || packed.labels[at + 1] !== 0;
      const [labelX, labelY] = known
        ? fireGrid.worldOf(packed.labels[at] / units, packed.labels[at + 1] / units)
        : [origin.x + (left + right) / 2, origin.y + (top + bottom) / 2];
      this.labels[at] = labelX - origin.x;
      this.labels[at + 1] = labelY - origin.y;
    }
  }

  // Outlines decoded: area n has the rings from areaStart[n] on, ring n the corners from ringStart[n] on.
  function piece({ rings, sizes, xy }, units, origin) {
    const corners = new Float32Array(xy.length);
    const ringStart = new Uint32Array(sizes.length + 1);
    const areaStart = new Uint32Array(rings.length + 1);
    const boxes = new Float32Array(rings.length * 4);
    let at = 0;
    let ring = 0;
    let firstX = 0;
    let firstY = 0;
    for (let area = 0; area < rings.length; area++) {
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
          corners[at] = wx;
          corners[at + 1] = wy;
          if (wx < left) left = wx;
          if (wx > right) right = wx;
          if (wy < top) top = wy;
          if (wy > bottom) bottom = wy;
        }
        ringStart[ring + 1] = at;
      }
      areaStart[area + 1] = ring;
      boxes[area * 4] = left;
      boxes[area * 4 + 1] = top;
      boxes[area * 4 + 2] = right;
      boxes[area * 4 + 3] = bottom;
    }
    return { corners, ringStart, areaStart, boxes };
  }

  // These areas as they are drawn whole, in this order.
  Areas.prototype.sharpen = function (areas, shapes, units) {
    const made = piece(shapes, units, this.origin);
    areas.forEach((area, place) => {
      this.piece[area] = this.pieces.length;
      this.place[area] = place;
      this.boxes.set(made.boxes.subarray(place * 4, place * 4 + 4), area * 4);
    });
    this.pieces.push(made);
  };

  // Start and end of each ring of an area in the corners of its piece.
  Areas.prototype.eachRing = function (area, visit) {
    const { corners, ringStart, areaStart } = this.pieces[this.piece[area]];
    const place = this.place[area];
    for (let ring = areaStart[place]; ring < areaStart[place + 1]; ring++) {
      visit(corners, ringStart[ring], ringStart[ring + 1]);
    }
  };

  Areas.prototype.isDrawn = function (area) {
    const { areaStart } = this.pieces[this.piece[area]];
    return areaStart[this.place[area] + 1] > areaStart[this.place[area]];
  };

  // Even and odd crossings over all rings: holes and several parts need no special case.
  Areas.prototype.holds = function (area, x, y) {
    let inside = false;
    this.eachRing(area, (corners, start, end) => {
      for (let i = start, j = end - 2; i < end; j = i, i += 2) {
        const yi = corners[i + 1];
        const yj = corners[j + 1];
        if (yi > y === yj > y) continue;
        const xi = corners[i];
        if (x < ((corners[j] - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
    });
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

  fireGrid.Areas = Areas;
  fireGrid.Texts = Texts;
})(window.fireGrid);
