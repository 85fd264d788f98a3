"""Residents' reports as service requests of Open311 GeoReport v2: taken in, and shown as far as
they are public.

Public is what somebody at the desk decided about: its kind, its grid, how it stands. Words, the
exact place and what waits undecided only the system that sent them reads back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from firegrid_app.city.cards import RequestCard, TakenIn
from firegrid_app.city.partners import partner_for
from firegrid_app.city.rules import (
    CLOSED,
    MOST_REQUESTS,
    OPEN,
    SERVICES,
    TOP_LEVEL,
    degrees_in,
    name_in,
)
from firegrid_app.city.tables import CityPartner, CityRequest
from firegrid_app.clock import day_bounds
from firegrid_app.grids.finding import grids_at
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.merging import followed
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import Draft
from firegrid_app.residents.following import stage_of
from firegrid_app.residents.reporting import checked, digest_of, open_grid, take_in
from firegrid_app.residents.rules import Standing
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.settings import settings
from firegrid_app.wayfinding.service import by_words


@dataclass(frozen=True)
class Ask:
    """Which requests are asked for; empty means all."""

    numbers: Sequence[str] = ()
    services: Sequence[str] = ()
    statuses: Sequence[str] = ()
    start: datetime | None = None
    end: datetime | None = None
    jurisdiction: str = ""
    key: str = ""
    page: int = 1
    per_page: int = MOST_REQUESTS


def requests(session: Session, ask: Ask, now: datetime) -> list[RequestCard]:
    """The requests that are public, and those of the key's own system; the newest first.

    Refuses `city.unknown_jurisdiction`, `city.no_key`, `city.bad_value` for a status there is none
    of.
    """
    if set(ask.statuses) - {OPEN, CLOSED}:
        raise Refused("city.bad_value", field="status")
    partner = partner_for(session, ask.key)[0] if ask.key else None
    wanted: list[Any] = [_shown_to(partner)]
    if ask.jurisdiction:
        top = jurisdiction(session, ask.jurisdiction)
        wanted.append(col(Grid.path).startswith(top.path, autoescape=True))
    if ask.numbers:
        wanted.append(col(ResidentReport.number).in_(ask.numbers))
    if ask.services:
        wanted.append(col(ResidentReport.category).in_(ask.services))
    if ask.start and ask.end:
        wanted.append(col(ResidentReport.received_at).between(ask.start, ask.end))
    # What was joined to another hazard ends with that one: known only once it is followed.
    ended = (col(ResidentReport.standing) == Standing.TURNED_DOWN) | (
        col(Hazard.status) == Status.CLOSED
    )
    if set(ask.statuses) == {CLOSED}:
        wanted.append(ended | (col(Hazard.status) == Status.MERGED))
    elif set(ask.statuses) == {OPEN}:
        wanted.append(sa.not_(ended) | col(Hazard.id).is_(None))
    rows = session.exec(
        select(ResidentReport, Grid, Hazard, CityRequest)
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .outerjoin(Hazard, col(Hazard.id) == col(ResidentReport.hazard_id))
        .outerjoin(CityRequest, col(CityRequest.report_id) == col(ResidentReport.id))
        .where(*wanted)
        .order_by(col(ResidentReport.received_at).desc(), col(ResidentReport.id))
        .offset((ask.page - 1) * ask.per_page)
        .limit(ask.per_page)
    ).all()
    cards = [_card(session, *row, partner, now) for row in rows]
    statuses = set(ask.statuses) or {OPEN, CLOSED}
    return [card for card in cards if (OPEN if card.open else CLOSED) in statuses]


def jurisdiction(session: Session, code: str) -> Grid:
    """The street or county with this code. Refuses `city.unknown_jurisdiction`."""
    grid = session.exec(
        select(Grid).where(
            Grid.code == code[:30], Grid.level <= TOP_LEVEL, col(Grid.valid_to).is_(None)
        )
    ).first()
    if grid is None:
        raise Refused("city.unknown_jurisdiction")
    return grid


def take(session: Session, key: str, fields: Mapping[str, str], now: datetime) -> TakenIn:
    """Take a request in, as a report that waits for the desk like any other.

    The same again on the same day by the same system is the same report. Nothing is fetched from
    `media_url`; `email`, `device_id` and `account_id` are not kept. Refuses `city.no_key`,
    `city.unknown_jurisdiction`, `city.missing`, `city.unknown_service`, `city.no_location`, and
    what a resident's form refuses.
    """
    partner, top = partner_for(session, key)
    if code := fields.get("jurisdiction_id", ""):
        place = jurisdiction(session, code)
        if not place.path.startswith(top.path):
            raise Refused("city.unknown_jurisdiction")
        top = place
    service = fields.get("service_code", "")
    if not service:
        raise Refused("city.missing", field="service_code")
    if service not in SERVICES:
        raise Refused("city.unknown_service")
    grid = _grid_of(session, top, fields, now)
    degrees = degrees_in(fields)
    where = fields.get("attribute[WHERE]") or fields.get("address_string") or ""
    if not where.strip():
        where = f"{degrees[0]:.5f}, {degrees[1]:.5f}" if degrees else grid.name
    draft = checked(
        Draft(
            category=service,
            where_words=where,
            words=fields.get("description", ""),
            name=name_in(fields),
            phone=fields.get("phone", ""),
        )
    )
    digest = digest_of(grid.code, draft, (), f"city_partner:{partner.id}", now)
    sent = take_in(session, grid.code, draft, (), digest, now)
    report = session.exec(select(ResidentReport).where(ResidentReport.number == sent.number)).one()
    if session.get(CityRequest, report.id) is None:
        session.add(
            CityRequest(
                report_id=report.id,
                partner_id=partner.id or 0,
                lat=round(degrees[0], 5) if degrees else None,
                lon=round(degrees[1], 5) if degrees else None,
            )
        )
    partner.used_at = now
    session.flush()
    return TakenIn(sent.number, sent.code)


def _grid_of(session: Session, top: Grid, fields: Mapping[str, str], now: datetime) -> Grid:
    """Where it is: by its grid's code, by a position, or by an address only one grid has."""
    code, degrees = fields.get("address_id", ""), degrees_in(fields)
    codes: list[str] = []
    if code:
        codes = [code]
    elif degrees:
        codes = [one.code for one in grids_at(session, *degrees) if not one.metres][:1]
    elif len("".join(fields.get("address_string", "").split())) >= 2:
        codes = [one.code for one in by_words(session, fields["address_string"], now)]
    if len(codes) == 1:
        try:
            grid = open_grid(session, codes[0], now)
        except Refused:
            raise Refused("city.no_location") from None
        if grid.path.startswith(top.path):
            return grid
    raise Refused("city.no_location")


