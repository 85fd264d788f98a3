"""The file of all rewards of a street or county, to be kept: nobody who reported is in it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.tables import Hazard
from firegrid_app.residents.rules import in_fours
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.rewards.listing import street_or_county
from firegrid_app.rewards.rules import stands
from firegrid_app.rewards.tables import Reward
from firegrid_app.settings import settings
from firegrid_app.texts import say

MOST = 5_000
"""Rewards of a file: some years of a county."""


COLUMNS = (
    "number",
    "grid",
    "kind",
    "grade",
    "stage",
    "amount",
    "decided",
    "decided_by",
    "until",
    "paid",
    "paid_by",
    "paid_how",
    "voucher",
)


def rewards_file(
    session: Session, actor: Actor, code: str, language: str, now: datetime
) -> tuple[str, list[str], list[list[str | int]]]:
    """Name, headings and rows of the ledger of a street or county: nobody who reported is in it.

    Refuses what `rewards_view` refuses.
    """
    top = street_or_county(session, actor, code)
    zone = settings().zone
    today = local_day(now, zone)
    found = session.exec(
        select(Reward, ResidentReport, Hazard, Grid.name)
        .join(ResidentReport, col(ResidentReport.id) == col(Reward.report_id))
        .join(Hazard, col(Hazard.id) == col(ResidentReport.hazard_id))
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(col(Grid.path).startswith(top.path, autoescape=True))
        .order_by(col(Reward.opened_at).desc(), col(Reward.report_id))
        .limit(MOST)
    ).all()
    names = _names(session, [row for row, _, _, _ in found])

    def day(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d}" if moment else ""

    rows: list[list[str | int]] = []
    for row, report, hazard, grid_name in found:
        stage = stands(row.stage, row.claim_until, today)
        rows.append(
            [
                in_fours(report.number),
                grid_name,
                say(f"hazards.category.{hazard.category}", language),
                say(f"hazards.severity.{row.severity or hazard.severity}", language),
                say(f"rewards.stage.{stage}", language),
                row.amount,
                day(row.decided_at),
                names[row.decided_by_id],
                row.claim_until.isoformat() if row.claim_until else "",
                day(row.paid_at),
                names[row.paid_by_id],
                say(f"rewards.how.{row.paid_how}", language) if row.paid_how else "",
                row.voucher,
            ]
        )
    audit(session, actor.person_id, "export_rewards", f"grid:{top.code}", now)
    title = say("rewards.ledger", language, name=top.name)
    return title, [say(f"rewards.column.{one}", language) for one in COLUMNS], rows


def _names(session: Session, rows: Sequence[Reward]) -> dict[int | None, str]:
    ids = {one for row in rows for one in (row.decided_by_id, row.paid_by_id) if one}
    found: dict[int | None, str] = defaultdict(str)
    found.update(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all())
    return found
