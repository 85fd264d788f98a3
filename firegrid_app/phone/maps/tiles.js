// Tiles of a base map in numbers: which lie below a picture, and which a phone keeps. Pure; the plane is
// that of gridmap.js: metres from the picture's upper left corner, `plane` says where in the world that is.

export const MOST_TILES = 240;
export const MOST_BYTES = 6 * 1024 * 1024;
const TILE = 256;
const PIXELS = 340; // about as wide as the picture is on a phone
const DAY = 24 * 3600 * 1000;
const GETS_OLD = 30 * DAY;

// Longitude and latitude as parts of the world's square in web Mercator, from its upper left corner.
export const worldOf = (lon, lat) => [
  (lon + 180) / 360,
  0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI),
];

// And back.
export const placeOf = (x, y) => [x * 360 - 180, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];

const keyOf = ({ z, x, y }) => `${z}/${x}/${y}`;
const named = (tile) => ({ ...tile, key: keyOf(tile) });

// The tiles of zoom `z` below a square of the picture.
function below(plane, { x, y, side }, z) {
  const count = 2 ** z;
  const at = (from, metres) => Math.min(count - 1, Math.max(0, Math.floor((from + metres / plane.metres) * count)));
  const found = [];
  for (let column = at(plane.x, x); column <= at(plane.x, x + side); column++) {
    for (let row = at(plane.y, y); row <= at(plane.y, y + side); row++) found.push(named({ z, x: column, y: row }));
  }
  return found;
}

// As sharp as the screen shows, half a zoom rather finer than coarser.
const zoomOf = (plane, side, most) =>
  Math.min(most, Math.max(0, Math.round(Math.log2(((plane.metres / side) * PIXELS) / TILE) + 0.5)));

// What is wanted below what is seen of the picture.
export const tilesBelow = (view, { plane }, base) => below(plane, view, zoomOf(plane, view.side, base.max_zoom));

// Where a tile lies on the picture.
export function squareOf({ z, x, y }, { plane }) {
  const count = 2 ** z;
  return { x: (x / count - plane.x) * plane.metres, y: (y / count - plane.y) * plane.metres, side: plane.metres / count };
}

// What is drawn for these, the coarse below the fine: a kept tile as it is; for others the nearest coarser
// one that is kept, and over it, with a line, the tile itself from its server.
export function drawn(tiles, held, hasLine) {
  const found = new Map();
  for (const tile of tiles) {
    let kept = tile;
    while (kept && !held.has(kept.key)) kept = kept.z ? named({ z: kept.z - 1, x: kept.x >> 1, y: kept.y >> 1 }) : null;
    if (kept) found.set(kept.key, { ...kept, kept: true });
    if (kept !== tile && hasLine) found.set(tile.key, { ...tile, kept: false });
  }
  return [...found.values()].sort((a, b) => a.z - b.z);
}

// What a phone keeps, the coarse first: all of its grids at once, then each of them ever nearer, one zoom
// after the other as long as all of it has room.
export function tilesToKeep(whole, each, base, most = MOST_TILES) {
  const first = zoomOf(whole.plane, whole.side, base.max_zoom);
  const found = new Map(below(whole.plane, { x: 0, y: 0, side: whole.side }, first).map((one) => [one.key, one]));
  for (let z = first + 1; z <= base.max_zoom; z++) {
    const next = new Map(each.flatMap(({ plane, side }) => below(plane, { x: 0, y: 0, side }, z)).map((one) => [one.key, one]));
    if (found.size + next.size > most) break;
    for (const [key, one] of next) found.set(key, one);
  }
  return [...found.values()].slice(0, most);
}

// Of those to keep: what is to be fetched, the missing before the old, and what leaves.
export function changesOf(wanted, tiles, now) {
  const keys = new Set(wanted.map(({ key }) => key));
  const isOld = ({ key }) => now - tiles[key]?.at > GETS_OLD;
  return {
    fetch: [...wanted.filter(({ key }) => !tiles[key]), ...wanted.filter(isOld)],
    drop: Object.keys(tiles).filter((key) => !keys.has(key)),
  };
}

export const bytesOf = (tiles) => Object.values(tiles).reduce((sum, { bytes }) => sum + bytes, 0);

// Kept tiles are of this map and of no other.
export const nameOf = (base) => [...base.urls, base.datum].join(" ");

// Where each layer of a tile is fetched; servers take turns by place, so that a tile has one address.
export const addressesOf = (base, { z, x, y }) =>
  base.urls.map((url) =>
    url
      .replace("{s}", base.servers ? base.servers[(x + y) % base.servers.length] : "")
      .replace("{z}", z)
      .replace("{x}", x)
      .replace("{y}", y),
  );
