// How far the five entries cover the grids: a badge "reached/all" a grid, and the table's own sums.
(function (fireGrid) {
  "use strict";

  // Today's columns with those of the five entries; without them where they are of other grids.
  fireGrid.withEntries = function (columns, entries) {
    if (!entries || entries.tree !== columns.tree) return columns;
    return {
      ...columns,
      entries_of: entries.of,
      entries_reached: entries.reached,
      own: { entries_of: entries.groups_of, entries_reached: entries.groups_reached },
    };
  };

  // Below the tick: of which days, and each of the five as its table counts it.
  fireGrid.Legend.prototype.showEntries = function (entries) {
    const { element, fill } = fireGrid;
    const { texts, entry: words } = this.settings;
    const { sum } = this.sums.get("entries");
    this.five = this.five || sum.parentElement.insertAdjacentElement("afterend", document.createElement("ul"));
    this.five.hidden = !entries;
    if (!entries) return;
    const rows = entries.tallies.map(([one, reached, of]) => {
      const row = element("li", "map-wide map-row");
      row.dataset.entry = one;
      row.append(element("span", "", words[one]), element("b", "", fill(texts["sum.entries"], { reached, of })));
      return row;
    });
    this.five.replaceChildren(element("li", "map-wide map-days", fill(texts.entries_days, entries)), ...rows);
  };
})(window.fireGrid);
