// Search on the map: the register while one types, somebody else's geocoder only when one asks for it.
// A list of choices by keyboard (arrows, Enter, Escape) and by touch; names only ever enter as text.
(function (fireGrid) {
  "use strict";

  const PATIENCE = 250; // milliseconds after the last sign
  const LEAST_SIGNS = 2;

  // `chosen(spot)` is told what was chosen; `parent` takes the box.
  fireGrid.Search = function (settings, parent, chosen) {
    const { element } = fireGrid;
    const { texts } = settings;
    this.settings = settings;
    this.texts = texts;
    this.chosen = chosen;
    this.spots = [];
    this.at = -1;
    this.turn = 0;
    this.box = element("div", "map-search");
    this.box.setAttribute("role", "search");
    this.opener = element("button", "map-search-open", "⌕");
    this.opener.type = "button";
    this.opener.title = texts.search;
    this.opener.setAttribute("aria-label", texts.search);
    this.field = element("input", "fg-input");
    Object.assign(this.field, { type: "search", maxLength: 60, placeholder: texts.search_hint, autocomplete: "off" });
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-label": texts.search, "aria-expanded": "false",
      "aria-controls": "map-found", "aria-autocomplete": "list",
    })) this.field.setAttribute(name, value);
    this.list = element("ul");
    this.list.id = "map-found";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", texts.search);
    this.words = element("p", "map-search-words");
    this.words.setAttribute("role", "status");
    this.ask = element("button", "fg-button fg-button-small", texts.search_ask);
    this.ask.type = "button";
    this.results = element("div", "map-found");
    this.results.append(this.list, this.words, this.ask);
    this.box.append(this.opener, this.field, this.results);
    parent.append(this.box);
    this.listen();
    this.fold();
  };

  fireGrid.Search.prototype.listen = function () {
    this.opener.addEventListener("click", () => {
      this.box.classList.add("open");
      this.field.focus();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PATIENCE);
    });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("focus", () => {
      if (this.field.value.trim()) this.look();
    });
    this.ask.addEventListener("click", () => this.lookOutside());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row) this.choose(Number(row.dataset.at));
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.box.contains(event.target)) this.fold();
    });
  };

  fireGrid.Search.prototype.key = function (event) {
    const last = this.spots.length - 1;
    const steps = { ArrowDown: () => this.move(this.at >= last ? 0 : this.at + 1), ArrowUp: () => this.move(this.at <= 0 ? last : this.at - 1) };
    if (event.isComposing) return; // Enter then belongs to the input method
    if (steps[event.key] && last >= 0) steps[event.key]();
    else if (event.key === "Enter" && last >= 0) this.choose(Math.max(0, this.at));
    else if (event.key === "Escape") this.fold();
    else return;
    event.preventDefault();
  };

  fireGrid.Search.prototype.move = function (at) {
    this.at = at;
    for (const [place, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(place === at));
      if (place === at) row.scrollIntoView({ block: "nearest" });
    }
    this.field.setAttribute("aria-activedescendant", at < 0 ? "" : `map-found-${at}`);
  };

  // Only the answer to the latest words is shown.
  fireGrid.Search.prototype.fetch = async function (address) {
    const turn = ++this.turn;
    const words = encodeURIComponent(this.field.value.trim());
    const answer = await fetch(`${address}&words=${words}`).catch(() => null);
    const body = answer && (await answer.json().catch(() => null));
    if (turn !== this.turn) return null;
    if (answer && answer.ok && body) return body;
    this.show([], (body && body.message) || this.texts.offline);
    return null;
  };

  fireGrid.Search.prototype.look = async function () {
    if (this.field.value.trim().replace(/\s/g, "").length < LEAST_SIGNS) {
      this.turn += 1;
      this.fold(true);
      return;
    }
    const found = await this.fetch(this.settings.search);
    if (!found) return;
    const { spots } = found;
    this.show(spots, spots.length ? fireGrid.fill(this.texts.search_count, { count: spots.length }) : this.texts.search_none);
    this.ask.hidden = !found.may_ask || spots.length > 0;
  };

  fireGrid.Search.prototype.lookOutside = async function () {
    this.show([], this.texts.search_asking);
    const found = await this.fetch(this.settings.address);
    if (!found) return;
    const { spots } = found;
    const { texts } = this;
    const count = fireGrid.fill(texts.search_count, { count: spots.length });
    this.show(spots, found.asked === "failed" ? texts.search_failed : spots.length ? count : texts.search_nothing);
    this.field.focus();
  };

  fireGrid.Search.prototype.show = function (spots, words) {
    const { element } = fireGrid;
    this.spots = spots;
    this.results.hidden = false;
    this.ask.hidden = true;
    this.words.textContent = words;
    this.field.setAttribute("aria-expanded", String(spots.length > 0));
    this.list.hidden = !spots.length;
    this.list.replaceChildren(
      ...spots.map((spot, at) => {
        const row = element("li");
        row.id = `map-found-${at}`;
        row.dataset.at = at;
        row.setAttribute("role", "option");
        const where = spot.kind === "address" && !spot.code ? this.texts.search_outside : spot.grid;
        const before = spot.formerly ? fireGrid.fill(this.texts.search_formerly, { name: spot.formerly }) : "";
        const nowhere = spot.kind !== "grid" && spot.lat === null ? this.texts.search_nowhere : "";
        row.append(
          element("strong", "", spot.name),
          element("span", "", [before, this.texts[`found.${spot.kind}`], where, spot.address, nowhere].filter(Boolean).join(" · "))
        );
        return row;
      })
    );
    this.move(-1);
  };

  fireGrid.Search.prototype.fold = function (staysOpen) {
    this.results.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    if (!staysOpen && !this.field.value.trim()) this.box.classList.remove("open");
  };

  fireGrid.Search.prototype.choose = function (at) {
    const spot = this.spots[at];
    this.fold();
    if (spot) this.chosen(spot);
  };
})(window.fireGrid);
