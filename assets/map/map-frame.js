// The frame: fetches, polls, shows, and talks with the desk's page around it.
(function (fireGrid) {
  "use strict";

  const EVERY = 30000;
  const ROAM = 2; // how far one pans beyond the grids, in their own widths: the legend needs room, too

  fireGrid.mapFrame = function (map, settings) {
    return new Frame(map, settings);
  };

  function Frame(map, settings) {
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

  Frame.prototype.begin = async function () {
    clearTimeout(this.timer);
    this.tag = null;
    try {
      const [grids, today] = await Promise.all([this.ask("grids"), this.ask("today")]);
      if (grids && today && grids.tree !== today.tree) {
        // A grid came or went between the two answers: the columns would not fit each other.
        this.timer = setTimeout(() => this.begin(), 1000);
        return;
      }
      if (grids && today) this.draw(new fireGrid.GridData(grids), today);
    } catch (error) {
      console.error(error);
      this.words.show(this.settings.texts.broken, () => this.begin());
    }
    this.wait();
  };

  // The answer as an object, or null after having said why not; null too when it is the one known.
  Frame.prototype.ask = async function (what) {
    const { asked } = this;
    const answer = await fetch(this.settings[what] + query(asked)).catch(() => null);
    if (asked !== this.asked) return null; // another day is wanted meanwhile
    if (!answer) return this.outOfReach();
    if (answer.status >= 500) return this.outOfReach(await sentence(answer));
    if (!answer.ok) return this.refused(await sentence(answer), answer.status === 401);
    const tag = answer.headers.get("etag");
    if (what === "today" && tag && tag === this.tag) {
      this.fresh();
      return null;
    }
    const body = await answer.json().catch(() => null);
    if (!body) return this.outOfReach();
    if (what === "today") this.tag = tag;
    this.isRefused = false;
    return body;
  };

  Frame.prototype.draw = function (data, today, buffer) {
    if (this.layer) this.layer.remove();
    this.layer = null;
    this.data = data;
    this.today = today;
    if (!data.extent) {
      const { no_grids: none, no_outlines: unknown } = this.settings.texts;
      this.words.show(data.codes.length ? unknown : none);
      this.showFigures();
      return;
    }
    if (!this.placed) this.goHome();
    this.placed = true;
    this.layer = new fireGrid.GridLayer(
      data, fireGrid.standingsOf(today, this.overlays), this.palette, buffer, this.badges()
    );
    this.layer.once("finished", () => {
      this.words.show("");
      performance.mark("firegrid:finished");
      this.addControls();
      this.tell({ firegrid: "ready" });
    });
    this.layer.addTo(this.map);
    this.showFigures();
    this.showPlaces();
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

  Frame.prototype.poll = async function () {
    clearTimeout(this.timer);
    if (!this.data || this.isRefused) return this.begin();
    const today = await this.ask("today");
    if (today && today.tree !== this.data.tree) return this.begin();
    if (today) {
      this.today = today;
      this.overlay();
    }
    return this.wait();
  };

  Frame.prototype.badges = function () {
    return fireGrid.badgesOf(this.today, this.data, this.overlays, this.settings.texts);
  };

  // The figures or the choice of overlays changed: only what differs is painted.
  Frame.prototype.overlay = function () {
    if (this.layer) {
      this.layer.setStandings(fireGrid.standingsOf(this.today, this.overlays), this.badges());
    }
    this.showFigures();
    return this.showPlaces();
  };

  // Premises are asked for only where they are wanted, and stand as of today.
  Frame.prototype.showPlaces = async function () {
    const { layer } = this;
    if (!layer) return;
    if (!this.overlays.has("places")) {
      layer.setSpots(null);
      return;
    }
    const answer = await fetch(this.settings.places).catch(() => null);
    const body = answer && answer.ok ? await answer.json().catch(() => null) : null;
    if (!body || layer !== this.layer || !this.overlays.has("places")) return;
    const text = JSON.stringify(body);
    if (text !== this.placesKnown || !layer._spots) layer.setSpots(fireGrid.spotsOf(body, this.data));
    this.placesKnown = text;
    this.legend.showPlaces(body);
  };

  // Another day: grids as they were then, with the figures of then.
  Frame.prototype.goTo = function (day, week) {
    if (day === this.asked.day && week === this.asked.week) return;
    this.asked = { day, week };
    this.begin();
  };

  Frame.prototype.wait = function () {
    clearTimeout(this.timer);
    // A hidden page asks nothing; it asks at once when it is looked at again.
    if (document.visibilityState === "visible") this.timer = setTimeout(() => this.poll(), EVERY);
  };

  Frame.prototype.outOfReach = function (said) {
    const { stale, offline } = this.settings.texts;
    if (this.layer) {
      this.notice.textContent = fireGrid.fill(stale, { time: this.seenAt });
      this.notice.hidden = false;
    } else {
      this.words.show(said || offline, () => this.begin());
    }
    return null;
  };

  // No longer logged in, or no longer one's grid: nothing of it stays on the screen.
  Frame.prototype.refused = function (said, isOut) {
    this.isRefused = true;
    if (this.layer) this.layer.remove();
    this.layer = this.data = this.today = this.tag = null;
    this.point(-1);
    this.choose(-1);
    this.legend.box.hidden = this.notice.hidden = true;
    this.words.show(said || this.settings.texts.broken, isOut ? null : () => this.begin());
    if (isOut) this.words.link(this.settings.login, this.settings.texts.log_in);
    return null;
  };

  Frame.prototype.listen = function () {
    const { map } = this;
    map.on("mousemove", (event) => this.point(this.cellAt(event.latlng)));
    map.on("mouseout", () => this.point(-1));
    map.on("click", (event) => {
      const cell = this.cellAt(event.latlng);
      this.choose(cell);
      this.point(cell);
      if (cell >= 0) this.tell({ firegrid: "grid", code: this.data.codes[cell] });
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.poll();
    });
    window.addEventListener("online", () => this.poll());
    window.addEventListener("message", (event) => {
      if (event.origin !== location.origin || event.source !== window.parent) return;
      const said = event.data || {};
      if (said.firegrid === "select") this.select(String(said.code || ""));
      if (said.firegrid === "refresh") this.poll();
      if (said.firegrid === "days") this.goTo(String(said.day || ""), said.week === true);
    });
  };

  Frame.prototype.tell = function (words) {
    if (window.parent !== window) window.parent.postMessage(words, location.origin);
  };

  Frame.prototype.cellAt = function (latLng) {
    return this.layer ? this.layer.cellAt(latLng) : -1;
  };

  // Chosen from the list beside: outlined and brought into view. An empty code lets go.
  Frame.prototype.select = function (code) {
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
  };

  Frame.prototype.point = function (cell) {
    this.hovered = cell;
    const shown = cell >= 0 ? cell : this.chosen;
    this.map.getContainer().classList.toggle("over-grid", cell >= 0);
    this.readout.show(this.data, this.today, this.today ? shown : -1, this.palette);
    this.hover = this.outline(this.hover, cell === this.chosen ? -1 : cell, "map-hovered");
  };

  Frame.prototype.choose = function (cell) {
    this.chosen = cell;
    this.choice = this.outline(this.choice, cell, "map-chosen");
  };

  // One cell's outline over the picture; gives back the layer that draws it.
  Frame.prototype.outline = function (drawn, cell, className) {
    if (drawn && drawn.cell === cell && drawn.data === this.data) return drawn;
    if (drawn) drawn.remove();
    if (cell < 0 || !this.data || !this.data.grids.isDrawn(cell)) return null;
    const made = L.polygon(this.data.latLngs(cell), { interactive: false, className });
    made.cell = cell;
    made.data = this.data;
    return made.addTo(this.map);
  };

  Frame.prototype.corners = function (box) {
    return [this.data.latLng(box[0], box[1]), this.data.latLng(box[2], box[3])];
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
      if (this.today) this.showFigures();
    };
    dark.addEventListener("change", set);
    set();
  };

  function query({ day, week }) {
    return (day ? `&day=${encodeURIComponent(day)}` : "") + (week ? "&week=true" : "");
  }

  async function sentence(answer) {
    const body = await answer.json().catch(() => null);
    return (body && body.message) || "";
  }
})(window.fireGrid);
