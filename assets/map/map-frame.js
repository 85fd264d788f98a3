// The frame: what is shown where. What it asks the server stands in map-asking.js, what a finger or
// the desk's page points at in map-pointing.js.
(function (fireGrid) {
  "use strict";

  const ROAM = 2; // how far one pans beyond the grids, in their own widths: the legend needs room, too

  // `tiles`: Folium's layers of a base map, or none.
  fireGrid.mapFrame = function (map, settings, tiles) {
    return new Frame(map, settings, tiles);
  };

  function Frame(map, settings, tiles) {
    this.map = map;
    this.settings = settings;
    this.hovered = this.chosen = -1;
    this.overlays = fireGrid.chosenOverlays();
    this.asked = { day: "", week: false };
    const box = map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", document.title);
    const main = document.querySelector("main");
    this.legend = new fireGrid.Legend(settings, main, this.overlays, () => this.overlay());
    this.legend.box.hidden = true;
    this.campaign = new fireGrid.CampaignFigures(this);
    this.tiles = tiles;
    this.readout = new fireGrid.Readout(settings, main);
    this.notice = fireGrid.element("p", "map-notice");
    this.notice.setAttribute("role", "status");
    this.notice.hidden = true;
    main.append(this.notice);
    this.words = new fireGrid.Words(settings, main);
    this.words.show("");
    this.watchTheme();
    this.listen();
    const { first } = fireGrid;
    if (first) {
      this.tag = first.tag;
      this.draw(first.data, first.today, first.buffer);
      this.wait();
    } else {
      this.begin();
    }
  }

  Object.assign(Frame.prototype, fireGrid.asking, fireGrid.pointing);

  Frame.prototype.draw = function (data, today, buffer) {
    if (this.layer) this.layer.remove();
    this.layer = null;
    this.data = data;
    this.today = this.campaign.of(today);
    if (!data.extent) {
      const { no_grids: none, no_outlines: unknown } = this.settings.texts;
      this.words.show(data.codes.length ? unknown : none);
      this.showFigures();
      return;
    }
    if (!this.placed) this.goHome();
    // Not before the map is where it will be looked at: tiles of elsewhere are nobody's.
    if (!this.placed && this.tiles.length) {
      const { map, tiles, settings } = this;
      this.legend.addBase(new fireGrid.BaseMap(map, tiles, settings, document.querySelector("main")));
    }
    this.search = this.search || new fireGrid.Search(this.settings, document.querySelector("main"), (spot) => this.goToSpot(spot));
    this.placed = true;
    this.layer = new fireGrid.GridLayer(
      data, fireGrid.standingsOf(this.today, this.overlays), this.palette, buffer, this.badges()
    );
    this.layer.once("finished", () => {
      this.words.show("");
      performance.mark("firegrid:finished");
      this.addControls();
      this.tell({ firegrid: "ready" });
    });
    this.layer.addTo(this.map);
    this.sharpen();
    this.showFigures();
    this.campaign.show();
    this.showPlaces();
    this.showEntries();
    this.showWorks();
    fireGrid.showRoads(this);
    if (this.wanted) this.select(this.wanted);
  };

  // Where all of it is seen, by the size of the frame and the legend as they are now.
  Frame.prototype.fitted = function () {
    const { x, y } = this.map.getSize();
    const fit = fireGrid.fit(this.data, x, y);
    return { center: this.data.latLng(fit.relX, fit.relY), zoom: fit.zoom };
  };

  Frame.prototype.goHome = function () {
    this.home = this.fitted();
    this.map.setView(this.home.center, this.home.zoom);
  };

  Frame.prototype.showFigures = function () {
    if (!this.today) return;
    this.legend.box.hidden = false;
    this.legend.show(this.today, this.palette, this.data.extent ? this.data.undrawn : 0);
    if (this.layer) this.layer.setLabel(fireGrid.describe(this.settings, this.today));
    this.point(this.hovered);
    this.fresh();
  };

  Frame.prototype.fresh = function () {
    // The clock on the wall there; Intl would take longer to start than the map to draw.
    this.seenAt = new Date(Date.now() + this.settings.offset * 1000).toISOString().slice(11, 16);
    this.legend.note(fireGrid.fill(this.settings.texts.updated, { time: this.seenAt }));
    this.notice.hidden = true;
  };

  Frame.prototype.badges = function () {
    const columns = this.homes ? { ...this.today, care_homes: this.homes } : this.today;
    const five = this.entriesOf === this.asked ? this.entries : null;
    return fireGrid.badgesOf(fireGrid.withEntries(columns, five), this.data, this.overlays, this.settings.texts);
  };

  // The figures or the choice of overlays changed: only what differs is painted.
  Frame.prototype.overlay = function () {
    if (this.layer) {
      this.layer.setStandings(fireGrid.standingsOf(this.today, this.overlays), this.badges());
    }
    this.showFigures();
    this.campaign.show();
    this.showPlaces();
    this.showEntries();
    return this.showWorks();
  };

  Frame.prototype.addControls = function () {
    if (this.hasControls) return;
    this.hasControls = true;
    const bounds = L.latLngBounds(this.corners(this.data.extent));
    this.map.setMinZoom(this.home.zoom - 1).setMaxBounds(bounds.pad(ROAM));
    const { texts } = this.settings;
    const zoom = L.control.zoom({
      position: "bottomright", zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out,
    });
    zoom.addTo(this.map);
    const all = fireGrid.element("a", "map-show-all", "⤢");
    all.href = "#";
    all.title = texts.show_all;
    all.setAttribute("role", "button");
    all.setAttribute("aria-label", texts.show_all);
    L.DomEvent.on(all, "click", (event) => {
      L.DomEvent.stop(event);
      this.goHome();
    });
    zoom.getContainer().append(all);
  };

  Frame.prototype.watchTheme = function () {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const set = () => {
      this.palette = fireGrid.paletteFor(this.settings.theme);
      if (this.layer) this.layer.setPalette(this.palette);
      if (this.roads) this.roads.setPalette(this.palette);
      if (this.today) this.showFigures();
    };
    dark.addEventListener("change", set);
    set();
  };
})(window.fireGrid);
