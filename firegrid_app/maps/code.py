"""The map's scripts and styles, three files made of many: a phone waits for three answers."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets" / "map"
FILES = {
    "first.js": (
        "datum.js",
        "grid-areas.js",
        "grid-data.js",
        "grid-look.js",
        "grid-paint.js",
        "first-picture.js",
    ),
    "rest.js": (
        "../vendor/leaflet-1.9.4/leaflet.js",
        "grid-labels.js",
        "map-works.js",
        "road-lines.js",
        "map-roads.js",
        "grid-overlays.js",
        "grid-layer.js",
        "map-legend.js",
        "map-words.js",
        "grid-campaign.js",
        "grid-entries.js",
        "base-map.js",
        "map-search.js",
        "map-asking.js",
        "map-pointing.js",
        "map-frame.js",
    ),
    "draw.js": (
        "datum.js",
        "../vendor/leaflet-1.9.4/leaflet.js",
        "base-map.js",
        "draw-corners.js",
        "grid-draw.js",
    ),
    "map.css": ("../firegrid.css", "../vendor/leaflet-1.9.4/leaflet.css", "map.css"),
}
"""The first script draws the grids; the rest, Leaflet with it, makes the picture a map."""


@dataclass(frozen=True)
class Bundle:
    """Files, one after the other; `address` changes whenever any of them does."""

    body: bytes
    media_type: str
    version: str
    address: str


@lru_cache(maxsize=len(FILES))
def bundle(name: str) -> Bundle:
    """The files of one bundle as they are when the server starts."""
    body = b"\n".join((ASSETS / file).read_bytes() for file in FILES[name])
    version = hashlib.sha256(body).hexdigest()[:16]
    media_type = "text/css" if name.endswith(".css") else "text/javascript"
    return Bundle(body, media_type, version, f"/api/map/code/{name}?v={version}")
