"""The peer of M11: the same grids by Folium's own GeoJson, with a Leaflet served beside it.

By SVG, as Folium does it, or by Leaflet's canvas.

Folium's jQuery, Bootstrap and icon fonts are left out, as they draw nothing here: the peer is given
its best.
"""

import json
from pathlib import Path
from typing import Any

import folium

_COLOURS = ("#9fb8a8", "#d9b36c", "#c96f4a", "#8f9aa6", "#5f7f99")


def small_grids(geojson: Path) -> dict[str, Any]:
    """The small grids of the pilot, with what a map shows of them: code and name."""
    whole = json.loads(geojson.read_text(encoding="utf-8"))
    features = [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            "properties": {
                "code": feature["properties"]["code"],
                "name": feature["properties"]["name"],
            },
        }
        for feature in whole["features"]
        if feature["properties"]["level"] == 3
    ]
    return {"type": "FeatureCollection", "features": features}


class _Map(folium.Map):
    default_js = [("leaflet", "leaflet.js")]  # noqa: RUF012
    default_css = [("leaflet_css", "leaflet.css")]  # noqa: RUF012


def page(grids: dict[str, Any], *, canvas: bool = False) -> str:
    """The whole page."""
    drawn = _Map(tiles=None, zoom_control=False, prefer_canvas=canvas)
    for number, feature in enumerate(grids["features"]):
        feature["properties"]["colour"] = _COLOURS[number % len(_COLOURS)]
    layer = folium.GeoJson(
        grids,
        style_function=lambda feature: {
            "fillColor": feature["properties"]["colour"],
            "fillOpacity": 0.8,
            "color": "#444",
            "weight": 1,
        },
    )
    layer.add_to(drawn)
    drawn.fit_bounds(layer.get_bounds())
    return str(drawn.get_root().render())
