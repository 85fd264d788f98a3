// Corners that are moved and added by hand; those that neighbours share move together.
(function (fireGrid) {
  "use strict";

  const SAME = 1e-9; // degrees: the same corner in two outlines
  const same = (a, b) => Math.abs(a[0] - b[0]) < SAME && Math.abs(a[1] - b[1]) < SAME;
  const round = (degrees) => Math.round(degrees * 1e7) / 1e7;

  fireGrid.corners = {
    // A handle on each corner of the chosen grid, and a small one on each edge to make a corner of.
    handle: function () {
      const grid = this.grids.get(this.chosen);
      if (!grid) return;
      for (const ring of grid.rings) {
        ring.forEach((corner, at) => {
          this.grip(corner, "map-corner", (to) => this.move(corner.slice(), to));
          const next = ring[(at + 1) % ring.length];
          const middle = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
          this.grip(middle, "map-corner map-corner-new", (to) => this.insert(corner.slice(), next.slice(), to));
        });
      }
    },

    grip: function (place, className, moved) {
      const icon = L.divIcon({ className, iconSize: [26, 26] });
      const grip = L.marker([place[1], place[0]], { draggable: true, icon, keyboard: false });
      grip.on("dragend", () => {
        const { lat, lng } = grip.getLatLng();
        moved([round(lng), round(lat)]);
        this.paint();
      });
      grip.addTo(this.handles);
    },

    move: function (from, to) {
      for (const [code, grid] of this.grids) {
        for (const ring of grid.rings) {
          ring.forEach((corner, at) => {
            if (!same(corner, from)) return;
            ring[at] = to;
            this.changed.add(code);
          });
        }
      }
    },

    insert: function (one, next, to) {
      for (const [code, grid] of this.grids) {
        for (const ring of grid.rings) {
          for (let at = 0; at < ring.length; at++) {
            const [a, b] = [ring[at], ring[(at + 1) % ring.length]];
            if (!(same(a, one) && same(b, next)) && !(same(a, next) && same(b, one))) continue;
            ring.splice(at + 1, 0, to);
            this.changed.add(code);
            break;
          }
        }
      }
    },
  };
})((window.fireGrid = window.fireGrid || {}));
