"""Reads the form a browser sends without a script: fields in memory, photos on disk, all capped."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from firegrid_app.http import limited_body
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.refusals import Refused
from firegrid_app.residents.rules import MOST_PHOTOS

_MOST_FIELD = 8 * 1024
_MOST_FIELDS = 16
_MOST_FILES = 20
"""More than are taken: so that whoever chose too many is told, with the words kept."""
MOST_BODY = MOST_PHOTOS * MOST_BYTES + 64 * 1024
_READ_ON = 2 * MOST_BODY
"""A browser that is answered in the middle of sending shows an error instead of the answer."""


POSITION = (("lat", 90.0), ("lon", 180.0), ("accuracy", 1e6))
"""Fields of a position, and the most each can be."""


@dataclass
class Incoming:
    """What was sent."""

    fields: dict[str, str] = field(default_factory=dict)
    photos: list[UploadFile] = field(default_factory=list)
    refused: Refused | None = None
    """Too much came: fields that came before are there."""

    async def close(self) -> None:
        """Let go of the files."""
        for photo in self.photos:
            await photo.close()


async def read_form(request: Request) -> Incoming:
    """The form of this request. Refuses `residents.malformed` for what is none.

    Too many bytes or files stand in `refused`; a photo field left empty is no photo.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refused("residents.malformed")
    over = False

    async def some() -> AsyncGenerator[bytes, None]:
        nonlocal over
        size = 0
        async for part in request.stream():
            room = MOST_BODY - size
            size += len(part)
            over = over or len(part) > room
            if size > _READ_ON:
                break
            if room > 0:
                yield part[:room]
        if over:
            # Whatever of a photo lies on the disk is let go by that.
            raise MultiPartException("too large")

    parser = MultiPartParser(
        request.headers,
        some(),
        max_files=_MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=_MOST_FIELD,
    )
    try:
        await parser.parse()
    except MultiPartException:
        if not over:
            raise Refused("residents.malformed") from None
    found = Incoming()
    for name, value in parser.items:
        if isinstance(value, str):
            found.fields[name] = value.replace("\x00", "").replace("\r\n", "\n")
        elif value.size and not over:
            found.photos.append(value)
    if over:
        found.refused = Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    elif len(found.photos) > MOST_PHOTOS:
        found.refused = Refused("residents.too_many_photos", most=MOST_PHOTOS)
    return found


async def small_form(request: Request) -> dict[str, str]:
    """The fields of a form without files. Refuses `residents.malformed`."""
    if (
        not request.headers.get("content-type", "")
        .lower()
        .startswith("application/x-www-form-urlencoded")
    ):
        raise Refused("residents.malformed")
    body = await limited_body(request, _MOST_FIELD, Refused("residents.malformed"))
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused("residents.malformed") from None
    return {name: value.replace("\x00", "") for name, value in pairs}


def position_in(fields: dict[str, str], name: str, most: float) -> float:
    """One number of a position. Refuses `residents.no_position`."""
    try:
        value = float(fields.get(name, ""))
    except ValueError:
        raise Refused("residents.no_position") from None
    # Not a number is not below anything.
    if not abs(value) <= most:
        raise Refused("residents.no_position")
    return value