def _shown_to(partner: CityPartner | None) -> Any:
    decided = col(ResidentReport.standing) != Standing.WAITING
    return decided if partner is None else decided | (col(CityRequest.partner_id) == partner.id)


def _card(
    session: Session,
    report: ResidentReport,
    grid: Grid,
    hazard: Hazard | None,
    sent: CityRequest | None,
    partner: CityPartner | None,
    now: datetime,
) -> RequestCard:
    own = partner is not None and sent is not None and sent.partner_id == partner.id
    hazard = followed(session, hazard) if hazard else None
    stage = stage_of(report, hazard, now)
    closed = hazard.closed_at if hazard and stage == "closed" else None
    return RequestCard(
        number=report.number,
        service=report.category,
        stage=stage,
        open=stage not in ("turned_down", "closed"),
        grid_code=grid.code,
        grid_name=grid.name,
        agency=grid.name,
        requested=report.received_at.isoformat(),
        updated=(closed or report.decided_at or report.received_at).isoformat(),
        expected=day_bounds(hazard.due_on, settings().zone)[1].isoformat()
        if hazard and not closed
        else "",
        description=report.words if own else "",
        where=report.where_words if own else "",
        lat=sent.lat if own and sent else grid.label_lat,
        lon=sent.lon if own and sent else grid.label_lon,
    )
