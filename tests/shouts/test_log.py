"""The log of shouts: any grid, any day, with what came along, for who sees the grid."""

from datetime import timedelta

import pytest

from firegrid_app.refusals import Refused
from firegrid_app.shouts.cards import LogAsk
from firegrid_app.shouts.log import PAGE, shout_log
from firegrid_app.shouts.log_state import ShoutLogState
from tests.alerts.making import called_out, warn
from tests.cast import COMMUNITY, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, announced, item, shout_body, statuses
from tests.photos.pictures import clean_jpeg
from tests.shouts.sounds import spoken
from tests.shouts.test_entries import shout
from tests.tabs import at_address, click, sent, tab

VOICE = spoken(2)
LAST_MONTH = NOW - timedelta(days=30)


def log(session, cast, who="secretary", **ask):
    session.rollback()
    return shout_log(session, cast.actor(who), LogAsk(**ask), NOW)


@pytest.fixture
def pictured(door, cast):
    """A shout of a month ago in grid a, with a photo and a voice: their ids."""
    photo, voice = announced(clean_jpeg()), announced(VOICE, kind="sound")
    said = shout_body(photos=[photo, voice], where="广场")
    made = item(cast, "member_a", "shout.log", said, version=5, captured_at=LAST_MONTH.isoformat())
    member = door("member_a")
    assert statuses(member, made) == ["created"]
    for one, data in ((photo, clean_jpeg()), (voice, VOICE)):
        assert member.put(f"/api/photos/{one['id']}", content=data).status_code == 200
    return photo["id"], voice["id"]


def test_a_shout_of_a_month_ago_stands_there_with_its_photo_and_its_voice(session, cast, pictured):
    shout(session, cast, "member_b", grid_code=B)
    session.commit()
    found = log(session, cast)
    assert (found.code, found.count, found.last) == (COMMUNITY, 2, "2026-11-23")
    assert [line.grid_name for line in found.lines] == ["小桥子社区第2网格", "小桥子社区第1网格"]
    line = found.lines[1]
    assert (line.on, line.where_words) == ("2026-10-24 10:00", "广场")
    assert (line.photos, line.sounds) == ((pictured[0],), (pictured[1],))
    (own,) = log(session, cast, "head_a").lines
    assert own == line


def test_it_is_narrowed_to_days_and_to_those_with_something_to_see_or_hear(session, cast, pictured):
    shout(session, cast)
    session.commit()
    assert log(session, cast, code=A, first="2026-11-01").count == 1
    assert log(session, cast, code=A, first="2026-10-24", last="2026-10-24").count == 1
    (line,) = log(session, cast, code=A, only_along=True).lines
    assert line.photos == (pictured[0],)
    with pytest.raises(Refused, match=r"^shouts\.bad_period$"):
        log(session, cast, first="2026-11-30")


def test_how_long_it_lasted_is_told_to_the_second(session, cast):
    for seconds in (0, 2, 65, 3601):
        shout(session, cast, seconds=seconds)
    session.commit()
    lasted = {line.lasted for line in log(session, cast).lines}
    assert lasted == {"", "0:02", "1:05", "60:01"}


def test_a_warning_is_named_by_its_title(session, cast, door):
    alert = warn(session, cast).id
    session.commit()
    assert statuses(door("member_a"), called_out(cast, "member_a", alert, A)) == ["created"]
    (line,) = log(session, cast).lines
    assert (line.script, line.title) == ("alert", "暴雨橙色预警")


@pytest.mark.parametrize(
    ("who", "code", "refusal"),
    [
        ("member_b", A, "access.outside_grid"),
        ("other_secretary", A, "access.outside_grid"),
        ("secretary", STREET, "access.outside_grid"),
        ("resident", A, "access.not_allowed"),
        ("secretary", "500", "grids.unknown"),
    ],
)
def test_the_neighbour_reads_nothing(session, cast, pictured, who, code, refusal):
    with pytest.raises(Refused) as why:
        log(session, cast, who, code=code)
    assert why.value.code == refusal


def test_a_long_log_comes_page_by_page(session, cast):
    for number in range(PAGE + 2):
        shout(session, cast, at=NOW - timedelta(minutes=number), people_reached=number)
    session.commit()
    first, second = log(session, cast), log(session, cast, page=2)
    assert (first.count, first.pages) == (PAGE + 2, 2)
    assert [line.people for line in (*first.lines, *second.lines)] == list(range(PAGE + 2))
    assert log(session, cast, page=99).page == 2


def test_by_the_handlers_of_the_page(session, cast, pictured):
    shout(session, cast)
    session.commit()
    page = tab(ShoutLogState, cast.tokens["secretary"])
    at_address(page, f"/desk/shouts?grid={A}")
    click(page.load())
    assert (page.view.code, page.view.count) == (A, 2)
    assert A in dict(page.view.picks)
    click(page.narrow())
    assert page.view.count == 1
    click(page.period({"first": "2026-11-30", "last": "2026-11-01"}))
    assert (page.form_said.code, page.view.count) == ("shouts.bad_period", 1)
    for value in NONSENSE:
        for handler in (page.pick, page.turn, page.period):
            click(handler(value))
    assert "server_error" not in sent(page)
