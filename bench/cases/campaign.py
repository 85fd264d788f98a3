"""How far a campaign is, at very many knocks: the list by building, and a phone's part of it."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, insert, select

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.databases import alchemy_url, postgres_databases
from bench.rig.machine import CannotMeasure, say
from firegrid_app.access.tables import Person
from firegrid_app.campaigns.asking import kept_questions, three_clear
from firegrid_app.campaigns.progress import progress_rows, total_of, tried_doors
from firegrid_app.campaigns.tables import Campaign, CampaignArea, CampaignEdition
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.tables import metadata
from firegrid_app.visits.rules import OUTCOMES
from firegrid_app.visits.tables import Household, Visit

DOORS = "doors"
TIMES = 5
GRIDS, HOMES = 340, 20_000
PROGRESS = 2.0
"""Seconds for list and total; the page shows nothing before."""


def measure(run: Run) -> None:
    """On SQLite, and on PostgreSQL where there is one."""
    few = 20 if run.quick else 1
    _progress(run, "SQLite", f"sqlite:///{run.room('doors')}/doors.db", 100_000 // few)
    try:
        with postgres_databases("doors") as found:
            _progress(run, "PostgreSQL", alchemy_url(found["doors"]), 1_000_000 // few)
    except CannotMeasure as reason:
        run.report.skipped.append(f"campaign progress on PostgreSQL: {reason}")


def door_row(grid_id: int, building: str, floor: int, room: str) -> dict[str, Any]:
    """A door of the register."""
    place = {"building": building, "unit": "", "floor": floor, "room": room}
    return place | {"grid_id": grid_id, "care_mark": "", "care_basis": ""}


def begin(session: Session, grid_id: int, person_id: int | None) -> Campaign:
    """三清三关 in this grid, running since yesterday."""
    now = datetime.now(UTC)
    campaign = Campaign(
        grid_id=grid_id,
        name="三清三关",
        starts_on=now.date() - timedelta(days=1),
        ends_on=now.date() + timedelta(days=30),
        done_outcomes=["met", "refused", "vacant"],
        made_by_id=person_id or 0,
        made_at=now,
    )
    session.add(campaign)
    session.flush()
    number = campaign.id or 0
    session.add(CampaignArea(campaign_id=number, grid_id=grid_id))
    session.add(
        CampaignEdition(
            campaign_id=number,
            number=1,
            questions=kept_questions(three_clear()),
            made_by_id=person_id or 0,
            made_at=now,
        )
    )
    session.flush()
    return campaign


def _progress(run: Run, name: str, url: str, knocks: int) -> None:
    """A street's campaign with so many knocks: the list by building, and what a phone carries."""
    engine = make_engine(url)
    metadata.create_all(engine)
    with Session(engine) as session:
        campaign, grids = _street(session, knocks)
        session.commit()
        if name == "PostgreSQL":
            session.execute(sa.text("analyze"))
            session.commit()
        listed, carried, doors = [], [], 0
        for _ in range(max(run.rounds, 2 if run.quick else TIMES)):
            began = time.perf_counter()
            doors = total_of(progress_rows(session, campaign)).doors
            listed.append(time.perf_counter() - began)
            began = time.perf_counter()
            tried_doors(session, campaign, grids[:26])
            carried.append(time.perf_counter() - began)
            session.rollback()
    engine.dispose()
    run.report.checks.append(
        Check(DOORS, f"{name}: every door counted", doors == HOMES, f"{doors}")
    )
    told = f"{knocks:,} knocks, {name}"
    run.report.figures += [
        Figure(DOORS, f"progress, {told}", "s", "less", listed, goals=(Goal(PROGRESS),)),
        Figure(DOORS, f"a phone's part of it, {told}", "s", "less", carried),
    ]
    say(f"  {told}: {median(listed):.2f} s, a phone's part {median(carried):.2f} s")


def _street(session: Session, knocks: int) -> tuple[Campaign, list[int]]:
    """One street, its campaign, and so many knocks at its doors; ids of the small grids."""
    chance = random.Random(1)
    person = Person(phone="13900000000", name="某某", created_at=datetime.now(UTC))
    street = Grid(code="5", name="街道", level=1, path="5/", valid_from=date(2026, 1, 1))
    session.add_all([person, street])
    session.flush()
    small = [
        Grid(
            code=f"5{number:03d}", name=f"网格{number}", level=3, parent_id=street.id,
            path=f"5/5{number:03d}/", valid_from=date(2026, 1, 1),
        )
        for number in range(GRIDS)
    ]  # fmt: skip
    session.add_all(small)
    session.flush()
    grids = [grid.id or 0 for grid in small]
    homes = [
        door_row(
            grids[number % GRIDS], f"{number // GRIDS // 12 + 1}栋", number % 6 + 1, f"{number}"
        )
        for number in range(HOMES)
    ]
    session.execute(insert(Household), homes)
    campaign = begin(session, street.id or 0, person.id)
    doors = list(session.exec(select(Household.id, Household.grid_id)))
    now = datetime.now(UTC)
    answers = {one.code: "fine" for one in three_clear()[:6]}
    for begun in range(0, knocks, 10_000):
        session.execute(
            insert(Visit),
            [
                _knock(chance.choice(doors), campaign, person, now, answers, chance)
                for _ in range(min(10_000, knocks - begun))
            ],
        )
    session.flush()
    return campaign, grids


def _knock(
    door: Any,
    campaign: Campaign,
    person: Person,
    now: datetime,
    answers: Any,
    chance: random.Random,
) -> dict[str, Any]:
    outcome = chance.choice(OUTCOMES)
    return {
        "id": uuid4(), "grid_id": door[1], "person_id": person.id, "household_id": door[0],
        "happened_at": now - timedelta(minutes=chance.randrange(40_000)), "received_at": now,
        "position_source": "none", "outcome": outcome, "note": "", "campaign_id": campaign.id,
        "edition": 1, "answers": answers if outcome == "met" else None,
    }  # fmt: skip
