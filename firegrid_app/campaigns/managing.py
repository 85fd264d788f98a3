"""Use cases of who makes campaigns: begin one, end it, change what it asks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.campaigns.asking import kept_questions, questions_of, three_clear
from firegrid_app.campaigns.leaflet import leaflet_words
from firegrid_app.campaigns.rules import (
    DONE,
    Choice,
    Question,
    Questions,
    dates_wrong,
    questions_wrong,
)
from firegrid_app.campaigns.service import own_campaign
from firegrid_app.campaigns.tables import Campaign, CampaignArea, CampaignEdition
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.places.filing import clean_lines, line_in
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.rules import OUTCOMES

FINE_HAZARD = "other"
"""The category a fault of a street's own question opens; the form asks for the right one."""


def make_campaign(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    name: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
    areas: Collection[str],
    done: Collection[str],
    now: datetime,
    leaflet: str = "",
) -> Campaign:
    """Begin a campaign with the shipped questions; without `areas` it covers the whole grid.

    Refuses `campaigns.bad_name`, `campaigns.ends_before_start`, `campaigns.over_already`,
    `campaigns.too_long`, `campaigns.nothing_is_done`, `campaigns.foreign_area`,
    `campaigns.leaflet_too_long`, `places.too_long` and what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.KEEP_DOORS)
    name = " ".join(name.split())
    if not 2 <= len(name) <= 60 or not name.isprintable():
        raise Refused("campaigns.bad_name")
    _refuse_dates(starts_on, ends_on, now)
    outcomes = [one for one in OUTCOMES if one in (done or DONE)]
    if not outcomes:
        raise Refused("campaigns.nothing_is_done")
    covered = [grid_by_code(session, actor, code, Action.KEEP_DOORS) for code in set(areas)]
    if any(not one.path.startswith(grid.path) for one in covered):
        raise Refused("campaigns.foreign_area")
    campaign = Campaign(
        grid_id=grid.id or 0,
        name=name,
        purpose=line_in(purpose, 300),
        starts_on=starts_on,
        ends_on=ends_on,
        done_outcomes=outcomes,
        leaflet=leaflet_words(leaflet),
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(campaign)
    session.flush()
    for one in covered or [grid]:
        session.add(CampaignArea(campaign_id=campaign.id or 0, grid_id=one.id or 0))
    _keep(session, actor, campaign, three_clear(), 1, now)
    audit(session, actor.person_id, "make_campaign", f"grid:{grid.code} {name}", now)
    session.flush()
    return campaign


def change_dates(
    session: Session,
    actor: Actor,
    campaign_id: int,
    *,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> Campaign:
    """Let it run on other days; one that is over runs again. What was knocked stays and counts.

    Refuses what `dates_wrong` finds, `campaigns.ended_already` and what `own_campaign` refuses.
    """
    campaign, grid = own_campaign(session, actor, campaign_id)
    if campaign.ended_at is not None:
        raise Refused("campaigns.ended_already")
    _refuse_dates(starts_on, ends_on, now)
    campaign.starts_on, campaign.ends_on = starts_on, ends_on
    audit(
        session,
        actor.person_id,
        "change_campaign_dates",
        f"grid:{grid.code} {campaign.name} {starts_on} {ends_on}",
        now,
    )
    session.flush()
    return campaign


def end_campaign(session: Session, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """End it now. Knocks already on their way from phones are kept and counted.

    Refuses `campaigns.ended_already` and what `own_campaign` refuses.
    """
    campaign, grid = own_campaign(session, actor, campaign_id)
    if campaign.ended_at is not None:
        raise Refused("campaigns.ended_already")
    campaign.ended_at = now
    audit(session, actor.person_id, "end_campaign", f"grid:{grid.code} {campaign.name}", now)
    session.flush()
    return campaign


def add_question(
    session: Session,
    actor: Actor,
    campaign_id: int,
    *,
    kind: str,
    words: str,
    choices: str,
    show_if: str,
    required: bool,
    now: datetime,
    paper: str = "",
) -> Campaign:
    """Ask one more thing, at the end. `choices` has one a line; "!" before one makes it a fault;
    `paper` is what a resident signs, line by line as it is written.

    `show_if` is `question=choice`. Refuses what `questions_wrong` finds and what `_change` refuses.
    """
    of, _, choice = show_if.partition("=")
    lines = [" ".join(line.split()) for line in choices.splitlines() if line.strip()]
    question = Question(
        code=_code(),
        kind=kind,
        words={"zh_CN": " ".join(words.split())},
        choices=tuple(_choice(line) for line in lines) if kind in ("single", "multiple") else (),
        required=required,
        paper=clean_lines(paper) if kind == "sign" else "",
        show_if=(of, choice) if of else None,
    )
    return _change(session, actor, campaign_id, lambda old: (*old, question), now)


def drop_question(
    session: Session, actor: Actor, campaign_id: int, code: str, now: datetime
) -> Campaign:
    """Ask one thing less; answers given stay. Refuses while another question hangs on it."""
    return _change(
        session, actor, campaign_id, lambda old: tuple(q for q in old if q.code != code), now
    )


def move_question(
    session: Session, actor: Actor, campaign_id: int, code: str, now: datetime
) -> Campaign:
    """Ask one thing a place earlier."""

    def moved(old: Questions) -> Questions:
        place = next((at for at, one in enumerate(old) if one.code == code), 0)
        if not place:
            return old
        return (*old[: place - 1], old[place], old[place - 1], *old[place + 1 :])

    return _change(session, actor, campaign_id, moved, now)


def _change(session: Session, actor: Actor, campaign_id: int, change, now: datetime) -> Campaign:  # type: ignore[no-untyped-def]
    """The next edition of the questions; phones with an older one go on answering that."""
    campaign, grid = own_campaign(session, actor, campaign_id)
    if campaign.ended_at is not None:
        raise Refused("campaigns.ended_already")
    old = questions_of(session, campaign_id, campaign.edition) or ()
    new = change(old)
    if new == old:
        return campaign
    wrong = questions_wrong(new)
    if wrong is not None:
        raise Refused(wrong.code, **wrong.gaps)
    _keep(session, actor, campaign, new, campaign.edition + 1, now)
    audit(session, actor.person_id, "change_questions", f"grid:{grid.code} {campaign.name}", now)
    session.flush()
    return campaign


def _refuse_dates(starts_on: date, ends_on: date, now: datetime) -> None:
    wrong = dates_wrong(starts_on, ends_on, local_day(now, settings().zone))
    if wrong is not None:
        raise Refused(wrong.code, **wrong.gaps)


def _keep(
    session: Session,
    actor: Actor,
    campaign: Campaign,
    questions: Questions,
    number: int,
    now: datetime,
) -> None:
    campaign.edition = number
    session.add(
        CampaignEdition(
            campaign_id=campaign.id or 0,
            number=number,
            questions=kept_questions(questions),
            made_by_id=actor.person_id,
            made_at=now,
        )
    )


def _choice(line: str) -> Choice:
    is_fault = line.startswith(("!", "！"))
    words = line.lstrip("!！ ")
    return Choice(_code(), {"zh_CN": words}, FINE_HAZARD if is_fault else "")


def _code() -> str:
    return f"own_{uuid4().hex[:10]}"
