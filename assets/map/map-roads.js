// Roads below the grids, drawn quietly: lines by kind, names where a road is straight and long enough for
// them. They are an extra as a base map is, and give way to one.
(function (fireGrid) {
  "use strict";

  const MARGIN = 0.4; // of the view on every side, as the grids have
  const WIDTHS = { main: 3.5, fire_lane: 2.5, street: 2, lane: 1.2 };
  const FROM = { main: 0, fire_lane: 15, street: 12, lane: 15 }; // zooms from which a kind is drawn
  const NAMED_FROM = 14;
  const COVER = 0.6; // of the grids, so that roads are seen through them
  const LETTER = 12; // pixels

  // In the world at zoom 0, relative to `origin`.
  fireGrid.roadsOf = (columns, origin) =>
    fireGrid.linesOf(columns).map((road) => ({
      ...road,
      lines: road.lines.map((line) => Float32Array.from(line.flatMap(([lon, lat]) => {
        const [x, y] = fireGrid.worldOf(lon, lat);
        return [x - origin.x, y - origin.y];
      }))),
    }));

  fireGrid.RoadLayer = L.Layer.extend({
    initialize: function (roads, origin, palette) {
      this._roads = roads;
      this._origin = origin;
      this._palette = palette;
    },

    onAdd: function (map) {
      const pane = map.getPane("roads") || map.createPane("roads");
      pane.style.zIndex = 250; // above tiles, below the grids
      pane.style.pointerEvents = "none";
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated road-layer", pane);
      this._canvas.setAttribute("aria-hidden", "true");
      this._draw();
    },

    onRemove: function () {
      this._canvas.remove();
    },

    getEvents: function () {
      const events = { viewreset: this._draw, moveend: this._draw, resize: this._draw };
      if (this._zoomAnimated) events.zoomanim = (event) => this._placeAt(event.center, event.zoom);
      return events;
    },

    setPalette: function (palette) {
      this._palette = palette;
      if (this._map) this._draw();
    },

    _draw: function () {
      const size = this._map.getSize();
      if (!size.x || !size.y) return;
      const zoom = this._map.getZoom();
      const corner = this._map.getPixelBounds().min;
      const pad = size.multiplyBy(MARGIN).round();
      const view = { zoom, x: corner.x - pad.x, y: corner.y - pad.y, width: size.x + 2 * pad.x, height: size.y + 2 * pad.y };
      const dpr = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._canvas;
      canvas.width = Math.round(view.width * dpr);
      canvas.height = Math.round(view.height * dpr);
      canvas.style.width = `${view.width}px`;
      canvas.style.height = `${view.height}px`;
      this._view = view;
      this._placeAt(this._map.getCenter(), zoom);
      const ctx = canvas.getContext("2d");
      ctx.scale(dpr, dpr);
      this._paint(ctx, view);
    },

    _paint: function (ctx, view) {
      const scale = Math.pow(2, view.zoom);
      const dx = this._origin.x * scale - view.x;
      const dy = this._origin.y * scale - view.y;
      const seen = [];
      ctx.lineJoin = ctx.lineCap = "round";
      for (const { name, kind, lines } of [...this._roads].reverse()) {
        if (view.zoom < (FROM[kind] ?? FROM.lane)) continue;
        for (const line of lines) {
          const put = line.map((one, i) => one * scale + (i % 2 ? dy : dx));
          if (!touches(put, view)) continue;
          ctx.beginPath();
          for (let i = 0; i < put.length; i += 2) ctx.lineTo(put[i], put[i + 1]);
          ctx.strokeStyle = kind === "fire_lane" ? this._palette.fireLane : this._palette.road;
          ctx.lineWidth = WIDTHS[kind] ?? WIDTHS.lane;
          ctx.stroke();
          if (name) seen.push({ name, put });
        }
      }
      if (view.zoom >= NAMED_FROM) this._name(ctx, seen.reverse());
    },

    // The most important first; each once where its pieces are near each other, none over another.
    _name: function (ctx, seen) {
      ctx.font = `500 ${LETTER}px ${fireGrid.FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineWidth = 3;
      ctx.strokeStyle = this._palette.halo;
      ctx.fillStyle = this._palette.roadName;
      const taken = [];
      for (const { name, put } of seen) {
        const length = ctx.measureText(name).width + LETTER;
        const run = fireGrid.straightRun(put, length);
        if (!run || taken.some((one) => Math.hypot(one.x - run.x, one.y - run.y) < (one.length + length) / (one.name === name ? 0.5 : 2))) continue;
        taken.push({ name, length, x: run.x, y: run.y });
        ctx.save();
        ctx.translate(run.x, run.y);
        ctx.rotate(run.angle);
        ctx.strokeText(name, 0, 0);
        ctx.fillText(name, 0, 0);
        ctx.restore();
      }
    },

    _placeAt: function (center, zoom) {
      if (!this._view) return;
      const scale = this._map.getZoomScale(zoom, this._view.zoom);
      const corner = L.point(this._view.x, this._view.y).multiplyBy(scale);
      L.DomUtil.setTransform(this._canvas, corner.subtract(this._map._getNewPixelOrigin(center, zoom)), scale);
    },
  });

  function touches(line, { width, height }) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < line.length; i += 2) {
      left = Math.min(left, line[i]);
      right = Math.max(right, line[i]);
      top = Math.min(top, line[i + 1]);
      bottom = Math.max(bottom, line[i + 1]);
    }
    return right >= 0 && left <= width && bottom >= 0 && top <= height;
  }

  // Asked for once the grids are there, and again when the desk has changed something.
  fireGrid.showRoads = async function (frame) {
    const { layer, map, data } = frame;
    const answer = await fetch(frame.settings.roads).catch(() => null);
    const body = answer && answer.ok ? await answer.json().catch(() => null) : null;
    if (!body || layer !== frame.layer) return;
    const told = JSON.stringify(body);
    layer.setCover(body.names.length ? COVER : 1);
    if (told === frame.roadsKnown && frame.roadsOf === data) return;
    [frame.roadsKnown, frame.roadsOf] = [told, data];
    if (frame.roads) frame.roads.remove();
    frame.roads = null;
    if (!body.names.length) return;
    const roads = fireGrid.roadsOf(body, data.origin);
    frame.roads = new fireGrid.RoadLayer(roads, data.origin, frame.palette).addTo(map);
  };
})(window.fireGrid);
