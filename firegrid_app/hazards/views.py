"""Hazards as the desk's page shows them: narrowed, searched, counted, one of them in full."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.desk.service import desk_grids
from firegrid_app.desk.showing import day_of, moment_of, when_of
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.cards import (
    Assignee,
    HazardAsk,
    HazardDetail,
    HazardRow,
    HazardsView,
    TrailLine,
    WhichTally,
)
from firegrid_app.hazards.deadlines import may_set_terms
from firegrid_app.hazards.departments import departments_over
from firegrid_app.hazards.ladder import assignees_over
from firegrid_app.hazards.lists import HIDDEN, cards_of, may_know
from firegrid_app.hazards.major import listings_of
from firegrid_app.hazards.moves import grid_of, may_take
from firegrid_app.hazards.rules.kinds import CATEGORY, Severity
from firegrid_app.hazards.rules.steps import MOVES, UNFINISHED, Status, Step, next_status
from firegrid_app.hazards.rules.trail import read
from firegrid_app.hazards.tables import DepartmentPerson, Hazard, HazardEvent, HazardNotice, Whistle
from firegrid_app.hazards.telling import unseen
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.hazards.whistles import steps_for_departments, whistles_of
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import LANGUAGES, say

PAGE = 30
WHICH = (
    "mine",
    "overdue",
    "stepped_up",
    "unassigned",
    "urged",
    "recheck",
    "whistled",
    "not_here",
    "listed",
    "new",
    "all",
    "closed",
)
"""What the list can be narrowed to, in the order of the buttons."""


def hazards_view(session: Session, actor: Actor, ask: HazardAsk, now: datetime) -> HazardsView:
    """The hazards below one grid that `ask` asks for (the highest in reach without a code).

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    grids = desk_grids(session, actor)
    top = grid_by_code(session, actor, ask.code or grids[0].code, Action.SEE_GRID)
    today = local_day(now, settings().zone)
    which = ask.which if ask.which in WHICH else "all"
    conditions = _conditions(actor, today, now)
    inside = _below(top)
    found = _found(ask.words)
    tallies = session.exec(
        select(*(func.sum(sa.case((conditions[one], 1), else_=0)) for one in WHICH))  # type: ignore[call-overload]
        .select_from(Hazard)
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(inside, found)
    ).one()
    counts = dict(zip(WHICH, (int(count or 0) for count in tallies), strict=True))
    pages = max(1, -(-counts[which] // PAGE))
    page = min(max(ask.page, 1), pages)
    order = (
        [col(Hazard.closed_at).desc(), col(Hazard.id)]
        if which == "closed"
        else [col(Hazard.due_on), col(Hazard.happened_at), col(Hazard.id)]
    )
    hazards = session.exec(
        select(Hazard)
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(inside, found, conditions[which])
        .order_by(*order)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    above = session.exec(
        select(func.count())
        .select_from(Hazard)
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(inside, conditions["all"], Grid.level < 3)
    ).one()
    return HazardsView(
        code=top.code,
        name=top.name,
        picks=tuple((grid.code, grid.name) for grid in grids),
        which=which,
        tallies=tuple(WhichTally(one, counts[one]) for one in WHICH),
        rows=tuple(_rows(session, actor, hazards, now)),
        matches=counts[which],
        page=page,
        pages=pages,
        not_on_map=above,
        may_give=actor.may(Action.CLOSE_HAZARD, top.path),
        may_set_terms=may_set_terms(actor, top),
        as_of=f"{now.astimezone(settings().zone):%H:%M}",
    )


def _below(top: Grid) -> sa.ColumnElement[bool]:
    return col(Grid.path).startswith(top.path, autoescape=True) & col(Grid.valid_to).is_(None)


def _conditions(actor: Actor, today: date, now: datetime) -> dict[str, sa.ColumnElement[bool]]:
    """What each of `WHICH` means, as the database reads it."""
    live = col(Hazard.status).in_(UNFINISHED)
    corrected = col(Hazard.status) == Status.CORRECTED
    told = (
        sa.select(1)
        .where(
            col(HazardNotice.hazard_id) == col(Hazard.id),
            col(HazardNotice.person_id) == actor.person_id,
            col(HazardNotice.seen_at).is_(None),
        )
        .exists()
    )
    called = sa.select(1).where(
        col(Whistle.hazard_id) == col(Hazard.id), col(Whistle.done_at).is_(None)
    )
    for_my_department = called.where(
        col(Whistle.department_id).in_(
            sa.select(col(DepartmentPerson.department_id)).where(
                col(DepartmentPerson.person_id) == actor.person_id
            )
        )
    ).exists()
    not_here = called.where(
        col(Whistle.checked_in_at).is_(None), col(Whistle.check_in_until) < now
    ).exists()
    # A second look is for who leads the grid or the one right above it, not for a whole county.
    led = [post.grid_id for post in actor.posts if actor.may(Action.CLOSE_HAZARD, post.grid_path)]
    mine_to_look_at = (
        corrected
        & (col(Hazard.corrected_by_id) != actor.person_id)
        & (col(Grid.id).in_(led) | col(Grid.parent_id).in_(led))
    )
    mine_to_do = (col(Hazard.status) == Status.OPEN) & (col(Hazard.owner_id) == actor.person_id)
    return {
        "mine": mine_to_do | mine_to_look_at | (live & for_my_department),
        "overdue": live & (col(Hazard.due_on) < today),
        "stepped_up": live & (col(Hazard.step_ups) > 0),
        "unassigned": live & col(Hazard.owner_id).is_(None),
        "urged": live & (col(Hazard.urges_open) > 0),
        "recheck": corrected,
        "whistled": live & called.exists(),
        "not_here": live & not_here,
        "listed": live & (col(Hazard.listing) != ""),
        "new": told,
        "all": live,
        "closed": col(Hazard.status) == Status.CLOSED,
    }


def _found(words: str) -> sa.ColumnElement[bool]:
    """Every word stands in what was written of the hazard, its place, its kind, or its grid.

    Chinese has no blanks between words: a part of a sentence is looked for as it is.
    """
    found: list[sa.ColumnElement[bool]] = []
    for word in words.split()[:5]:
        kinds = [
            code
            for code in CATEGORY
            for language in LANGUAGES
            if word.casefold() in say(f"hazards.category.{code}", language).casefold()
        ]
        found.append(
            or_(
                *(
                    column.icontains(word, autoescape=True)
                    for column in (
                        col(Hazard.words),
                        col(Hazard.where_words),
                        col(Grid.name),
                    )
                ),
                col(Hazard.category).in_(kinds),
            )
        )
    return sa.and_(sa.true(), *found)


def _rows(
    session: Session, actor: Actor, hazards: Sequence[Hazard], now: datetime
) -> list[HazardRow]:
    today, zone = local_day(now, settings().zone), settings().zone
    grids = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(col(Grid.id).in_({one.grid_id for one in hazards}))
    )
    names = {grid.id: (grid.code, grid.name) for grid in grids}
    told = unseen(session, actor)
    return [
        HazardRow(
            id=card.id,
            grid_name=card.grid_name,
            category=card.category,
            severity=card.severity,
            urgent=card.urgent,
            words=card.words,
            where_words=card.where_words,
            status=card.status,
            due=day_of(date.fromisoformat(card.due_on)),
            overdue=card.overdue,
            found=when_of(moment_of(card.happened_at), now, zone),
            owner_name=card.owner_name,
            rung=card.rung,
            step_ups=card.step_ups,
            urges_open=card.urges_open,
            listing=card.listing,
            told=told.get(UUID(card.id), ""),
        )
        for card in cards_of(session, list(hazards), names, today, actor)
    ]


def hazard_detail(session: Session, actor: Actor, hazard_id: UUID, now: datetime) -> HazardDetail:
    """One hazard in full, with its trail and the steps the reader may take.

    Whoever has it or found it sees it too. Refuses `hazards.unknown` and `access.outside_grid`.
    """
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise Refused("hazards.unknown")
    grid = grid_of(session, hazard)
    if not may_take(actor, Step.COMMENTED, hazard, grid.path):
        raise Refused("access.outside_grid")
    today = local_day(now, settings().zone)
    (row,) = _rows(session, actor, [hazard], now)
    (card,) = cards_of(session, [hazard], {grid.id: (grid.code, grid.name)}, today, actor)
    events = trail(session, hazard.id)
    steps = _steps_for(session, actor, hazard, grid)
    names = _names(session, events)
    if not may_know(hazard, actor, grid.path):
        names[hazard.person_id] = HIDDEN
    return HazardDetail(
        row=row,
        reporter_name=card.reporter_name,
        photos=card.photos,
        photos_awaited=card.photos_awaited,
        steps=steps,
        assignees=tuple(assignees_over(session, grid.path, today))
        if Step.ASSIGNED in steps
        else (),
        trail=tuple(_line(event, names, now) for event in events),
        listings=listings_of(session, hazard.id),
        transferred_to=hazard.transferred_to,
        departments=tuple(departments_over(session, grid.path, today))
        if Step.WHISTLED in steps
        else (),
        whistles=whistles_of(session, hazard.id, now),
        whole=faults(hazard, events) == (),
    )


def _steps_for(session: Session, actor: Actor, hazard: Hazard, grid: Grid) -> tuple[str, ...]:
    found = [
        step
        for step in MOVES
        if next_status(Status(hazard.status), step) is not None
        and may_take(actor, step, hazard, grid.path)
    ]
    called = steps_for_departments(session, actor, hazard)
    useless = {
        Step.CHECKED_IN: Step.CHECKED_IN not in called,
        Step.REPLIED: Step.REPLIED not in called,
        Step.URGED: hazard.owner_id == actor.person_id,
        Step.ANSWERED: hazard.urges_open == 0,
        Step.CLOSED: hazard.corrected_by_id == actor.person_id or hazard.listing != "",
        Step.LISTED: hazard.severity != Severity.MAJOR or hazard.listing != "",
        Step.DELISTED: not hazard.listing or hazard.corrected_by_id == actor.person_id,
        Step.GRADED: hazard.listing != "",
    }
    return tuple(step.value for step in found if not useless.get(step, False))


def _names(session: Session, events: Sequence[HazardEvent]) -> dict[int | None, str]:
    ids = {event.person_id for event in events} | {
        read(event.facts).get("owner_id") for event in events
    }
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids - {None})))
    return dict(rows.all())


