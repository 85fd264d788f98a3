"""Routes of the calendar feed: make, look, end one's own; fetch by its secret without log-in."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of, address_of, language_of
from firegrid_app.answers import tagged
from firegrid_app.boards.limiter import Limiter
from firegrid_app.database import reading, transaction
from firegrid_app.duties import feed as feeds
from firegrid_app.refusals import Refused
from firegrid_app.routes import calendar_feed
from firegrid_app.settings import settings

router = APIRouter(prefix="/api", tags=["calendar"])
FETCHES = Limiter(looks=60, within=timedelta(minutes=10), name="calendars")
"""From one address: an office behind one line has many calendars, a guesser gets nowhere."""


@router.get("/calendar")
def look(request: Request) -> dict[str, bool]:
    """Is there a feed of one's own in force?"""
    with reading() as session:
        return {"on": feeds.has_feed(session, actor_of(session, request))}


@router.post("/calendar")
def make(request: Request) -> dict[str, str]:
    """A new address of one's own feed, seen this once; an older one ends."""
    now = clock.now()
    with transaction() as session:
        token = feeds.make_feed(session, actor_of(session, request), language_of(request), now)
    base = settings().public_url or str(request.base_url)
    return {"address": base.rstrip("/") + calendar_feed(token)}


@router.delete("/calendar", status_code=204)
def end(request: Request) -> None:
    """Take the address back."""
    with transaction() as session:
        feeds.end_feed(session, actor_of(session, request), clock.now())


@router.get("/calendar/{token}.ics")
def fetch(request: Request, token: str) -> Response:
    """The feed (RFC 5545). 404 for a secret nobody has, 429 for who asks too often."""
    now = clock.now()
    wait = FETCHES.seconds_to_wait(address_of(request), now)
    if wait:
        raise Refused("access.slow_down", seconds=wait)
    with reading() as session:
        body = feeds.feed(session, token, now)
    return tagged(
        request,
        body,
        "text/calendar; charset=utf-8",
        cache="private, no-cache",
        headers={"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"},
    )
