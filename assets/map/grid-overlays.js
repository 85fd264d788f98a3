// What can be laid over the grids, each alone or together: one small badge a grid and overlay, with
// a letter and a shape of its own beside the colour. Figures are the list's; nothing is counted here.
(function (fireGrid) {
  "use strict";

  const TONES = {
    light: {
      bad: { fill: "#8a120a", ink: "#ffffff", edge: "#ffffff" },
      warn: { fill: "#fdf0cf", ink: "#5a3a00", edge: "#8a5600" },
      doors: { fill: "#ffffff", ink: "#17476b", edge: "#2d6a8f" },
      shouts: { fill: "#efe6f7", ink: "#4b2470", edge: "#6f3fa0" },
      points: { fill: "#ffffff", ink: "#17211e", edge: "#17211e" },
      care: { fill: "#fbe3ee", ink: "#7a1247", edge: "#b03a76" },
      campaign: { fill: "#e4f3e7", ink: "#123f22", edge: "#155c2e" },
      entries: { fill: "#e0f1f2", ink: "#0b4247", edge: "#1c7a82" },
    },
    dark: {
      bad: { fill: "#ffb4aa", ink: "#3d0a05", edge: "#3d0a05" },
      warn: { fill: "#3a2c08", ink: "#ffd98a", edge: "#d9a53c" },
      doors: { fill: "#0d2230", ink: "#b5def5", edge: "#7fbfe0" },
      shouts: { fill: "#2a1a3a", ink: "#e0cdf3", edge: "#b492d6" },
      points: { fill: "#0a100f", ink: "#eef3f1", edge: "#eef3f1" },
      care: { fill: "#3a1128", ink: "#ffd3e6", edge: "#e08bb4" },
      campaign: { fill: "#12301d", ink: "#c9f0d3", edge: "#9bdcae" },
      entries: { fill: "#0b2c2f", ink: "#c4eef1", edge: "#6cc3ca" },
    },
  };
  const ROUND = { bad: 0, warn: 0, doors: 4, shouts: 9, points: 2, care: 6, campaign: 7, entries: 3 };
  const HIGH = 17;
  const GAP = 3;

  // Each overlay: its columns of an answer, and the badge of a grid (null where there is nothing).
  const BADGES = {
    hazards: {
      columns: ["open_hazards", "overdue_hazards"],
      badge: (letter, open, overdue) =>
        overdue ? { tone: "bad", text: `!${letter}${open}` } : open ? { tone: "warn", text: `${letter}${open}` } : null,
    },
    doors: { columns: ["doors_left"], badge: plain("doors") },
    campaign: { columns: ["campaign_done", "campaign_doors"], badge: share("campaign") },
    shouts: { columns: ["shouts"], badge: plain("shouts") },
    entries: { columns: ["entries_reached", "entries_of"], badge: share("entries") },
    points: { columns: ["points_left"], badge: plain("points") },
    care: { columns: ["care_homes"], badge: plain("care") },
  };

  function plain(tone) {
    return (letter, count) => (count ? { tone, text: `${letter}${count}` } : null);
  }

  function share(tone) {
    return (letter, part, all) => (all ? { tone, text: `${letter}${part}/${all}` } : null);
  }

  fireGrid.BADGES = Object.keys(BADGES);
  fireGrid.OVERLAYS = ["walked", ...fireGrid.BADGES, "places", ...fireGrid.WORKS];

  // Premises: a shape for each colour, so that neither sunlight nor the eye decides.
  const SPOTS = {
    red: { fill: "#b3170c", edge: "#ffffff", corners: 3 },
    yellow: { fill: "#f2b01e", edge: "#3a2c08", corners: 4 },
    green: { fill: "#2f8f4e", edge: "#ffffff", corners: 0 },
    grey: { fill: "#ffffff", edge: "#4b5853", corners: 0 },
  };
  const SPOT = 5; // pixels from the middle to the edge

  fireGrid.paintSpot = function (ctx, colour, x, y, unit) {
    const { fill, edge, corners } = SPOTS[colour];
    const size = SPOT * unit * (corners === 3 ? 1.4 : 1);
    ctx.beginPath();
    if (!corners) ctx.arc(x, y, size, 0, 7);
    for (let n = 0; n < corners; n++) {
      const turn = (2 * Math.PI * n) / corners - (corners === 4 ? Math.PI / 4 : Math.PI / 2);
      ctx.lineTo(x + Math.cos(turn) * size * 1.15, y + Math.sin(turn) * size * 1.15);
    }
    ctx.closePath();
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.strokeStyle = edge;
    ctx.lineWidth = (colour === "grey" ? 2 : 1.3) * unit;
    ctx.stroke();
  };

  // Points of the answer, relative to the origin of the grids.
  fireGrid.spotsOf = function (answer, data) {
    const xy = new Float32Array(answer.xy.length);
    for (let at = 0; at < xy.length; at += 2) {
      const [x, y] = fireGrid.worldOf(answer.xy[at] / answer.units, answer.xy[at + 1] / answer.units);
      xy[at] = x - data.origin.x;
      xy[at + 1] = y - data.origin.y;
    }
    return { xy, colours: answer.colour.map((number) => answer.colours[number]) };
  };

  // Over names and badges: a place is where it is, and the worst lie on top.
  fireGrid.Painter.prototype.spot = function* (ctx, spots, clip) {
    const { dpr } = this.view;
    const edge = SPOT * 2 * dpr;
    for (let at = 0; at < spots.xy.length; at += 2) {
      const x = spots.xy[at] * this.scale + this.dx;
      const y = spots.xy[at + 1] * this.scale + this.dy;
      if (x < clip[0] - edge || x > clip[2] + edge || y < clip[1] - edge || y > clip[3] + edge) continue;
      fireGrid.paintSpot(ctx, spots.colours[at / 2], x, y, dpr);
      yield;
    }
  };

  // The badges of each cell and of each community for the overlays that are on.
  fireGrid.badgesOf = function (today, data, chosen, texts) {
    const on = fireGrid.BADGES.filter((one) => chosen.has(one) && BADGES[one].columns[0] in today);
    if (!on.length) return null;
    const cells = new Array(data.grids.count);
    // A community counts what lies in its grids and, of the five entries, itself.
    const { count } = data.groups;
    const sums = on.map((one) =>
      BADGES[one].columns.map((column) => Float64Array.from({ length: count }, (_, group) => today.own?.[column]?.[group] ?? 0))
    );
    const badgesAt = (valuesOf) =>
      on.map((one, place) => BADGES[one].badge(texts[`badge.${one}`], ...valuesOf(one, place))).filter(Boolean);
    for (let cell = 0; cell < cells.length; cell++) {
      cells[cell] = badgesAt((one, place) =>
        BADGES[one].columns.map((column, number) => {
          const value = today[column][cell];
          if (data.parents[cell] >= 0) sums[place][number][data.parents[cell]] += value;
          return value;
        })
      );
    }
    const groups = [];
    for (let group = 0; group < data.groups.count; group++) {
      groups.push(badgesAt((one, place) => sums[place].map((sum) => sum[group])));
    }
    return { cells, groups };
  };

  fireGrid.isUrgent = (badges) => badges.some((one) => one.tone === "bad");

  // As wide as any text of as many digits: figures may change without moving their neighbours.
  function widthOf(ctx, one, unit) {
    return ctx.measureText(one.text.replace(/\d/g, "8")).width + 9 * unit;
  }

  fireGrid.fontOfBadges = (unit, font) => `650 ${12 * unit}px ${font}`;

  fireGrid.sizeOfBadges = function (ctx, badges, unit, font) {
    ctx.font = fireGrid.fontOfBadges(unit, font);
    const width = badges.reduce((sum, one) => sum + widthOf(ctx, one, unit) + GAP * unit, -GAP * unit);
    return [width, HIGH * unit];
  };

  fireGrid.paintBadges = function (ctx, badges, theme, x, y, unit, font) {
    const tones = TONES[theme];
    let [left] = fireGrid.sizeOfBadges(ctx, badges, unit, font);
    left = x - left / 2;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const one of badges) {
      const tone = tones[one.tone];
      const width = widthOf(ctx, one, unit);
      ctx.beginPath();
      ctx.roundRect(left, y - (HIGH / 2) * unit, width, HIGH * unit, ROUND[one.tone] * unit);
      ctx.fillStyle = tone.fill;
      ctx.fill();
      ctx.strokeStyle = tone.edge;
      ctx.lineWidth = 1.4 * unit;
      if (one.tone === "points") ctx.setLineDash([3 * unit, 2 * unit]);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillStyle = tone.ink;
      ctx.fillText(one.text, left + width / 2, y + 0.5 * unit);
      left += width + GAP * unit;
    }
  };

  // Could these stand where those stand now?
  fireGrid.fitLike = function (now, then) {
    return now.length === then.length && now.every((one, place) => one.text.length === then[place].text.length);
  };

  // One badge in the legend, painted as on the map.
  fireGrid.badgeSwatch = function (canvas, overlay, palette, texts, dpr, font) {
    const ctx = canvas.getContext("2d");
    canvas.width = 34 * dpr;
    canvas.height = 24 * dpr;
    if (overlay === "places") {
      Object.keys(SPOTS).forEach((colour, at) => fireGrid.paintSpot(ctx, colour, (5 + at * 8) * dpr, 12 * dpr, dpr * 0.72));
      return;
    }
    if (fireGrid.WORKS.includes(overlay)) {
      const piece = { layer: overlay, due: false, text: texts[`badge.${overlay}`] };
      fireGrid.paintWork(ctx, piece, 17 * dpr, 12 * dpr, dpr, true, font);
      return;
    }
    const isShare = BADGES[overlay].columns.length === 2 && overlay !== "hazards";
    const badge = BADGES[overlay].badge(texts[`badge.${overlay}`], 3, isShare ? 9 : 0);
    // "3/9" is the longest of them: smaller, it has room in the row.
    const unit = isShare ? dpr * 0.75 : dpr;
    fireGrid.paintBadges(ctx, [badge], palette.name, 17 * dpr, 12 * dpr, unit, font);
  };
})(window.fireGrid);
