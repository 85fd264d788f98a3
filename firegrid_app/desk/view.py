"""The desk as a page shows it: who may open which grids, the figures, one page of the list."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.access.service import holds_pilot_data
from firegrid_app.backup.standing import failing_for
from firegrid_app.clock import local_day
from firegrid_app.desk.cards import BackupFault, DeskAsk, DeskHead, DeskView, Overview
from firegrid_app.desk.rules import LONGEST_BACK, Standing
from firegrid_app.desk.service import desk_grids, overview
from firegrid_app.desk.showing import day_of, matching, page_of, when_of
from firegrid_app.duties.service import year_is_known
from firegrid_app.grids.service import first_day, may_change_below, picks_of
from firegrid_app.residents.listing import waiting_for
from firegrid_app.settings import settings
from firegrid_app.worklog.service import has_log


def desk_view(session: Session, actor: Actor, ask: DeskAsk, now: datetime) -> DeskView:
    """What `ask` asks for. Without a code the highest grid in reach is opened.

    Refuses `access.not_allowed` (no grid to look over), `grids.unknown`, `access.outside_grid`,
    `desk.no_such_day`.
    """
    picks = tuple(picks_of(desk_grids(session, actor)))
    seen = overview(session, actor, ask.code or picks[0].code, now, ask.days)
    standing = ask.standing if ask.standing in tuple(Standing) else ""
    found = matching(seen.rows, standing, ask.words)
    rows, page, pages = page_of(found, ask.page, now, settings().zone)
    return DeskView(
        picks=picks,
        code=seen.code,
        head=_head(session, actor, seen, now),
        tallies=seen.tallies,
        rows=tuple(rows),
        matches=len(found),
        page=page,
        pages=pages,
        backup=_backup(actor, now),
    )


def still_in_reach(session: Session, actor: Actor, code: str) -> str:
    """The code, if the desk can still be opened for it; else none, which opens the highest grid."""
    return code if any(grid.code == code for grid in desk_grids(session, actor)) else ""


def _head(session: Session, actor: Actor, seen: Overview, now: datetime) -> DeskHead:
    day = date.fromisoformat(seen.day)
    today = local_day(now, settings().zone)
    earliest = max(first_day(session, seen.code) or today, today - timedelta(days=LONGEST_BACK))
    reports, reports_late = waiting_for(session, actor, now)
    return DeskHead(
        name=seen.name,
        day=day_of(day),
        first=day_of(date.fromisoformat(seen.first)),
        is_today=day == today,
        today=today.isoformat(),
        earliest=earliest.isoformat(),
        is_workday=seen.is_workday,
        calendar_known=year_is_known(session, day.year),
        grids=len(seen.rows),
        minutes=seen.minutes,
        knocks=seen.knocks,
        shouts=seen.shouts,
        open=seen.open_hazards,
        overdue=seen.overdue_hazards,
        doors=seen.doors,
        doors_left=seen.doors_left,
        points=seen.points,
        points_left=seen.points_left,
        reports=reports,
        reports_late=reports_late,
        as_of=f"{now.astimezone(settings().zone):%H:%M}",
        stamp=now.isoformat(),
        pilot=holds_pilot_data(session),
        may_draw=may_change_below(session, actor, seen.code),
        has_log=has_log(session, seen.code),
    )


def _backup(actor: Actor, now: datetime) -> BackupFault:
    found = failing_for(actor)
    if found is None:
        return BackupFault()
    zone = settings().zone
    return BackupFault(found.why, when_of(found.since, now, zone), when_of(found.last, now, zone))
