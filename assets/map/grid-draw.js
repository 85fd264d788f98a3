// Grids drawn anew, split and merged (动态管理). A corner that neighbours share is one corner: moved,
// it moves in all of them, so that no gap opens. What may stand is decided by the server.
(function () {
  "use strict";

  const COLOURS = { rest: "#4c8a5b", chosen: "#0b5c46", changed: "#8a5600", other: "#6f3fa0" };
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
  const latLng = ([lon, lat]) => [lat, lon];
  const round = (degrees) => Math.round(degrees * 1e7) / 1e7;
  const byId = (id) => document.getElementById(`draw-${id}`);

  window.fireGridDraw = (map, settings, tiles) => new Editor(map, settings, tiles);

  function Editor(map, settings, tiles) {
    Object.assign(this, { map, settings, texts: settings.texts, tool: "corners", chosen: "", line: [] });
    // Outlines come and go in WGS-84; on a shifted base map they are drawn shifted.
    this.datum = window.fireGrid.datumOf(settings.base && settings.base.datum);
    this.tiles = tiles;
    this.shapes = L.layerGroup().addTo(map);
    this.handles = L.layerGroup().addTo(map);
    map.on("click", (event) => this.tap(event.latlng));
    map.doubleClickZoom.disable();
    for (const button of document.querySelectorAll("[data-tool]")) {
      button.addEventListener("click", () => this.use(button.dataset.tool));
    }
    byId("grid").addEventListener("change", (event) => {
      this.choose(event.target.value);
      this.comeNear();
    });
    byId("other").addEventListener("change", () => this.paint());
    byId("over").addEventListener("click", () => this.load());
    byId("check").addEventListener("click", () => this.send(false));
    byId("keep").addEventListener("click", () => this.send(true));
    this.load();
  }

  Object.assign(Editor.prototype, window.fireGrid.corners);

  Editor.prototype.addBase = function () {
    const base = new window.fireGrid.BaseMap(this.map, this.tiles, this.settings, document.querySelector("main"));
    const tick = byId("base");
    tick.closest("[hidden]").hidden = false;
    tick.checked = base.isOn;
    tick.addEventListener("change", () => base.show(tick.checked));
  };

  // Rings as they are drawn, without the closing corner; of several parts all of them.
  Editor.prototype.ringsOf = function (outline) {
    if (!outline) return [];
    const rings = outline.type === "Polygon" ? outline.coordinates : outline.coordinates.flat();
    return rings.map((ring) => ring.slice(0, -1).map(([lon, lat]) => {
      const corner = this.datum.onto(lon, lat);
      corner.given = [lon, lat]; // what was not moved goes back exactly as it came
      return corner;
    }));
  };

  Editor.prototype.given = function (corner) {
    return corner.given ?? this.datum.back(...corner).map(round);
  };

  Editor.prototype.load = async function () {
    const [around, changes] = await Promise.all([this.ask(this.settings.neighbours), this.ask(this.settings.changes)]);
    if (!around) return;
    this.around = around;
    this.grids = new Map(around.grids.map((grid) => [grid.code, { ...grid, rings: this.ringsOf(grid.outline) }]));
    this.changed = new Set();
    this.line = [];
    const options = () => around.grids.map((grid) => new Option(grid.name, grid.code));
    byId("grid").replaceChildren(...options());
    byId("other").replaceChildren(...options());
    const all = [...this.grids.values()].flatMap((grid) => grid.rings.flat()).map(latLng);
    const parent = this.ringsOf(around.parent).flat().map(latLng);
    if (!this.placed && (all.length || parent.length)) this.map.fitBounds(all.length ? all : parent, { padding: [30, 30] });
    if (!this.placed && this.tiles.length) this.addBase();
    this.placed = true;
    if (changes) this.list(changes);
    this.choose(this.grids.has(this.chosen) ? this.chosen : (around.grids[0]?.code ?? ""));
  };

  Editor.prototype.choose = function (code) {
    this.chosen = code;
    byId("grid").value = code;
    const grid = this.grids.get(code);
    byId("work").textContent = grid ? fill(this.texts.draw_work, grid) : this.texts.no_grids;
    byId("buildings").replaceChildren(
      ...(this.around.buildings[code] ?? []).map((name) => {
        const label = document.createElement("label");
        const tick = document.createElement("input");
        tick.type = "checkbox";
        tick.value = name;
        label.append(tick, name);
        return label;
      })
    );
    this.paint();
  };

  // Picked by its name: as near that its corners can be told apart, its neighbours around it.
  Editor.prototype.comeNear = function () {
    const corners = (this.grids.get(this.chosen)?.rings ?? []).flat();
    if (corners.length) this.map.fitBounds(L.latLngBounds(corners.map(latLng)).pad(0.8));
  };

  Editor.prototype.use = function (tool) {
    this.tool = tool;
    this.line = [];
    for (const button of document.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
    }
    for (const part of document.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== tool;
    byId("hint").textContent = this.texts[`draw_hint.${tool}`];
    this.paint();
  };

  Editor.prototype.paint = function () {
    this.shapes.clearLayers();
    this.handles.clearLayers();
    for (const ring of this.ringsOf(this.around.parent)) {
      L.polyline([...ring, ring[0]].map(latLng), { color: "#2c3a35", weight: 3, dashArray: "8 6", interactive: false }).addTo(this.shapes);
    }
    const other = this.tool === "merge" ? byId("other").value : "";
    for (const [code, grid] of this.grids) {
      if (!grid.rings.length) continue;
      const is = code === this.chosen ? "chosen" : code === other ? "other" : this.changed.has(code) ? "changed" : "rest";
      const shape = L.polygon(grid.rings.map((ring) => ring.map(latLng)), {
        color: COLOURS[is], weight: is === "rest" ? 1.5 : 4, fillOpacity: is === "rest" ? 0.12 : 0.3,
        dashArray: is === "other" ? "4 5" : null,
      });
      const name = document.createElement("span");
      name.textContent = grid.name;
      shape.bindTooltip(name, { sticky: true });
      shape.on("click", (event) => this.tapGrid(code, event));
      shape.addTo(this.shapes);
    }
    if (this.tool === "corners") this.handle();
    if (this.line.length) {
      L.polyline(this.line.map(latLng), { color: "#8a120a", weight: 4, interactive: false }).addTo(this.handles);
      for (const point of this.line) L.circleMarker(latLng(point), { radius: 6, color: "#8a120a", interactive: false }).addTo(this.handles);
    }
  };

  Editor.prototype.tapGrid = function (code, event) {
    if (this.tool === "split" || this.tool === "outline") return; // the map below hears it
    L.DomEvent.stop(event);
    if (this.tool === "merge" && code !== this.chosen) {
      byId("other").value = code;
      this.paint();
    } else this.choose(code);
  };

  Editor.prototype.tap = function (place) {
    if (this.tool !== "split" && this.tool !== "outline") return;
    this.line.push([round(place.lng), round(place.lat)]);
    if (this.tool === "outline" && this.line.length > 2) {
      this.grids.get(this.chosen).rings = [this.line.slice()];
      this.changed.add(this.chosen);
    }
    this.paint();
  };

  Editor.prototype.wanted = function () {
    const from_on = byId("from").value || null;
    const { chosen: code } = this;
    if (this.tool === "split") {
      const buildings = [...byId("buildings").querySelectorAll("input:checked")].map((tick) => tick.value);
      const [new_code, new_name] = [byId("new-code").value.trim(), byId("new-name").value.trim()];
      return { kind: "split", code, line: this.line.map((corner) => this.given(corner)), new_code, new_name, buildings, from_on };
    }
    if (this.tool === "merge") return { kind: "merge", code, other: byId("other").value, from_on };
    const outlines = {};
    for (const one of this.changed.size ? this.changed : [code]) outlines[one] = this.outlineOf(this.grids.get(one));
    return { kind: "redraw", code: code in outlines ? code : Object.keys(outlines)[0], outlines, from_on };
  };

  // Checked first, kept when it is confirmed; a refusal leaves everything drawn so far on the map.
  Editor.prototype.send = async function (confirm) {
    const body = JSON.stringify(this.wanted());
    this.say(this.texts.loading);
    const card = await this.ask(`${this.settings.change}?confirm=${confirm}`, { method: "POST", body, headers: { "Content-Type": "application/json" } });
    if (!card) return;
    const { moved } = card;
    const done = !confirm ? this.texts.draw_would : card.applied ? this.texts.draw_done : this.texts.draw_planned;
    this.say(fill(done, { ...moved, drawn: card.drawn, day: card.from_on }));
    if (confirm) this.load();
  };

  Editor.prototype.list = function (changes) {
    if (!changes.length) {
      byId("changes").textContent = this.texts.draw_none;
      return;
    }
    byId("changes").replaceChildren(
      ...changes.map((one) => {
        const row = document.createElement("li");
        const words = `${one.from_on} ${this.texts[`draw_kind.${one.kind}`]} ${one.code} ${one.other} · ${this.texts[`draw_state.${one.state}`]} · ${one.made_by}`;
        row.append(words);
        if (one.state === "planned") {
          const drop = document.createElement("button");
          drop.type = "button";
          drop.className = "fg-button fg-button-small";
          drop.textContent = this.texts.draw_drop;
          drop.addEventListener("click", async () => {
            if (await this.ask(`${this.settings.change}/${one.id}`, { method: "DELETE" })) this.load();
          });
          row.append(" ", drop);
        }
        return row;
      })
    );
  };

  // The answer's body, or null after having said why not.
  Editor.prototype.ask = async function (address, how) {
    const answer = await fetch(address, how).catch(() => null);
    const body = answer && (await answer.json().catch(() => null));
    if (answer?.ok && body) return body;
    this.say((body && body.message) || this.texts.offline, true);
    return null;
  };

  Editor.prototype.say = function (sentence, isBad) {
    byId("said").textContent = sentence;
    byId("said").classList.toggle("draw-bad", Boolean(isBad));
    byId("said").scrollIntoView({ block: "nearest" }); // on a phone the panel is longer than the screen
  };

  Editor.prototype.outlineOf = function (grid) {
    const closed = grid.rings.map((ring) => [...ring, ring[0]].map((corner) => this.given(corner)));
    if (grid.outline?.type !== "MultiPolygon") return { type: "Polygon", coordinates: closed };
    const parts = [];
    let at = 0;
    for (const part of grid.outline.coordinates) parts.push(closed.slice(at, (at += part.length)));
    return { type: "MultiPolygon", coordinates: parts };
  };
})();
