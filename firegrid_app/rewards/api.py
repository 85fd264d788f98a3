"""The ledger of rewards as a file."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.database import transaction
from firegrid_app.rewards.ledger import rewards_file
from firegrid_app.spreadsheet import TYPES, as_file, file_headers

router = APIRouter(tags=["rewards"])


@router.get("/rewards/{code}/ledger.{kind}", response_class=Response)
def keep_ledger(request: Request, code: str, kind: Literal["csv", "xlsx"]) -> Response:
    """The rewards of a street or county and below, for its accounts; who reported is not in it.
    Each time it is taken is logged.

    Refuses `grids.unknown`, `access.outside_grid`, `rewards.not_here`.
    """
    with transaction() as session:
        actor = actor_of(session, request)
        language = language_of(request)
        name, headings, rows = rewards_file(session, actor, code, language, clock.now())
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))
