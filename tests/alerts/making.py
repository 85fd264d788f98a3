"""Warnings to begin from; a test names only what matters to it."""

from datetime import timedelta

from firegrid_app.alerts.issuing import issue
from firegrid_app.alerts.rules import Draft
from tests.cast import STREET
from tests.factories import NOW, item

WORDS = "暴雨要来了：低洼处和地下室先断电，电动车停止充电。"


def draft(**changes):
    """An orange warning of rain for a day, to be passed on within two hours."""
    values = {
        "kind": "weather",
        "weather": "rainstorm",
        "colour": "orange",
        "title": "暴雨橙色预警",
        "words": WORDS,
        "issuer": "永川区气象台",
        "number": "",
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=24),
        "deadline_at": NOW + timedelta(hours=2),
        "to_residents": True,
    }
    return Draft(**values | changes)


def warn(session, cast, who="officer", home=STREET, codes=(), now=NOW, **changes):
    """Issued and flushed; `measures` and `own_task` as `issue` takes them."""
    asked = {key: changes.pop(key) for key in ("measures", "own_task") if key in changes}
    alert = issue(
        session, cast.actor(who), home, list(codes) or [home], draft(**changes), now, **asked
    )
    session.flush()
    return alert


def seen(cast, who, alert_id, edition=1, **changes):
    """Opened on the phone of that member."""
    return item(cast, who, "alert.seen", {"alert": alert_id, "edition": edition}, **changes)


def called_out(cast, who, alert_id, grid, edition=1, people=12, means="loudhailer", **changes):
    """Passed on by that member."""
    body = {
        "grid": grid,
        "alert": alert_id,
        "edition": edition,
        "means": means,
        "people_reached": people,
    }
    return item(cast, who, "shout.log", body, version=2, **changes)
