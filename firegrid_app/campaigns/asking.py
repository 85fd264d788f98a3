"""The questions of a campaign as they are kept, and answers checked against their edition."""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from firegrid_app.campaigns.rules import (
    PICTURED,
    Choice,
    Question,
    Questions,
    answers_wrong,
    photos_named,
)
from firegrid_app.campaigns.tables import Campaign, CampaignEdition
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Household, Visit


@lru_cache(maxsize=1)
def three_clear() -> Questions:
    """三清三关 as it ships (YB-94), and the leaflets handed out (YC-36)."""
    path = Path(__file__).with_name("three_clear.json")
    return read_questions(json.loads(path.read_text(encoding="utf-8")))


def read_questions(kept: Sequence[dict[str, Any]]) -> Questions:
    """Questions of what an edition keeps."""
    return tuple(
        Question(
            code=one["code"],
            kind=one["kind"],
            words=one["words"],
            choices=tuple(
                Choice(c["code"], c["words"], c.get("hazard", "")) for c in one["choices"]
            ),
            required=one["required"],
            paper=one.get("paper", ""),
            show_if=tuple(one["show_if"]) if one.get("show_if") else None,  # type: ignore[arg-type]
        )
        for one in kept
    )


def kept_questions(questions: Questions) -> list[dict[str, Any]]:
    """The same to be kept and sent to phones."""
    return [
        {
            "code": one.code,
            "kind": one.kind,
            "words": one.words,
            "choices": [
                {"code": c.code, "words": c.words, "hazard": c.hazard} for c in one.choices
            ],
            "required": one.required,
            "show_if": list(one.show_if) if one.show_if else None,
        }
        | ({"paper": one.paper} if one.paper else {})
        for one in questions
    ]


def questions_of(session: Session, campaign_id: int, edition: int) -> Questions | None:
    """The questions of one edition; None if there is no such edition."""
    kept = session.exec(
        select(CampaignEdition.questions).where(
            CampaignEdition.campaign_id == campaign_id, CampaignEdition.number == edition
        )
    ).first()
    return None if kept is None else read_questions(kept)


def check_answers(
    session: Session,
    *,
    campaign_id: int,
    edition: int,
    household_id: int,
    answers: Mapping[str, Any],
    outcome: str,
    photos: Collection[str] = (),
) -> None:
    """Refuse a knock whose answers the campaign never asked for, or that names photos it has not
    got (`photos`: the ids it announces). Its end is no reason to refuse.

    A door outside its grids is taken (a grid may have been drawn anew since) and not counted.
    Refuses `campaigns.unknown`, `campaigns.nobody_met`, `campaigns.answer_outside`; an unknown door
    is left to who takes the knock.
    """
    campaign = session.get(Campaign, campaign_id)
    household = session.get(Household, household_id)
    if campaign is None or household is None:
        raise Refused("campaigns.unknown" if campaign is None else "visits.unknown_door")
    owner = session.get(Grid, campaign.grid_id, options=[WITHOUT_OUTLINE])
    grid = session.get(Grid, household.grid_id, options=[WITHOUT_OUTLINE])
    if owner is None or grid is None or not _share_a_street(owner.path, grid.path):
        raise Refused("campaigns.unknown")
    questions = questions_of(session, campaign_id, edition)
    if questions is None:
        raise Refused("campaigns.unknown")
    wrong = answers_wrong(questions, answers, outcome)
    if wrong is not None:
        raise Refused(wrong.code, **wrong.gaps)
    for photo, code in photos_named(questions, answers).items():
        if photo not in photos:
            words = next(one.words for one in questions if one.code == code)
            raise Refused("campaigns.answer_outside", question=words)


def chosen_of(session: Session, visit: Visit) -> dict[str, Any]:
    """The answers of a knock without words and photos: what stays when a household is erased."""
    asked = questions_of(session, visit.campaign_id or 0, visit.edition or 0) or ()
    in_words = {question.code for question in asked if question.kind in {"text", *PICTURED}}
    return {code: given for code, given in (visit.answers or {}).items() if code not in in_words}


def _share_a_street(owner: str, door: str) -> bool:
    """Of one street, or of the county: somebody else's campaign is unknown here."""
    depth = min(2, owner.count("/"))
    street = "/".join(owner.split("/")[:depth]) + "/"
    return door.startswith(street)
