// What the map says of one grid, and instead of a picture where there is none.
(function (fireGrid) {
  "use strict";

  const { element } = fireGrid;

  // One grid in two lines, while it is pointed at or chosen.
  fireGrid.Readout = function (settings, parent) {
    this.settings = settings;
    this.box = element("div", "map-readout");
    this.box.hidden = true;
    this.box.setAttribute("role", "status");
    parent.append(this.box);
  };

  fireGrid.Readout.prototype.show = function (data, today, cell, palette, touched) {
    this.box.hidden = cell < 0;
    if (cell < 0) return;
    const { texts } = this.settings;
    const standings = fireGrid.standingWords(this.settings, today);
    const isToday = standings === this.settings.standings;
    const standing = today.standings[today.standing[cell]];
    const shown = today.campaign ? fireGrid.stepOf(today, cell) : standing;
    const swatch = element("canvas", "map-swatch");
    fireGrid.swatch(swatch, shown, palette, Math.min(window.devicePixelRatio || 1, 2));
    const values = {
      minutes: today.minutes[cell],
      target: today.targets[cell],
      open: today.open_hazards[cell],
      overdue: today.overdue_hazards[cell],
      doors: today.doors_left[cell],
      shouts: today.shouts[cell],
      points: today.points_left[cell],
      ...(today.campaign && fireGrid.campaignAt(today, cell)),
    };
    const sentences = isToday
      ? [texts.figures, texts.figures_rest]
      : [texts.figures_then, texts.figures_rest_then];
    const walked = sentences[values.target ? 0 : 1];
    const hazards = values.overdue
      ? texts.open_overdue
      : values.open ? texts.open_hazards : texts.no_hazards;
    const more = [
      today.campaign && texts.campaign_figures, values.doors && texts.doors_left, values.shouts && texts.shouts, values.points && texts.points_left,
    ].filter(Boolean);
    const words = element("div");
    if (touched) words.append(element("span", "map-touched", touched));
    words.append(
      element("strong", "", data.grids.names.at(cell)),
      element("span", "", standings[standing]),
      element("span", "map-figures", fireGrid.fill(walked, values)),
      element("span", "map-figures", fireGrid.fill(hazards, values)),
      ...more.map((sentence) => element("span", "map-figures", fireGrid.fill(sentence, values)))
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
