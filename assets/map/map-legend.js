// The legend: what can be shown, what it means, how many there are.
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

  // The legend counts nothing itself: it shows the tallies the list was made from. Each overlay is a
  // box to tick; below the patrols stands what their colours mean.
  fireGrid.Legend = function (settings, parent, overlays, changed) {
    this.settings = settings;
    this.overlays = overlays;
    this.changed = changed;
    this.box = element("details", "map-legend");
    this.summary = element("summary");
    this.rows = element("ul");
    this.choices = element("div", "map-overlays");
    this.choices.setAttribute("role", "group");
    this.choices.setAttribute("aria-label", settings.texts.overlays);
    this.notes = element("p", "map-note");
    this.box.append(this.summary, this.choices, this.notes);
    this.box.open = fireGrid.isLegendOpen(window.innerWidth);
    this.box.addEventListener("toggle", () => fireGrid.keep("legend", this.box.open));
    parent.append(this.box);
    this.sums = new Map(fireGrid.OVERLAYS.map((overlay) => [overlay, this.choice(overlay)]));
  };

  // One box to tick; gives back where its sum is written and its badge painted.
  fireGrid.Legend.prototype.choice = function (overlay) {
    const { texts } = this.settings;
    const row = element("label");
    const tick = element("input");
    tick.type = "checkbox";
    tick.checked = this.overlays.has(overlay);
    tick.addEventListener("change", () => {
      if (tick.checked) this.overlays.add(overlay);
      else this.overlays.delete(overlay);
      fireGrid.keep("overlays", [...this.overlays]);
      this.changed();
    });
    const sum = element("b");
    const swatch = element("canvas", "map-swatch");
    swatch.setAttribute("aria-hidden", "true");
    row.append(tick, element("span", "", texts[`overlay.${overlay}`]), sum);
    row.hidden = (overlay === "care" && !this.settings.care) || (overlay === "campaign" && !this.settings.campaign);
    if (overlay !== "walked") row.insertBefore(swatch, row.children[1]);
    this.choices.append(row);
    if (overlay === "walked") this.choices.append(this.rows);
    return { sum, swatch };
  };

  // The base map is shown or not, like an overlay; it has nothing to count.
  fireGrid.Legend.prototype.addBase = function (base) {
    const row = element("label");
    const tick = element("input");
    tick.type = "checkbox";
    tick.checked = base.isOn;
    tick.addEventListener("change", () => {
      base.show(tick.checked);
      fireGrid.keep("base", tick.checked);
    });
    row.append(tick, element("span", "", this.settings.texts.base_map));
    this.choices.append(row);
  };

  fireGrid.Legend.prototype.show = function (today, palette, undrawn) {
    const { texts } = this.settings;
    const standings = fireGrid.standingWords(this.settings, today);
    const counts = new Map(today.tallies);
    const dpr = Math.min(window.devicePixelRatio || 1, 2);
    this.summary.replaceChildren(
      element("strong", "", texts.legend),
      element("span", "", fireGrid.fill(texts.total, { grids: today.standing.length }))
    );
    this.rows.hidden = !this.overlays.has("walked") || Boolean(today.campaign);
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
    for (const [overlay, { sum, swatch }] of this.sums) {
      if (overlay === "walked") continue;
      if (isCounted(overlay)) sum.textContent = fireGrid.fill(texts[`sum.${overlay}`], today.sums);
      fireGrid.badgeSwatch(swatch, overlay, palette, texts, dpr, fireGrid.FONT);
    }
    const badges = [...this.overlays].some((overlay) => fireGrid.BADGES.includes(overlay));
    this.undrawn = [
      undrawn ? fireGrid.fill(texts.without_outline, { grids: undrawn }) : "",
      badges ? texts.zoom_for_more : "",
    ].filter(Boolean).join(" ");
  };

  // Of all premises below, also of those without a point.
  fireGrid.Legend.prototype.showPlaces = function (places) {
    const { texts } = this.settings;
    this.sums.get("places").sum.textContent = fireGrid.fill(texts["sum.places"], Object.fromEntries(places.tallies));
    this.more = [
      texts.places_today,
      places.unplaced ? fireGrid.fill(texts.places_unplaced, { places: places.unplaced }) : "",
    ].filter(Boolean).join(" ");
    this.note(this.when);
  };

  // The register's own tallies, and homes to care for: counts, for who may see them.
  fireGrid.Legend.prototype.showWorks = function (works) {
    const { texts } = this.settings;
    for (const { layer, pieces, due } of works.tallies) {
      this.sums.get(layer).sum.textContent = fireGrid.fill(texts[due ? "sum.works_due" : "sum.works"], { pieces, due });
    }
    this.sums.get("care").sum.textContent = fireGrid.fill(texts["sum.care"], { homes: works.care_total });
    const unplaced = works.tallies.reduce((sum, one) => sum + (this.overlays.has(one.layer) ? one.unplaced : 0), 0);
    this.works = [
      fireGrid.WORKS.some((layer) => this.overlays.has(layer)) ? texts.works_today : "",
      unplaced ? fireGrid.fill(texts.works_unplaced, { pieces: unplaced }) : "",
    ].filter(Boolean).join(" ");
    this.note(this.when);
  };

  fireGrid.Legend.prototype.note = function (when) {
    this.when = when;
    const more = this.overlays.has("places") ? this.more : "";
    this.notes.textContent = [when, this.undrawn, more, this.works].filter(Boolean).join(" ");
  };

  const ASKED_APART = ["places", "care", "campaign", "entries"];
  const isCounted = (overlay) => !ASKED_APART.includes(overlay) && !fireGrid.WORKS.includes(overlay);

  // Standings that belong to such a day are named even when no grid stands so.
  function isExpected(standing, isWorkday) {
    return isWorkday ? standing !== "rest_day" : standing === "overdue" || standing === "rest_day";
  }

  // What a standing is called: "not walked today" is said of today only.
  fireGrid.standingWords = function (settings, today) {
    return today.is_now && today.first === today.day ? settings.standings : settings.standings_then;
  };

  fireGrid.daysOf = function (today) {
    return today.first === today.day ? today.day : `${today.first} – ${today.day}`;
  };

  // All standings in one sentence: the picture's description.
  fireGrid.describe = function (settings, today) {
    const { texts, name } = settings;
    const standings = fireGrid.standingWords(settings, today);
    const campaign = today.campaign ? ` ${fireGrid.fill(texts.campaign_told, { name: today.campaign.name, ...today.campaign.sums })}` : "";
    const tally = today.tallies
      .map(([standing, grids]) =>
        fireGrid.fill(texts.one_of_tally, { standing: standings[standing], grids }))
      .join(texts.between);
    const isToday = standings === settings.standings;
    return fireGrid.fill(isToday ? texts.described : texts.described_then, {
      name, tally, day: fireGrid.daysOf(today),
    }) + campaign;
  };
})(window.fireGrid);
