// The first picture, ahead of Leaflet: a weak phone takes a fifth of a second to read Leaflet, so
// the grids are drawn before it comes, and the layer takes the finished buffer over.
(function (fireGrid) {
  "use strict";

  // Nothing can be touched yet: slices as long as a frame would wait longer for frames than they
  // paint. So long, the word that says "drawing the map" still comes through.
  const SLICE = 100;
  const PATIENCE = 400; // milliseconds of blank before "drawing the map" is said
  const EDGE = 12; // pixels around the grids
  const LEGEND = 330; // pixels it takes at the left when it is open
  const LEAST_BESIDE = 350; // pixels left for the grids; with less they lie below the legend

  fireGrid.SNAP = 0.25;
  fireGrid.MAX_ZOOM = 19;

  fireGrid.paletteFor = function (theme) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return fireGrid.PALETTES[theme || (dark ? "dark" : "light")];
  };

  // What was chosen on this device; null where nothing was, or nothing can be kept.
  fireGrid.kept = function (what) {
    try {
      return JSON.parse(localStorage.getItem(`firegrid-map-${what}`));
    } catch {
      return null;
    }
  };

  fireGrid.keep = function (what, value) {
    try {
      localStorage.setItem(`firegrid-map-${what}`, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing: the choice holds until the page is left.
    }
  };

  fireGrid.chosenOverlays = function () {
    const kept = fireGrid.kept("overlays");
    return new Set(Array.isArray(kept) ? kept : ["walked"]);
  };

  // How each cell is coloured. Without the patrols only what is overdue is, where hazards are shown.
  // Where a campaign is shown, its colours are the map's.
  fireGrid.standingsOf = function (today, chosen) {
    const doors = chosen.has("campaign") && today.campaign_doors;
    if (doors) return doors.map((all, cell) => fireGrid.stepOf(today, cell));
    if (chosen.has("walked")) return Array.from(today.standing, (number) => today.standings[number]);
    const late = chosen.has("hazards");
    return Array.from(today.overdue_hazards, (count) => (late && count ? "overdue" : "plain"));
  };

  fireGrid.stepOf = function (today, cell) {
    const { campaign_doors: doors, campaign_done: done, campaign_back: back } = today;
    if (!doors[cell]) return "plain";
    if (done[cell] === doors[cell]) return "done";
    return done[cell] + back[cell] ? "under_target" : "not_walked";
  };

  fireGrid.isLegendOpen = (width) => fireGrid.kept("legend") ?? width >= 640;

  // Zoom and centre (pixels of the world) that show all of an extent, beside the open legend where
  // there is room for both.
  fireGrid.fit = function (data, width, height) {
    const [left, top, right, bottom] = data.extent;
    const taken = fireGrid.isLegendOpen(width) && width >= LEGEND + LEAST_BESIDE ? LEGEND : 0;
    const scale = Math.min(
      Math.max(1, width - taken - 2 * EDGE) / (right - left || 1e-9),
      Math.max(1, height - 2 * EDGE) / (bottom - top || 1e-9)
    );
    const zoom = Math.min(fireGrid.MAX_ZOOM, Math.floor(Math.log2(scale) / fireGrid.SNAP) * fireGrid.SNAP);
    const pixels = Math.pow(2, zoom);
    const relX = (left + right) / 2 - taken / 2 / pixels;
    const relY = (top + bottom) / 2;
    return { zoom, x: (relX + data.origin.x) * pixels, y: (relY + data.origin.y) * pixels, relX, relY };
  };

  // Paints, then loads the rest of the code, then lets Folium's own script build the map.
  fireGrid.start = async function (rest, build) {
    const waiting = document.querySelector(".map-waiting");
    const patience = setTimeout(() => say(waiting, "loading"), PATIENCE);
    fireGrid.first = await picture().catch((error) => console.error(error));
    clearTimeout(patience);
    const script = document.createElement("script");
    script.src = rest;
    script.onerror = () => say(waiting, "offline");
    script.onload = () => {
      waiting.remove();
      build();
    };
    document.head.append(script);
  };

  function say(place, what) {
    place.textContent = place.dataset[what];
    place.hidden = false;
  }

  async function picture() {
    const [grids, today] = await Promise.all([body(fireGrid.early.grids), body(fireGrid.early.today)]);
    if (!grids || !today || grids.body.tree !== today.body.tree) return null;
    const data = new fireGrid.GridData(grids.body);
    const first = { data, today: fireGrid.figuresOf(today.body), tag: today.tag };
    if (!data.extent || !innerWidth || !innerHeight) return first;
    const fit = fireGrid.fit(data, innerWidth, innerHeight);
    const x = Math.round(fit.x - innerWidth / 2);
    const y = Math.round(fit.y - innerHeight / 2);
    const palette = fireGrid.paletteFor(document.documentElement.className);
    const buffer = fireGrid.buffer(data, palette, fit.zoom, x, y, innerWidth, innerHeight);
    const steps = buffer.painter.paint(buffer.ctx, fireGrid.standingsOf(first.today, fireGrid.chosenOverlays()), buffer.whole);
    while (!fireGrid.runFor(steps, SLICE)) await new Promise(requestAnimationFrame);
    const { canvas, view } = buffer;
    canvas.style.transform = `translate(${view.x - x}px, ${view.y - y}px)`;
    canvas.classList.add("first-picture");
    document.body.append(canvas);
    first.buffer = buffer;
    await new Promise(requestAnimationFrame);
    performance.mark("firegrid:shown");
    return first;
  }

  async function body(asked) {
    const answer = await asked;
    return answer && answer.ok ? { body: await answer.json(), tag: answer.headers.get("etag") } : null;
  }
})(window.fireGrid);
