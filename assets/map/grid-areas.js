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

  // Areas by column. Corners are kept relative to `origin`: 32 bits are then fine at any zoom.
  function Areas(packed, units, origin) {
    this.names = new Texts(packed.names);
    this.count = packed.names.length;
    this.draw(packed.shapes, units, origin);
    this.labels = new Float32Array(this.count * 2);
    for (let area = 0; area < this.count; area++) {
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

  // How they are drawn: all of them, again when they come whole.
  Areas.prototype.draw = function ({ rings, sizes, xy }, units, origin) {
    this.corners = new Float32Array(xy.length);
    this.ringStart = new Uint32Array(sizes.length + 1);
    this.areaStart = new Uint32Array(this.count + 1);
    this.boxes = new Float32Array(this.count * 4);
    let at = 0;
    let ring = 0;
    let firstX = 0;
    let firstY = 0;
    for (let area = 0; area < this.count; area++) {
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
    }
  };

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

  fireGrid.Areas = Areas;
  fireGrid.Texts = Texts;
})(window.fireGrid);
