"""Small things every room's HTTP routes share."""

from fastapi import Request

from firegrid_app.refusals import Refused


async def limited_body(request: Request, most_bytes: int, too_large: Refused) -> bytes:
    """The request's body; raises `too_large` as soon as it has grown past `most_bytes`."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most_bytes:
            raise too_large
        parts.append(part)
    return b"".join(parts)
