// What is pointed at: by a finger, by the list beside the map, by words that were looked for.
(function (fireGrid) {
  "use strict";

  const PLACE_ZOOM = 17;

  fireGrid.pointing = {
    listen: function () {
      const { map } = this;
      map.on("mousemove", (event) => {
        this.touch(event.latlng);
        this.point(this.cellAt(event.latlng));
      });
      map.on("mouseout", () => {
        this.touched = "";
        this.point(-1);
      });
      map.on("click", (event) => {
        const cell = this.cellAt(event.latlng);
        this.touch(event.latlng);
        this.choose(cell);
        this.point(cell);
        if (cell >= 0) this.tell({ firegrid: "grid", code: this.data.codes.at(cell) });
      });
      map.on("moveend", () => this.sharpen());
      document.addEventListener("visibilitychange", () => {
        this.hear();
        if (document.visibilityState === "visible") this.poll();
      });
      window.addEventListener("online", () => this.poll());
      window.addEventListener("message", (event) => {
        if (event.origin !== location.origin || event.source !== window.parent) return;
        const said = event.data || {};
        if (said.firegrid === "select") this.select(String(said.code || ""));
        if (said.firegrid === "refresh") this.renew();
        if (said.firegrid === "days") this.goTo(String(said.day || ""), said.week === true);
      });
    },

    tell: function (words) {
      if (window.parent !== window) window.parent.postMessage(words, location.origin);
    },

    // A hydrant or guard post under the finger, in words.
    touch: function (latLng) {
      const works = this.layer && this.layer._works;
      this.touched = fireGrid.workAt(works, this.map, latLng, this.data, this.settings.texts);
    },

    cellAt: function (latLng) {
      return this.layer ? this.layer.cellAt(latLng) : -1;
    },

    // Chosen from the list beside: outlined and brought into view. An empty code lets go.
    select: function (code) {
      this.wanted = code;
      if (!this.layer) return;
      const cell = this.data.codes.indexOf(code);
      // Tapped here, opened there, and told back: the map stays where the finger was.
      if (cell === this.chosen) return;
      this.choose(cell);
      this.point(-1);
      if (cell < 0 || !this.data.grids.isDrawn(cell)) return;
      const bounds = L.latLngBounds(this.corners(this.data.grids.boxes.subarray(cell * 4, cell * 4 + 4)));
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: 17, animate: !still });
    },

    // Found by words: its grid is chosen and opened, and the place itself marked where it is known.
    goToSpot: function (spot) {
      if (this.pin) this.pin.remove();
      this.pin = null;
      if (spot.code) {
        this.select(spot.code);
        if (this.chosen >= 0) this.tell({ firegrid: "grid", code: spot.code });
      }
      if (spot.kind === "grid" || spot.lat === null) return;
      const [x, y] = fireGrid.worldOf(spot.lon, spot.lat);
      const place = this.data.latLng(x - this.data.origin.x, y - this.data.origin.y);
      const words = fireGrid.element("span", "", spot.name);
      this.pin = L.circleMarker(place, { radius: 9, className: "map-pin", interactive: false });
      this.pin.bindTooltip(words, { permanent: true, direction: "top", offset: [0, -8] }).addTo(this.map);
      // Somewhere else than the grids: so far one may look, and back again.
      if (!spot.code) this.map.setMaxBounds(null);
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.map.setView(place, Math.max(this.map.getZoom(), PLACE_ZOOM), { animate: !still });
    },

    point: function (cell) {
      this.hovered = cell;
      const shown = cell >= 0 ? cell : this.chosen;
      this.map.getContainer().classList.toggle("over-grid", cell >= 0);
      this.readout.show(this.data, this.today, this.today ? shown : -1, this.palette, this.touched);
      this.hover = this.outline(this.hover, cell === this.chosen ? -1 : cell, "map-hovered");
    },

    choose: function (cell) {
      this.chosen = cell;
      this.choice = this.outline(this.choice, cell, "map-chosen");
    },

    // One cell's outline over the picture; gives back the layer that draws it.
    outline: function (drawn, cell, className) {
      if (drawn && drawn.cell === cell && drawn.data === this.data) return drawn;
      if (drawn) drawn.remove();
      if (cell < 0 || !this.data || !this.data.grids.isDrawn(cell)) return null;
      const made = L.polygon(this.data.latLngs(cell), { interactive: false, className });
      made.cell = cell;
      made.data = this.data;
      return made.addTo(this.map);
    },

    corners: function (box) {
      return [this.data.latLng(box[0], box[1]), this.data.latLng(box[2], box[3])];
    },
  };
})(window.fireGrid);
