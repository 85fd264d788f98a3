"""Routes of one's own choice: look, choose."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.database import reading, transaction
from firegrid_app.messages import service

router = APIRouter(prefix="/api/messages", tags=["messages"])


class Choice(BaseModel):
    """What a person chose."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digest: bool
    channel: str = Field(max_length=10)


@router.get("/choice")
def look(request: Request) -> dict[str, Any]:
    """How one is told, and what there is to choose from."""
    with reading() as session:
        return asdict(service.my_choice(session, actor_of(session, request)))


@router.put("/choice")
def choose(request: Request, choice: Choice) -> dict[str, Any]:
    """Choose the line, or switch the digest off. 422 for a line that is not set up."""
    with transaction() as session:
        actor = actor_of(session, request)
        language = language_of(request)
        return asdict(
            service.choose(session, actor, choice.digest, choice.channel, language, clock.now())
        )
