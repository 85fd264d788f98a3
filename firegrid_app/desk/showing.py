"""Figures turned to what a page shows: wall clock and calendar, one page of the list."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from firegrid_app.clock import local_day, whole_day
from firegrid_app.desk.cards import Day, DeskRow, GridToday, ShoutLine, When
from firegrid_app.desk.rules import Standing
from firegrid_app.shouts.cards import ShoutCard

PAGE = 50
"""Rows sent at a time: a street of 339 grids stays light on a phone."""

_ORDER = {standing: number for number, standing in enumerate(Standing)}


def day_of(day: date) -> Day:
    """A calendar day in pieces."""
    return Day(day.year, day.month, day.day, day.weekday())


def when_of(moment: datetime | None, now: datetime, zone: ZoneInfo) -> When:
    """A moment as people say it: today at …, yesterday at …, on a day."""
    if moment is None:
        return When()
    local = moment.astimezone(zone)
    days_ago = (local_day(now, zone) - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days_ago, "earlier")
    return When(day, local.month, local.day, f"{local:%H:%M}")


def until_of(moment: datetime, now: datetime, zone: ZoneInfo) -> When:
    """A moment by which something is due; the end of a day is that day, with no time."""
    day = whole_day(moment, zone)
    return When("earlier", day.month, day.day) if day else when_of(moment, now, zone)


def shout_line(shout: ShoutCard, now: datetime, zone: ZoneInfo) -> ShoutLine:
    """A shout as lists show it."""
    at = datetime.fromisoformat(shout.at)
    return ShoutLine(
        script=shout.script,
        means=shout.means,
        people=shout.people_reached,
        lasted=f"{shout.seconds // 60}:{shout.seconds % 60:02}" if shout.seconds else "",
        where_words=shout.where_words,
        person_name=shout.person_name,
        at=when_of(at, now, zone),
        on=f"{at.astimezone(zone):%Y-%m-%d %H:%M}",
        title=shout.title,
        grid_name=shout.grid_name,
        photos=shout.photos,
        sounds=shout.sounds,
    )


def moment_of(text: str) -> datetime | None:
    """The moment a card carries in ISO 8601; None where it is empty."""
    return datetime.fromisoformat(text) if text else None


def matching(rows: tuple[GridToday, ...], standing: str, words: str) -> list[GridToday]:
    """Rows of one standing (all when empty) with these words in name, code or holders.

    What matters most comes first; grids that stand alike keep the order of the tree.
    """
    words = words.strip().casefold()
    found = [
        row
        for row in rows
        if (not standing or row.standing == standing)
        and (not words or words in f"{row.name} {row.code} {row.holders}".casefold())
    ]
    return sorted(found, key=lambda row: _ORDER[Standing(row.standing)])


def page_of(
    found: list[GridToday], page: int, now: datetime, zone: ZoneInfo
) -> tuple[list[DeskRow], int, int]:
    """The rows of one page, its number fitted to what there is, and how many pages there are."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    return (
        [_row(row, now, zone) for row in found[(page - 1) * PAGE : page * PAGE]],
        page,
        pages,
    )


def _row(row: GridToday, now: datetime, zone: ZoneInfo) -> DeskRow:
    return DeskRow(
        code=row.code,
        name=row.name,
        parent=row.parent_name,
        standing=row.standing,
        minutes=row.minutes,
        target=row.target,
        knocks=row.knocks,
        shouts=row.shouts,
        open=row.open_hazards,
        overdue=row.overdue_hazards,
        doors_left=row.doors_left,
        points=row.points,
        points_left=row.points_left,
        walked=when_of(moment_of(row.last_patrol), now, zone),
        holders=row.holders,
    )