def _line(event: HazardEvent, names: dict[int | None, str], now: datetime) -> TrailLine:
    facts = read(event.facts)
    given = event.step not in (Step.REPORTED, Step.RELEASED)
    return TrailLine(
        number=event.number,
        step=event.step,
        person_name=names.get(event.person_id, ""),
        given_to=names.get(facts.get("owner_id"), "") if given else "",
        note=event.note,
        at=when_of(event.at, now, settings().zone),
    )


def common_assignees(
    session: Session, actor: Actor, ids: Sequence[UUID], now: datetime
) -> list[Assignee]:
    """Who can be given all of these hazards. Refuses `hazards.unknown`, `access.outside_grid`."""
    today = local_day(now, settings().zone)
    grids: dict[int, Grid] = {}
    for hazard in session.exec(select(Hazard).where(col(Hazard.id).in_(ids))):
        grids[hazard.grid_id] = grid_of(session, hazard)
    if not grids:
        raise Refused("hazards.unknown")
    for grid in grids.values():
        if not actor.may(Action.CLOSE_HAZARD, grid.path):
            raise Refused("access.outside_grid")
    lists = [assignees_over(session, grid.path, today) for grid in grids.values()]
    in_all = set.intersection(*({one.person_id for one in some} for some in lists))
    return [one for one in lists[0] if one.person_id in in_all]
