"""Small things every room's HTTP routes share."""

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from firegrid_app.refusals import Refused


def wav(data: bytes | None, missing: Refused) -> Response:
    """A recording's bytes, never kept by the browser: it is somebody's voice. Raises `missing`."""
    if data is None:
        raise missing
    return Response(
        data,
        media_type="audio/wav",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


async def limited_body(request: Request, most_bytes: int, too_large: Refused) -> bytes:
    """The request's body; raises `too_large` as soon as it has grown past `most_bytes`."""
    body, whole = await body_so_far(request, most_bytes, too_large)
    if not whole:
        raise ClientDisconnect
    return body


async def body_so_far(request: Request, most_bytes: int, too_large: Refused) -> tuple[bytes, bool]:
    """What came of the body, and whether it is all of it: a line may have died in the middle.

    Raises `too_large` before reading what is announced as larger than `most_bytes`, and as soon as
    an unannounced body has grown past it.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most_bytes:
        raise too_large
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most_bytes:
                raise too_large
            parts.append(part)
    except ClientDisconnect:
        return b"".join(parts), False
    return b"".join(parts), True
