"""The public holidays and make-up days that ship with FireGrid; calendar_cn.json has the source.

A year comes out each November; until someone adds it, `duties.service.year_is_known` says no.
"""

import json
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, insert, select

from firegrid_app.duties.tables import CalendarDay

_FILE = Path(__file__).with_name("calendar_cn.json")


def load_calendar(session: Session) -> int:
    """Add the days that the table lacks; how many. A day that someone changed stays as it is."""
    known = set(session.exec(select(col(CalendarDay.day))))
    fresh = [
        {"day": day, "is_workday": entry["is_workday"], "name": entry["name"]}
        for entry in json.loads(_FILE.read_text(encoding="utf-8"))["days"]
        if (day := date.fromisoformat(entry["day"])) not in known
    ]
    if fresh:
        session.execute(insert(CalendarDay), fresh)
    return len(fresh)
