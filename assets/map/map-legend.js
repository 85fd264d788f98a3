// What stands around the map in words: legend, the line about one grid, and notices.
(function (fireGrid) {
  "use strict";

  fireGrid.fill = function (sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));
  };

  // Names come from imported files: they only ever enter the page as text.
  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  fireGrid.element = element;

  // The legend counts nothing itself: it shows the tallies the list was made from.
  fireGrid.Legend = function (settings, parent) {
    this.settings = settings;
    this.box = element("details", "map-legend");
    this.summary = element("summary");
    this.rows = element("ul");
    this.notes = element("p", "map-note");
    this.box.append(this.summary, this.rows, this.notes);
    this.box.open = window.innerWidth >= 640;
    parent.append(this.box);
  };

  fireGrid.Legend.prototype.show = function (today, palette, undrawn) {
    const { texts, standings } = this.settings;
    const counts = new Map(today.tallies);
    const dpr = Math.min(window.devicePixelRatio || 1, 2);
    this.summary.replaceChildren(
      element("strong", "", texts.legend),
      element("span", "", fireGrid.fill(texts.total, { grids: today.standing.length }))
    );
    this.rows.replaceChildren(
      ...today.standings
        .filter((standing) => counts.has(standing) || isExpected(standing, today.is_workday))
        .map((standing) => {
          const row = element("li");
          row.dataset.standing = standing;
          const swatch = element("canvas", "map-swatch");
          swatch.setAttribute("aria-hidden", "true");
          fireGrid.swatch(swatch, standing, palette, dpr);
          const count = fireGrid.fill(texts.count, { grids: counts.get(standing) || 0 });
          row.append(swatch, element("span", "", standings[standing]), element("b", "", count));
          return row;
        })
    );
    this.undrawn = undrawn ? fireGrid.fill(texts.without_outline, { grids: undrawn }) : "";
  };

  fireGrid.Legend.prototype.note = function (when) {
    this.notes.textContent = [when, this.undrawn].filter(Boolean).join(" ");
  };

  // Standings that belong to such a day are named even when no grid stands so.
  function isExpected(standing, isWorkday) {
    return isWorkday ? standing !== "rest_day" : standing === "overdue" || standing === "rest_day";
  }

  // All standings in one sentence: the picture's description.
  fireGrid.describe = function (settings, today) {
    const { texts, standings, name } = settings;
    const tally = today.tallies
      .map(([standing, grids]) =>
        fireGrid.fill(texts.one_of_tally, { standing: standings[standing], grids }))
      .join(texts.between);
    return fireGrid.fill(texts.described, { name, tally });
  };

  // One grid in two lines, while it is pointed at or chosen.
  fireGrid.Readout = function (settings, parent) {
    this.settings = settings;
    this.box = element("div", "map-readout");
    this.box.hidden = true;
    this.box.setAttribute("role", "status");
    parent.append(this.box);
  };

  fireGrid.Readout.prototype.show = function (data, today, cell, palette) {
    this.box.hidden = cell < 0;
    if (cell < 0) return;
    const { texts, standings } = this.settings;
    const standing = today.standings[today.standing[cell]];
    const swatch = element("canvas", "map-swatch");
    fireGrid.swatch(swatch, standing, palette, Math.min(window.devicePixelRatio || 1, 2));
    const values = {
      minutes: today.minutes[cell],
      target: today.targets[cell],
      open: today.open_hazards[cell],
      overdue: today.overdue_hazards[cell],
    };
    const walked = values.target ? texts.figures : texts.figures_rest;
    const hazards = values.overdue
      ? texts.open_overdue
      : values.open ? texts.open_hazards : texts.no_hazards;
    const words = element("div");
    words.append(
      element("strong", "", data.grids.names[cell]),
      element("span", "", standings[standing]),
      element("span", "map-figures", fireGrid.fill(walked, values)),
      element("span", "map-figures", fireGrid.fill(hazards, values))
    );
    this.box.replaceChildren(swatch, words);
  };

  // Loading, empty, out of reach, refused: words where the map would be, never a blank.
  fireGrid.Words = function (settings, parent) {
    this.settings = settings;
    this.box = element("div", "map-words");
    this.box.setAttribute("role", "status");
    parent.append(this.box);
  };

  fireGrid.Words.prototype.show = function (sentence, again) {
    this.box.hidden = !sentence;
    this.box.replaceChildren(element("p", "", sentence));
    if (!again) return;
    const button = element("button", "fg-button fg-button-primary", this.settings.texts.retry);
    button.type = "button";
    button.addEventListener("click", again);
    this.box.append(button);
  };

  fireGrid.Words.prototype.link = function (address, words) {
    const link = element("a", "fg-button fg-button-primary", words);
    link.href = address;
    link.target = "_top";
    this.box.append(link);
  };
})(window.fireGrid);
