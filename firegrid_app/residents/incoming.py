"""Reads the form a browser sends without a script, all of it capped, and keeps what it reports."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from firegrid_app import clock
from firegrid_app.database import transaction
from firegrid_app.http import limited_body
from firegrid_app.photos.apart import process_apart
from firegrid_app.photos.processing import MOST_BYTES, Processed
from firegrid_app.photos.service import put_away
from firegrid_app.refusals import Refused
from firegrid_app.residents import reporting
from firegrid_app.residents.cards import Draft, Sent
from firegrid_app.residents.rules import MOST_PHOTOS

_MOST_FIELD = 8 * 1024
_MOST_FIELDS = 16
_MOST_FILES = 20
"""More than are taken: so that whoever chose too many is told, with the words kept."""
MOST_BODY = MOST_PHOTOS * MOST_BYTES + 64 * 1024
_READ_ON = 2 * MOST_BODY
"""A browser that is answered in the middle of sending shows an error instead of the answer."""
_ONE_BY_ONE = asyncio.Semaphore(1)
"""Shrinking takes a process and seconds: strangers' photos do not crowd out the members'."""
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


def draft_in(sent: Incoming) -> Draft:
    """The report as the form has it; nothing in it has been checked."""
    names = ("category", "where_words", "words", "name", "phone")
    return Draft(**{name: sent.fields.get(name, "")[:1000] for name in names})


async def keep_sent(
    sent: Incoming, draft: Draft, code: str, address: str, wait: Callable[[], None]
) -> Sent:
    """Keep a report for the grid with this code, sent from this address.

    `wait` is called once the words are good, before anything large is done. Refuses
    `residents.a_machine`, and what the check of its words, `wait` and the photos' process refuse.
    """
    if sent.refused:
        raise sent.refused
    # No person sees this field; what fills in every field there is, does.
    if sent.fields.get("website"):
        raise Refused("residents.a_machine")
    good = reporting.checked(draft)
    wait()
    photos, hashes = [], []
    for photo in sent.photos:
        one, digest = await _photo_in(photo)
        photos.append(one)
        hashes.append(digest)
    now = clock.now()
    digest = reporting.digest_of(code, good, hashes, address, now)

    def write() -> Sent:
        with transaction() as session:
            return reporting.take_in(session, code, good, photos, digest, now)

    try:
        return await run_in_threadpool(write)
    except IntegrityError:
        # A button pressed twice: the other one is there now, and this one opens it too.
        return await run_in_threadpool(write)


async def _photo_in(photo: UploadFile) -> tuple[Processed, str]:
    data = await photo.read()

    def shrink() -> Processed:
        processed = process_apart(data)
        put_away(processed)
        return processed

    async with _ONE_BY_ONE:
        return await run_in_threadpool(shrink), hashlib.sha256(data).hexdigest()
