// The Leaflet layer: all grids drawn once into a canvas larger than the view, which is then only
// moved and scaled; drawn anew, in slices and behind the scenes, when the view leaves it.
(function (fireGrid) {
  "use strict";

  const SLICE = 8; // milliseconds of painting before the page may breathe
  const SINGLY = 64; // more changed cells than this are painted as a whole

  const { runFor } = fireGrid;

  fireGrid.GridLayer = L.Layer.extend({
    // `picture` is a buffer painted already (first-picture.js): then only its names are missing.
    initialize: function (data, standings, palette, picture, badges) {
      this._badges = badges || null;
      this._spots = this._works = null;
      this._data = data;
      this._standings = standings;
      this._palette = palette;
      this._picture = picture;
      this._label = "";
      this._cover = 1;
      this._front = null;
      this._painting = 0;
    },

    onAdd: function () {
      this._box = L.DomUtil.create("div", "grid-layer", this.getPane());
      const picture = this._picture;
      this._picture = null;
      if (picture) this._show(picture);
      if (picture && this._isNear(picture.view)) this._finish(picture, this._names(picture));
      else this._redraw();
    },

    onRemove: function () {
      this._painting++;
      this._box.remove();
      this._front = null;
    },

    getEvents: function () {
      const events = { viewreset: this._place, zoom: this._place, moveend: this._moved, resize: this._redraw };
      if (this._zoomAnimated) events.zoomanim = this._animateZoom;
      return events;
    },

    // New standings and badges; only cells that differ are painted. Gives back how many did.
    setStandings: function (standings, badges) {
      const changed = [];
      const before = this._badges;
      for (let cell = 0; cell < standings.length; cell++) {
        const same = standings[cell] === this._standings[cell];
        if (!same || (before && badges && !isLike(badges.cells[cell], before.cells[cell]))) changed.push(cell);
      }
      const isAnother = !before !== !badges;
      this._standings = standings;
      this._badges = badges || null;
      if (isAnother || changed.length > SINGLY || (changed.length && !this._front)) this._redraw();
      else if (changed.length) this._repaint(changed);
      return changed.length;
    },

    // Points over the grids, or null for none.
    setSpots: function (spots) {
      if (spots === this._spots) return;
      this._spots = spots;
      this._redraw();
    },

    // Equipment over the grids, or null for none.
    setWorks: function (works) {
      if (works === this._works) return;
      this._works = works;
      this._redraw();
    },

    setPalette: function (palette) {
      this._palette = palette;
      if (this._map) this._redraw();
    },

    // How much the cells hide of what lies below them, from 0 to 1.
    setCover: function (cover) {
      if (cover === this._cover) return;
      this._cover = cover;
      this._redraw();
    },

    // What the picture says, in words.
    setLabel: function (label) {
      this._label = label;
      if (this._front) this._front.canvas.setAttribute("aria-label", label);
    },

    // The cell under a place, or -1.
    cellAt: function (latLng) {
      const point = this._map.project(latLng, 0);
      return this._data.cellAt(point.x - this._data.origin.x, point.y - this._data.origin.y);
    },

    // What is painted around the view now or next, relative to the origin, at zoom 0.
    reach: function () {
      const { min, max } = this._map.getPixelBounds();
      const beside = max.subtract(min).multiplyBy(fireGrid.MARGIN);
      const { origin } = this._data;
      const scale = this._map.getZoomScale(this._map.getZoom(), 0);
      const [from, to] = [min.subtract(beside).divideBy(scale), max.add(beside).divideBy(scale)];
      return [from.x - origin.x, from.y - origin.y, to.x - origin.x, to.y - origin.y];
    },

    // The outlines themselves are other ones.
    redraw: function () {
      this._redraw();
    },

    _redraw: function () {
      const size = this._map.getSize();
      const corner = this._map.getPixelBounds().min.round();
      if (!size.x || !size.y) return;
      const buffer = fireGrid.buffer(
        this._data, this._palette, this._map.getZoom(), corner.x, corner.y, size.x, size.y
      );
      const { painter, ctx, whole } = buffer;
      painter.cover = this._cover;
      const standings = this._standings;
      const names = this._names(buffer);
      this._finish(buffer, (function* () {
        yield* painter.paint(ctx, standings, whole);
        yield* names;
      })());
    },

    _names: function* (buffer) {
      yield* buffer.painter.layOut(buffer.ctx, this._standings, this._badges);
      yield* buffer.painter.write(buffer.ctx, this._standings, buffer.whole);
      yield* this._points(buffer.painter, buffer.ctx, buffer.whole);
    },

    _points: function* (painter, ctx, clip) {
      if (this._spots) yield* painter.spot(ctx, this._spots, clip);
      if (this._works) yield* painter.works(ctx, this._works, clip);
    },

    // Runs the steps in slices and shows the buffer after the last, unless a newer one has begun.
    _finish: function (buffer, steps) {
      const turn = ++this._painting;
      const standings = this._standings;
      const badges = this._badges;
      const spots = this._spots;
      const works = this._works;
      const go = () => {
        if (turn !== this._painting) return;
        if (!runFor(steps, SLICE)) {
          requestAnimationFrame(go);
          return;
        }
        if (buffer !== this._front) this._show(buffer);
        this.fire("finished");
        if (standings !== this._standings || badges !== this._badges) this._redraw();
        else if (spots !== this._spots || works !== this._works) this._redraw();
      };
      go();
    },

    _show: function (buffer) {
      const old = this._front;
      this._front = buffer;
      buffer.canvas.setAttribute("aria-label", this._label);
      this._place();
      this._box.appendChild(buffer.canvas);
      if (old) old.canvas.remove();
    },

    _repaint: function (cells) {
      const { canvas, ctx, painter, view } = this._front;
      const items = new Map();
      for (const item of painter.items) {
        if (item.cell >= 0 && !item.badges) items.set(item.cell, item);
      }
      const rows = this._rowsOf(painter, cells);
      if (!rows || cells.some((cell) => this._standings[cell] === "overdue" && !items.has(cell))) {
        this._redraw(); // a mark or a figure needs room that names may have taken
        return;
      }
      for (const cell of cells) {
        if (!this._data.grids.isDrawn(cell)) continue;
        const edge = 12 * view.dpr;
        const box = painter.boxOf(this._data.grids, cell);
        const item = items.get(cell);
        const around = [item, rows.get(cell)].reduce((all, one) => (one ? join(all, one.box) : all), box);
        const clip = [
          Math.max(0, Math.floor(around[0] - edge)), Math.max(0, Math.floor(around[1] - edge)),
          Math.min(canvas.width, Math.ceil(around[2] + edge)), Math.min(canvas.height, Math.ceil(around[3] + edge)),
        ];
        if (clip[0] >= clip[2] || clip[1] >= clip[3]) continue;
        ctx.save();
        ctx.beginPath();
        ctx.rect(clip[0], clip[1], clip[2] - clip[0], clip[3] - clip[1]);
        ctx.clip();
        ctx.clearRect(clip[0], clip[1], clip[2] - clip[0], clip[3] - clip[1]);
        runFor(painter.paint(ctx, this._standings, clip), Infinity);
        runFor(painter.write(ctx, this._standings, clip), Infinity);
        runFor(this._points(painter, ctx, clip), Infinity);
        ctx.restore();
      }
    },

    // The rows of badges of these cells with their new figures; null where one no longer fits. The
    // sums of a community are drawn anew with everything else.
    _rowsOf: function (painter, cells) {
      const rows = new Map();
      if (!this._badges) return rows;
      for (const item of painter.items) {
        if (!item.badges) continue;
        const now = item.cell >= 0 ? this._badges.cells[item.cell] : this._badges.groups[item.group];
        if (isLike(now, item.badges)) continue;
        if (item.cell < 0 || !fireGrid.fitLike(now, item.badges)) return null;
        item.badges = now;
        rows.set(item.cell, item);
      }
      // Badges of a cell that had none, or no room for them: perhaps there is room now.
      return cells.every((cell) => rows.has(cell) || !this._badges.cells[cell].length) ? rows : null;
    },

    _moved: function () {
      if (this._front && !this._isNear(this._front.view)) this._redraw();
    },

    // Does this buffer still cover the view, with something to spare on every side?
    _isNear: function (view) {
      const seen = this._map.getPixelBounds();
      return (
        view.zoom === this._map.getZoom() &&
        seen.min.x - view.spareX >= view.x &&
        seen.min.y - view.spareY >= view.y &&
        seen.max.x + view.spareX <= view.x + view.width &&
        seen.max.y + view.spareY <= view.y + view.height
      );
    },

    _place: function () {
      this._placeAt(this._map.getCenter(), this._map.getZoom());
    },

    _animateZoom: function (event) {
      this._placeAt(event.center, event.zoom);
    },

    _placeAt: function (center, zoom) {
      if (!this._front) return;
      const { canvas, view } = this._front;
      const scale = this._map.getZoomScale(zoom, view.zoom);
      const corner = L.point(view.x, view.y).multiplyBy(scale);
      const offset = corner.subtract(this._map._getNewPixelOrigin(center, zoom));
      L.DomUtil.setTransform(canvas, offset, scale);
    },
  });

  function isLike(a, b) {
    return a.length === b.length && a.every((one, place) => one.text === b[place].text && one.tone === b[place].tone);
  }

  function join(a, b) {
    return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
  }
})(window.fireGrid);
