"""Orders of the hotline 12345 (YB-73): each becomes a report that waits for the desk, once by its
number; how it stands goes back as its answer."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.city.partners import partner_for
from firegrid_app.city.tables import CityPartner
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.merging import followed
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hotline.cards import Order, OrderCard
from firegrid_app.hotline.tables import HotlineOrder
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import Draft
from firegrid_app.residents.following import stage_of
from firegrid_app.residents.reporting import checked, enter, open_grid
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.settings import settings
from firegrid_app.texts import DEFAULT, say

MOST = 1000
"""Orders of one answer."""


def known(session: Session, numbers: Sequence[str]) -> dict[str, HotlineOrder]:
    """Those of these orders that are here, by number."""
    rows = session.exec(select(HotlineOrder).where(col(HotlineOrder.number).in_(numbers)))
    return {row.number: row for row in rows}


def says_the_same(kept: HotlineOrder, order: Order) -> bool:
    """Does an order say what the one kept under its number said?"""
    return kept.content_hash == _hash(order)


def draft_of(order: Order) -> Draft:
    """The report an order becomes: number and last day stand first in its words, so that the desk
    reads them and a search finds them. Refuses what a resident's form refuses."""
    until = order.due_on.isoformat() if order.due_on else ""
    key = "hotline.order_until" if until else "hotline.order"
    head = say(key, DEFAULT, number=order.number, day=until)
    draft = checked(Draft(order.category, order.where_words, order.words, order.name, order.phone))
    return checked(Draft(**{**vars(draft), "words": f"{head}{draft.words}"}))


def take_order(
    session: Session,
    order: Order,
    top: Grid,
    now: datetime,
    *,
    partner: CityPartner | None = None,
    person_id: int | None = None,
) -> bool:
    """Take an order in; False where it is here already, saying the same.

    Whoever calls may act in `top`. Refuses `hotline.order_changed`, `hotline.no_grid` for a grid
    that takes no reports or lies elsewhere, and what a resident's form refuses.
    """
    kept = known(session, [order.number]).get(order.number)
    if kept is not None:
        if not says_the_same(kept, order):
            raise Refused("hotline.order_changed", number=order.number)
        return False
    draft = draft_of(order)
    try:
        grid = open_grid(session, order.grid_code, now)
    except Refused:
        raise Refused("hotline.no_grid") from None
    if not grid.path.startswith(top.path):
        raise Refused("hotline.no_grid")
    digest = hashlib.sha256(f"order\x00{order.number}".encode()).hexdigest()
    report = enter(session, grid, draft, 0, digest, now)
    session.add(
        HotlineOrder(
            report_id=report.id,
            number=order.number,
            due_on=order.due_on,
            content_hash=_hash(order),
            partner_id=partner.id if partner else None,
            entered_by_id=person_id,
        )
    )
    session.flush()
    return True


def orders_below(
    session: Session, actor: Actor, code: str, now: datetime
) -> tuple[str, list[OrderCard]]:
    """Name of a grid, and the orders below it with their answers, the newest first.

    Refuses `grids.unknown`, `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.MODERATE)
    return top.name, _cards(session, [_below(top)], now)


def orders_for(
    session: Session, key: str, since: datetime | None, now: datetime
) -> list[OrderCard]:
    """The orders below the key's grid, received since a moment. Refuses `city.no_key`."""
    _, top = partner_for(session, key)
    wanted = [_below(top)]
    if since:
        wanted.append(col(ResidentReport.received_at) >= since)
    return _cards(session, wanted, now)


def _below(top: Grid) -> Any:
    return col(Grid.path).startswith(top.path, autoescape=True)


def _cards(session: Session, wanted: list[Any], now: datetime) -> list[OrderCard]:
    rows = session.exec(
        select(HotlineOrder, ResidentReport, Grid, Hazard)
        .options(WITHOUT_OUTLINE)
        .join(ResidentReport, col(ResidentReport.id) == col(HotlineOrder.report_id))
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .outerjoin(Hazard, col(Hazard.id) == col(ResidentReport.hazard_id))
        .where(*wanted)
        .order_by(col(ResidentReport.received_at).desc(), col(HotlineOrder.number))
        .limit(MOST)
    ).all()
    return [_card(session, *row, now) for row in rows]


def _card(
    session: Session,
    order: HotlineOrder,
    report: ResidentReport,
    grid: Grid,
    hazard: Hazard | None,
    now: datetime,
) -> OrderCard:
    hazard = followed(session, hazard) if hazard else None
    stage = stage_of(report, hazard, now)
    words, answered = report.reason_words, None
    if stage == "turned_down":
        answered = report.decided_at
    elif hazard is not None and stage == "closed":
        answered = hazard.closed_at
        words = _how(session, hazard)
    return OrderCard(
        number=order.number,
        received=report.received_at.isoformat(),
        due_on=order.due_on.isoformat() if order.due_on else "",
        grid_code=grid.code,
        grid_name=grid.name,
        category=report.category,
        where=report.where_words,
        stage=stage,
        answered=answered.isoformat() if answered else "",
        reason=report.reason if stage == "turned_down" else "",
        words=words,
    )


def _how(session: Session, hazard: Hazard) -> str:
    """What was said when it was put right; where nothing was, when it was closed."""
    rows = session.exec(
        select(HazardEvent.step, HazardEvent.note)
        .where(
            HazardEvent.hazard_id == hazard.id,
            col(HazardEvent.step).in_((Step.CORRECTED, Step.CLOSED)),
        )
        .order_by(col(HazardEvent.number))
    )
    # The last of each: what was said before it was opened again no longer holds.
    said = dict(rows.all())
    return said.get(Step.CORRECTED) or said.get(Step.CLOSED, "")


def _hash(order: Order) -> str:
    return hashlib.sha256("\x00".join(map(str, astuple(order))).encode()).hexdigest()


def answer(card: OrderCard, language: str) -> str:
    """The answer to an order in words: how it stands, why it was turned down, what was done."""
    said = [say(f"residents.stage.{card.stage}", language)]
    if card.reason and card.reason != "other":
        said.append(say(f"residents.reason.{card.reason}", language))
    return "；".join(filter(None, (*said, card.words)))


def answers_file(
    session: Session, actor: Actor, code: str, language: str, now: datetime
) -> tuple[str, list[str], list[list[str]]]:
    """Name, headings and rows of the list of orders with their answers.

    Refuses what `orders_below` refuses.
    """
    name, cards = orders_below(session, actor, code, now)
    columns = ("number", "received", "due_on", "grid", "kind", "where", "answer", "answered")
    zone = settings().zone
    rows = []
    for card in cards:
        moments = [
            f"{datetime.fromisoformat(one).astimezone(zone):%Y-%m-%d %H:%M}" if one else ""
            for one in (card.received, card.answered)
        ]
        rows.append(
            [
                card.number,
                moments[0],
                card.due_on,
                card.grid_name,
                say(f"hazards.category.{card.category}", language),
                card.where,
                answer(card, language),
                moments[1],
            ]
        )
    title = say("hotline.title", language, name=name)
    return title, [say(f"hotline.column.{one}", language) for one in columns], rows
