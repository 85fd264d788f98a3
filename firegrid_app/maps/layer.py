"""The map as Folium builds it: its Map with our own Leaflet, and the grids as one layer in it."""

import base64
import hashlib
import re
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from firegrid_app.maps.code import bundle
from firegrid_app.maps.rules.base_maps import BaseMap

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class FramePage(Figure):
    """Folium's page with a language and a title that no name can break out of."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang|e }}" class="{{ this.theme|e }}">\n<head>\n'
        "<title>{{ this.title|e }}</title>\n{{ this.header.render(**kwargs) }}\n</head>\n"
        '<body>\n<main aria-label="{{ this.title|e }}">{{ this.html.render(**kwargs) }}</main>\n'
        "<script>fireGrid.start({{ this.rest|tojson }}, function () {\n"
        "{{ this.script.render(**kwargs) }}\n});</script>\n</body>\n</html>\n"
    )

    def __init__(self, title: str, lang: str, theme: str) -> None:
        super().__init__(title=title)
        self.lang = lang
        self.theme = theme
        self.rest = bundle("rest.js").address


class OwnMap(folium.Map):
    """Folium's map without its CDNs, jQuery, Bootstrap and tiles; people may pinch the page.

    `script` names the bundle that is read in the head.
    """

    default_css = [("map", bundle("map.css").address)]  # noqa: RUF012 - Folium's own way

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, script: str, **options: Any) -> None:
        self.default_js = [(script, bundle(script).address)]
        super().__init__(**options)


class GridLayer(MacroElement):
    """All small grids as one layer: a canvas drawn once and moved, fed by two addresses.

    `settings` reaches the page as JSON; `tojson` leaves nothing in it that could end a script.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <link rel="preload" as="script" href="{{ this.rest|e }}">
            <script>
                // Asked for before the map's code is here, so that both come at the same time.
                window.fireGrid = {datum: {{ this.datum|tojson }}, early: {
                    grids: fetch({{ this.settings.grids|tojson }}).catch(function () {}),
                    today: fetch({{ this.settings.today|tojson }}).catch(function () {})
                }};
            </script>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <p class="map-words map-waiting" role="status" hidden
                data-loading="{{ this.settings.texts.loading|e }}"
                data-offline="{{ this.settings.texts.offline|e }}"></p>
            <noscript><p class="map-words">{{ this.settings.texts.no_script|e }}</p></noscript>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = fireGrid.mapFrame(
                {{ this._parent.get_name() }}, {{ this.settings|tojson }},
                [{% for one in this.tiles %}{{ one.get_name() }}, {% endfor %}]
            );
        {% endmacro %}
        """
    )

    def __init__(self, settings: dict[str, Any], tiles: list[folium.TileLayer]) -> None:
        super().__init__()
        self._name = "GridLayer"
        self.tiles = tiles
        self.datum = (settings["base"] or {"datum": ""})["datum"]
        self.rest = bundle("rest.js").address
        self.settings = settings

    def render(self, **kwargs: Any) -> None:
        """Folium's own rendering, and our early requests ahead of every script file."""
        super().render(**kwargs)
        header = self.get_root().header
        early = header._children.pop(self.get_name(), None)
        if early is not None:
            header.add_child(early, name=self.get_name(), index=0)


def tile_layers(base: BaseMap | None) -> list[folium.TileLayer]:
    """The base map as Folium's layers, the lowest first; our script shows and hides them."""
    if base is None:
        return []
    return [
        folium.TileLayer(
            url,
            # The line on the map is ours; Folium wants a word.
            attr=base.kind,
            show=False,
            control=False,
            subdomains=base.servers or "abc",
            max_zoom=22,
            max_native_zoom=base.max_zoom,
            # Providers tell by it whose key it is; the path is nobody's business.
            referrer_policy="origin",
        )
        for url in base.urls
    ]


def frame_html(
    settings: dict[str, Any],
    *,
    title: str,
    lang: str,
    theme: str,
    base: BaseMap | None = None,
) -> str:
    """The whole page of a map frame."""
    grids = OwnMap(
        "first.js",
        location=[0, 0],
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
    )
    tiles = tile_layers(base)
    for one in tiles:
        one.add_to(grids)
    GridLayer(settings, tiles).add_to(grids)
    page = FramePage(title, lang, theme)
    grids.add_to(page)
    return str(page.render())


def content_policy(html: str, base: BaseMap | None = None) -> str:
    """A Content-Security-Policy that runs our files and exactly the scripts in this page.

    Pictures come from here, and from the hosts of the base map that is set.
    """
    pictures = " ".join(("'self'", "data:", *(base.origins if base else ())))
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(html)
    )
    return (
        "default-src 'none'; connect-src 'self'; "
        f"img-src {pictures}; "
        f"style-src 'self' 'unsafe-inline'; script-src 'self' {hashes}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
