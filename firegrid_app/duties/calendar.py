"""The public holidays and make-up days that ship with FireGrid; calendar_cn.json has the source.

A year comes out each November; until someone adds it, `duties.service.year_is_known` says no.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, insert, select

from firegrid_app.duties.tables import CalendarDay

_FILE = Path(__file__).with_name("calendar_cn.json")


@cache
def _shipped() -> tuple[dict[str, Any], ...]:
    return tuple(
        {"day": date.fromisoformat(entry["day"])}
        | {key: entry[key] for key in ("is_workday", "name")}
        for entry in json.loads(_FILE.read_text(encoding="utf-8"))["days"]
    )


def lacking_days(session: Session) -> list[dict[str, Any]]:
    """Shipped days that the table lacks, as rows. A day that someone changed is not lacking."""
    known = set(session.exec(select(col(CalendarDay.day))))
    return [row for row in _shipped() if row["day"] not in known]


def load_calendar(session: Session) -> int:
    """Add the days that the table lacks; how many. A day that someone changed stays as it is."""
    fresh = lacking_days(session)
    if fresh:
        session.execute(insert(CalendarDay), fresh)
    return len(fresh)
