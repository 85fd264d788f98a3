"""The page on which grids are drawn, split and merged: Folium's map, our own Leaflet and tools."""

from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from firegrid_app.maps.layer import OwnMap, tile_layers
from firegrid_app.maps.rules.base_maps import BaseMap


class DrawPage(Figure):
    """Folium's page with the tools beside the map."""

    _template = Template(
        """<!DOCTYPE html>
<html lang="{{ this.lang|e }}">
<head>
<meta charset="utf-8">
<title>{{ this.title|e }}</title>
{{ this.header.render(**kwargs) }}
</head>
<body class="draw">
<main>{{ this.html.render(**kwargs) }}</main>
{% set texts = this.texts %}
<aside class="draw-tools">
<h1>{{ this.title|e }}</h1>
<label>{{ texts.draw_grid|e }} <select id="draw-grid" class="fg-input"></select></label>
<p id="draw-work" class="fg-muted"></p>
<label hidden><input type="checkbox" id="draw-base"> {{ texts.base_map|e }}</label>
<div class="fg-chips" role="group" aria-label="{{ texts.draw_tools|e }}">
{% for tool in ("corners", "outline", "split", "merge") %}
<button type="button" class="fg-chip" data-tool="{{ tool }}"
 aria-pressed="{{ 'true' if tool == 'corners' else 'false' }}">
{{ texts['draw_tool.' + tool]|e }}</button>
{% endfor %}
</div>
<p id="draw-hint">{{ texts['draw_hint.corners']|e }}</p>
<div data-for="split" hidden>
<label>{{ texts.draw_new_code|e }}
<input id="draw-new-code" class="fg-input" maxlength="30" autocomplete="off"></label>
<label>{{ texts.draw_new_name|e }}
<input id="draw-new-name" class="fg-input" maxlength="60" autocomplete="off"></label>
<fieldset><legend>{{ texts.draw_buildings|e }}</legend><div id="draw-buildings"></div></fieldset>
</div>
<div data-for="merge" hidden>
<label>{{ texts.draw_other|e }} <select id="draw-other" class="fg-input"></select></label>
</div>
<label>{{ texts.draw_from|e }}
<input id="draw-from" class="fg-input" type="date" min="{{ this.today|e }}"
 value="{{ this.today|e }}"></label>
<p class="fg-row">
<button type="button" class="fg-button" id="draw-check">{{ texts.draw_check|e }}</button>
<button type="button" class="fg-button fg-button-primary"
 id="draw-keep">{{ texts.draw_keep|e }}</button>
<button type="button" class="fg-button fg-button-quiet"
 id="draw-over">{{ texts.draw_over|e }}</button>
</p>
<p id="draw-said" role="status"></p>
<h2>{{ texts.draw_changes|e }}</h2>
<ul id="draw-changes"></ul>
<p><a href="{{ this.back|e }}">{{ texts.draw_back|e }}</a></p>
</aside>
<script>{{ this.script.render(**kwargs) }}</script>
</body>
</html>
"""
    )

    def __init__(self, title: str, lang: str, settings: dict[str, Any]) -> None:
        super().__init__(title=title)
        self.lang = lang
        self.texts = settings["texts"]
        self.today = settings["today"]
        self.back = settings["back"]


class DrawTools(MacroElement):
    """Ties the tools to the map. `settings` reaches the page as JSON that ends no script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            fireGridDraw(
                {{ this._parent.get_name() }}, {{ this.settings|tojson }},
                [{% for one in this.tiles %}{{ one.get_name() }}, {% endfor %}]
            );
        {% endmacro %}
        """
    )

    def __init__(self, settings: dict[str, Any], tiles: list[folium.TileLayer]) -> None:
        super().__init__()
        self._name = "DrawTools"
        self.tiles = tiles
        self.settings = settings


def draw_html(
    settings: dict[str, Any], *, title: str, lang: str, base: BaseMap | None = None
) -> str:
    """The whole page."""
    grids = OwnMap(
        "draw.js",
        location=[35, 105],
        zoom_start=4,
        tiles=None,
        attribution_control=False,
        max_zoom=21,
    )
    tiles = tile_layers(base)
    for one in tiles:
        one.add_to(grids)
    DrawTools(settings, tiles).add_to(grids)
    page = DrawPage(title, lang, settings)
    grids.add_to(page)
    return str(page.render())
