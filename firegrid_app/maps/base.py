"""The base map this server is set to, and its tiles where they lie on this machine."""

import base64
from dataclasses import dataclass
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Protocol

from pmtiles.tile import (
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from firegrid_app.maps.cards import PhoneBase
from firegrid_app.maps.rules.base_maps import LOCAL_TILES, BaseMap, amap, osm, tianditu
from firegrid_app.maps.rules.datum import Datum
from firegrid_app.settings import Settings, settings

PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
_KINDS = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
_MOST_DEPTH = 4
"""Of directories in a PMTiles file (its specification, version 3)."""


@dataclass(frozen=True)
class Tile:
    """One picture of 256 pixels."""

    body: bytes
    media_type: str


BLANK = Tile(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgYGBgAAAABQABeqhXUAAAAABJRU5ErkJg"
        "gg=="
    ),
    "image/png",
)
"""Where a map ends there is nothing to see, and nothing wrong."""


class Tiles(Protocol):
    """Where tiles of this machine lie."""

    def get(self, z: int, x: int, y: int) -> Tile | None:
        """The tile, or None where nothing is drawn."""


class FolderTiles:
    """Tiles as files `z/x/y.png`, as most tools write them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, z: int, x: int, y: int) -> Tile | None:
        """The tile, or None where nothing is drawn."""
        for ending, media_type in PICTURES.items():
            file = self._folder / str(z) / str(x) / f"{y}.{ending}"
            if file.is_file():
                return Tile(file.read_bytes(), media_type)
        return None


class PackedTiles:
    """Tiles in one PMTiles file. Raises ValueError for one that holds no pictures."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._file = mmap(opened.fileno(), 0, access=ACCESS_READ)
        try:
            self._header: dict[str, Any] = dict(deserialize_header(self._bytes(0, 127)))
            self._media_type = _KINDS[self._header["tile_type"]]
        except Exception as error:  # the library's errors say nothing of the file
            raise ValueError(f"{file.name}: no PMTiles file of pictures") from error
        # A directory is thousands of entries; the same few are asked for again and again.
        self._entries = lru_cache(maxsize=64)(self._read)

    def _bytes(self, offset: int, length: int) -> bytes:
        return self._file[offset : offset + length]

    def _read(self, offset: int, length: int) -> list[Any]:
        return list(deserialize_directory(self._bytes(offset, length)))

    def get(self, z: int, x: int, y: int) -> Tile | None:
        """The tile, or None where nothing is drawn."""
        wanted = zxy_to_tileid(z, x, y)
        header = self._header
        offset, length = header["root_offset"], header["root_length"]
        for _ in range(_MOST_DEPTH):
            entry = find_tile(self._entries(offset, length), wanted)
            if entry is None:
                return None
            if entry.run_length:
                start = header["tile_data_offset"] + entry.offset
                return Tile(self._bytes(start, entry.length), self._media_type)
            offset, length = header["leaf_directory_offset"] + entry.offset, entry.length
        return None


def base_map() -> BaseMap | None:
    """The base map in force; None for outlines alone."""
    return _chosen(settings())


def phone_base() -> PhoneBase | None:
    """What a phone's own map needs to know of it; None where there is none."""
    base = base_map()
    if base is None:
        return None
    return PhoneBase(
        kind=base.kind,
        urls=base.urls,
        servers=base.servers,
        datum=base.datum,
        max_zoom=base.max_zoom,
        credit=base.credit,
        link=base.link,
        approval=base.approval,
        may_be_kept=base.may_be_kept,
    )


def _chosen(given: Settings) -> BaseMap | None:
    approval = given.map_approval_no
    if given.base_map == "tianditu":
        return tianditu(given.base_map_key.get_secret_value(), approval)
    if given.base_map == "amap":
        return amap(approval)
    if given.base_map == "osm":
        return osm()
    if not given.base_map:
        return None
    url = given.base_map_url if given.base_map == "xyz" else LOCAL_TILES
    return BaseMap(
        given.base_map,
        (url,),
        Datum(given.base_map_datum),
        given.base_map_max_zoom,
        credit=given.base_map_credit,
        approval=approval,
    )


@lru_cache(maxsize=2)
def _tiles_at(path: Path) -> Tiles:
    return FolderTiles(path) if path.is_dir() else PackedTiles(path)


def local_tile(z: int, x: int, y: int) -> Tile | None:
    """A tile of this machine's own map, or None where it draws nothing.

    Raises LookupError where no such map is set, or no such tile can be on a map.
    """
    path = settings().base_map_path
    if settings().base_map != "local" or path is None:
        raise LookupError("no map of this machine")
    if not (0 <= z <= 22 and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise LookupError("no such tile")
    return _tiles_at(path).get(z, x, y)
