"""Whose map may lie below the grids: addresses of tiles, their datum, hosts to be asked (D.3)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from firegrid_app.maps.rules.datum import Datum

LOCAL_TILES = "/api/map/tiles/{z}/{x}/{y}"
_TIANDITU = (
    "https://t{s}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
)
_AMAP = (
    "https://webrd0{s}.is.autonavi.com/appmaptile"
    "?lang=zh_cn&size=1&scale=1&style=7&x={x}&y={y}&z={z}"
)
_OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@dataclass(frozen=True)
class BaseMap:
    """One base map: tiles in layers, the lowest first."""

    kind: str
    urls: tuple[str, ...]
    """With `{z}`, `{x}`, `{y}`, and `{s}` for one of `servers`."""
    datum: Datum
    max_zoom: int
    """The last zoom with tiles of its own."""
    servers: str = ""
    credit: str = ""
    """Whose map it is, where the setting says so; the known providers' words are texts."""
    link: str = ""
    """Where the credit leads, if the provider wants that."""
    approval: str = ""
    """The 审图号."""

    @property
    def may_be_kept(self) -> bool:
        """May a phone keep tiles for days? Of one's own maps only: Tianditu, Amap and OSM forbid
        to gather tiles, their terms let a page show them and no more (D.3)."""
        return self.kind in ("xyz", "local")

    @property
    def origins(self) -> tuple[str, ...]:
        """The hosts a page asks for tiles; none where they are our own."""
        found: dict[str, None] = {}
        for url in self.urls:
            for server in self.servers or ("",):
                parts = urlsplit(url.replace("{s}", server))
                if parts.netloc:
                    found[f"{parts.scheme}://{parts.netloc}"] = None
        return tuple(found)


def tianditu(key: str, approval: str) -> BaseMap:
    """天地图: streets, and their names as a layer of their own; CGCS2000, for us WGS-84."""
    layers = tuple(
        _TIANDITU.replace("{layer}", layer).replace("{key}", key) for layer in ("vec", "cva")
    )
    link = "https://www.tianditu.gov.cn/"
    return BaseMap("tianditu", layers, Datum.WGS84, 18, "01234567", link=link, approval=approval)


def amap(approval: str) -> BaseMap:
    """高德: shifted by GCJ-02."""
    return BaseMap("amap", (_AMAP,), Datum.GCJ02, 18, "1234", approval=approval)


def osm() -> BaseMap:
    """OpenStreetMap's own server: for a developer's machine, it has no 审图号."""
    link = "https://www.openstreetmap.org/copyright"
    return BaseMap("osm", (_OSM,), Datum.WGS84, 19, link=link)
