"""The settings of maps: whose map lies below the grids, and who is asked for addresses.

Beside `settings.py`, whose `Settings` carries them.
"""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
"""What may stand in a content policy: one host, no wildcard."""
_TILE_TYPE_AT, _PICTURES = 99, (2, 3, 4, 5)
"""Where a PMTiles file says what its tiles are, and which numbers mean pictures."""
_KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")


class MapSettings(BaseSettings):
    """Which base map the desk's maps are drawn over; without any of it, outlines alone."""

    base_map: Literal["", "tianditu", "amap", "osm", "xyz", "local"] = ""
    """`xyz` is any server of tiles at `base_map_url`, `local` tiles of this machine."""
    base_map_key: SecretStr = SecretStr("")
    """Of Tianditu, one for browsers (浏览器端): those who open the map can see it."""
    base_map_url: str = ""
    """Of `xyz`: `https://host/path/{z}/{x}/{y}.png`."""
    base_map_path: Path | None = None
    """Of `local`: a folder `z/x/y.png` (or jpg, webp) or one PMTiles file of pictures."""
    base_map_datum: Literal["wgs84", "gcj02"] = "wgs84"
    """Of `xyz` and `local`: by what their tiles are drawn. Our grids are shifted onto them."""
    base_map_max_zoom: int = Field(default=18, ge=1, le=22)
    """Of `xyz` and `local`: beyond it tiles are enlarged."""
    base_map_credit: str = Field(default="", max_length=120)
    """Of `xyz` and `local`: whose map it is, shown on it."""
    map_approval_no: str = Field(default="", max_length=60)
    """The map's 审图号, shown on it (地图管理条例 Art. 16); the provider's own page has it."""

    geocoder: Literal["", "nominatim", "amap", "baidu"] = ""
    """Who is asked for an address the register does not know, when somebody wants that."""
    geocoder_key: SecretStr = SecretStr("")
    """Of Amap or Baidu, one for web services (Web服务, 服务端)."""
    geocoder_url: str = ""
    """Another address than the provider's own, e.g. a Nominatim of one's own: `https://host`."""
    geocoder_region: str = Field(default="", max_length=40)
    """Put beside every address, e.g. `重庆市永川区`."""

    @model_validator(mode="after")
    def _geocoder_that_can_work(self) -> Self:
        wants_key = self.geocoder in ("amap", "baidu")
        if wants_key and not self.geocoder_key.get_secret_value():
            raise ValueError(
                "高德、百度地址查询要设置 FIREGRID_GEOCODER_KEY"
                " / Amap's and Baidu's geocoders want FIREGRID_GEOCODER_KEY"
            )
        parts = urlsplit(self.geocoder_url)
        if self.geocoder_url and (
            parts.scheme not in ("https", "http") or not _HOST.fullmatch(parts.netloc)
        ):
            raise ValueError(
                "FIREGRID_GEOCODER_URL 要写成 https://主机"
                " / FIREGRID_GEOCODER_URL must look like https://host"
            )
        return self

    @model_validator(mode="after")
    def _base_map_that_can_work(self) -> Self:
        if self.base_map == "tianditu" and not _KEY.fullmatch(self.base_map_key.get_secret_value()):
            raise ValueError(
                "天地图要设置浏览器端密钥 FIREGRID_BASE_MAP_KEY"
                " / Tianditu wants a key for browsers, FIREGRID_BASE_MAP_KEY"
            )
        if self.base_map == "xyz":
            self._check_address()
        if self.base_map == "local" and not (self.base_map_path and self.base_map_path.exists()):
            raise ValueError(
                "FIREGRID_BASE_MAP_PATH 要指向瓦片文件夹或 PMTiles 文件"
                " / FIREGRID_BASE_MAP_PATH must name a folder of tiles or a PMTiles file"
            )
        if self.base_map == "local":
            self._check_file()
        return self

    def _check_file(self) -> None:
        assert self.base_map_path is not None
        if self.base_map_path.is_dir():
            return
        with self.base_map_path.open("rb") as file:
            head = file.read(_TILE_TYPE_AT + 1)
        if not head.startswith(b"PMTiles\x03") or head[-1] not in _PICTURES:
            raise ValueError(
                "FIREGRID_BASE_MAP_PATH 不是图片瓦片的 PMTiles 文件（第 3 版；矢量瓦片不支持）"
                " / FIREGRID_BASE_MAP_PATH is no PMTiles file of pictures (version 3, no vectors)"
            )

    def _check_address(self) -> None:
        url = self.base_map_url
        parts = urlsplit(url)
        named = all(f"{{{part}}}" in parts.path + "?" + parts.query for part in "zxy")
        if (
            parts.scheme not in ("https", "http")
            or not _HOST.fullmatch(parts.netloc)
            or not named
            or re.search(r"[\s;'\"<>]", url)
        ):
            raise ValueError(
                "FIREGRID_BASE_MAP_URL 要写成 https://主机/路径/{z}/{x}/{y}.png"
                " / FIREGRID_BASE_MAP_URL must look like https://host/path/{z}/{x}/{y}.png"
            )
