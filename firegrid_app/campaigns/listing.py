"""A campaign as lists to keep: how far it is, and how its questions were answered."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.campaigns.asking import read_questions
from firegrid_app.campaigns.progress import progress_rows
from firegrid_app.campaigns.rules import Question
from firegrid_app.campaigns.service import own_campaign
from firegrid_app.campaigns.tables import Campaign, CampaignEdition
from firegrid_app.database import MANY
from firegrid_app.texts import say, words_in
from firegrid_app.visits.tables import Visit

Rows = list[list[str | int]]
COLUMNS = {
    "progress": ("grid", "building", "doors", "done", "back", "never"),
    "answers": ("question", "answer", "count"),
}


def list_of(
    session: Session, actor: Actor, campaign_id: int, what: str, language: str
) -> tuple[str, list[str], Rows]:
    """Name, headings and rows of one of `COLUMNS`. Counts only: no door and no words of people.

    Refuses `campaigns.unknown` and `access.outside_grid`.
    """
    campaign, _ = own_campaign(session, actor, campaign_id)
    rows: Rows
    if what == "progress":
        rows = [
            [row.grid_name, row.building, row.doors, row.done, row.back, row.never]
            for row in progress_rows(session, campaign)
        ]
    else:
        rows = list(_answers(session, campaign, language))
    headings = [say(f"campaigns.field.{column}", language) for column in COLUMNS[what]]
    return say(f"campaigns.file.{what}", language, name=campaign.name), headings, rows


def _answers(session: Session, campaign: Campaign, language: str) -> Iterator[list[str | int]]:
    counts: dict[str, Counter[str]] = {}
    given = session.exec(
        select(Visit.answers)
        .where(Visit.campaign_id == campaign.id, col(Visit.answers).is_not(None))
        .execution_options(yield_per=MANY)
    )
    for answers in given:
        for code, answer in (answers or {}).items():
            _count(counts.setdefault(code, Counter()), answer)
    for question in _ever_asked(session, campaign):
        found = counts.get(question.code, Counter())
        words = words_in(question.words, language)
        for choice in question.choices:
            yield [words, words_in(choice.words, language), found[f"={choice.code}"]]
        if not question.choices:
            yield [words, say(f"campaigns.answered.{question.kind}", language), found["#"]]
        if question.kind == "number":
            yield [words, say("campaigns.answered.sum", language), found["+"]]


def _count(found: Counter[str], answer: Any) -> None:
    """A choice counts under its code, anything else as answered; numbers are added up as well."""
    if isinstance(answer, list):
        found.update(["#", *(f"={one}" for one in answer)])
        return
    found["#"] += 1
    if isinstance(answer, str):
        found[f"={answer}"] += 1
    else:
        found["+"] += round(answer)


def _ever_asked(session: Session, campaign: Campaign) -> list[Question]:
    """The questions of all editions, each once, in the words of the newest that asked it."""
    editions = session.exec(
        select(CampaignEdition.questions)
        .where(CampaignEdition.campaign_id == campaign.id)
        .order_by(col(CampaignEdition.number).desc())
    )
    found: dict[str, Question] = {}
    for kept in editions:
        for question in read_questions(kept):
            found.setdefault(question.code, question)
    return list(found.values())
