// The provider's map below the grids, if one is set. It is an extra: without it, or when its server
// does not answer, the grids stand as they are. Whose map it is stands on it while it is shown.
(function (fireGrid) {
  "use strict";

  // `layers` are Folium's, the lowest first; `parent` takes the line that says whose map it is.
  fireGrid.BaseMap = function (map, layers, settings, parent) {
    this.map = map;
    this.layers = layers;
    this.texts = settings.texts;
    this.isOn = fireGrid.kept ? (fireGrid.kept("base") ?? true) : true;
    this.line = document.createElement("p");
    this.line.className = "map-credit";
    this.trouble = document.createElement("span");
    this.trouble.setAttribute("role", "status");
    this.line.append(this.trouble, ...creditOf(settings.base));
    parent.append(this.line);
    for (const layer of layers) this.watch(layer);
    this.show(this.isOn);
  };

  fireGrid.BaseMap.prototype.show = function (isOn) {
    this.isOn = isOn;
    for (const layer of this.layers) {
      if (isOn) layer.addTo(this.map);
      else layer.remove();
    }
    this.line.hidden = !isOn;
    document.body.classList.toggle("with-base", isOn);
  };

  // A view of which no tile came at all: that is said, quietly. Some missing tiles are the map's edge.
  fireGrid.BaseMap.prototype.watch = function (layer) {
    let came = 0;
    let failed = 0;
    layer.on("loading", () => {
      came = failed = 0;
    });
    layer.on("tileload", () => {
      came += 1;
      if (layer === this.layers[0]) this.trouble.textContent = "";
    });
    layer.on("tileerror", () => {
      failed += 1;
    });
    layer.on("load", () => {
      if (failed && !came && layer === this.layers[0]) this.trouble.textContent = this.texts.base_failed;
    });
  };

  function creditOf({ credit, link, approval }) {
    const parts = [];
    if (credit && link) {
      const words = document.createElement("a");
      words.href = link;
      words.target = "_blank";
      words.rel = "noopener";
      words.textContent = credit;
      parts.push(words);
    } else if (credit) parts.push(credit);
    if (approval) parts.push(...(parts.length ? [" · "] : []), approval);
    return parts;
  }
})(window.fireGrid);
