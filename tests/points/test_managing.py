"""Check points at the desk: added, renamed, closed and opened again by who manages the grid."""

from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.database import reading
from firegrid_app.points.managing import (
    add_point,
    close_point,
    open_point,
    points_view,
    rename_point,
)
from firegrid_app.points.state import PointsState
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from tests.cast import A, B, tag_of
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW
from tests.tabs import click, goes_to, tab


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def add(session, cast, who="secretary", **changes):
    given = {
        "grid_code": A,
        "kind": "roof",
        "building": "1栋",
        "unit": "",
        "floor": "",
        "name": "",
    }
    return add_point(session, cast.actor(who), now=NOW, **given | changes)


def test_a_secretary_adds_a_point_and_it_gets_a_name_and_a_code(session, cast):
    point = add(session, cast, kind="stairwell", unit="1单元", floor=" 3 ")
    assert (point.name, point.floor, len(point.tag)) == ("1栋1单元3层楼梯间", 3, 10)
    names = [one.name for one in points_view(session, cast.actor("secretary"), A, NOW).points]
    assert names == ["1栋1单元3层楼梯间", "1栋1单元", "A记旅馆"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "place"}, "points.bad_kind"),
        ({"kind": "<b>"}, "points.bad_kind"),
        ({"floor": "三"}, "points.bad_floor"),
        ({"floor": "0"}, "points.bad_floor"),
        ({"floor": "9999"}, "points.bad_floor"),
        ({"kind": "other", "building": ""}, "points.bad_name"),
        ({"name": "x" * 81}, "points.bad_name"),
        ({"name": "一\u200b二"}, "points.bad_name"),
        ({"name": "1栋1单元"}, "points.there_already"),
        ({"grid_code": "nowhere"}, "grids.unknown"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(session, cast, changes, code):
    before = len(session.exec(select(CheckPoint)).all())
    with refused(code.replace(".", r"\.")):
        add(session, cast, **changes)
    assert len(session.exec(select(CheckPoint)).all()) == before


def test_a_new_name_keeps_the_code(session, cast):
    point = rename_point(session, cast.actor("head_a"), cast.check_points["a1"], " 东  梯 ", NOW)
    assert (point.name, point.tag, point.kept_by_hand) == ("东 梯", tag_of("a1"), True)
    with refused(r"points\.there_already"):
        rename_point(session, cast.actor("head_a"), cast.check_points["a2"], "东 梯", NOW)


def test_a_point_is_closed_from_today_on_and_opened_again(session, cast):
    head, point_id = cast.actor("head_a"), cast.check_points["a1"]
    point = close_point(session, head, point_id, NOW)
    assert point.ends_on == date(2026, 11, 22)
    assert close_point(session, head, point_id, NOW).ends_on == date(2026, 11, 22)
    (line,) = [one for one in points_view(session, head, A, NOW).points if one.id == point_id]
    assert not line.is_open
    assert open_point(session, head, point_id, NOW).ends_on is None


@pytest.mark.parametrize(
    "who", ["member_a", "leader_a", "other_secretary", "resident", "department"]
)
def test_who_does_not_manage_the_grid_changes_nothing(session, cast, who):
    actor, point_id = cast.actor(who), cast.check_points["a1"]
    for work in (
        lambda: add(session, cast, who),
        lambda: rename_point(session, actor, point_id, "新名", NOW),
        lambda: close_point(session, actor, point_id, NOW),
        lambda: open_point(session, actor, point_id, NOW),
    ):
        with refused(r"access\.outside_grid"):
            work()


def test_the_neighbours_points_are_not_shown(session, cast):
    with refused(r"access\.outside_grid"):
        points_view(session, cast.actor("head_a"), B, NOW)
    with refused(r"access\.not_allowed"):
        points_view(session, cast.actor("member_a"), A, NOW)
    with refused(r"points\.unknown"):
        close_point(session, cast.actor("head_a"), 10**6, NOW)


def opened(cast, who):
    page = tab(PointsState, cast.tokens.get(who))
    return page, goes_to(click(page.load()))


def test_the_page_adds_renames_and_closes(cast):
    page, _ = opened(cast, "secretary")
    assert (page.phase, page.view.code) == ("ready", A)
    click(page.ask_add())
    click(page.add({"kind": "roof", "floor": "x"}))
    assert (page.form_said.code, page.adding) == ("points.bad_floor", True)
    click(page.add({"kind": "roof", "building": "1栋"}))
    assert not page.adding
    roof = next(one for one in page.view.points if one.kind == "roof")
    click(page.ask_name(roof.id))
    click(page.rename({"name": "1栋天台"}))
    click(page.close(roof.id))
    (line,) = [one for one in page.view.points if one.id == roof.id]
    assert (line.name, line.is_open) == ("1栋天台", False)
    click(page.open(roof.id))
    click(page.pick(B))
    assert page.view.code == B


def test_who_may_not_is_sent_away(cast):
    assert opened(cast, "member_a")[1] == ["/"]
    assert opened(cast, None)[1] == ["/login"]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_any_argument_is_survived(cast, nonsense):
    page, _ = opened(cast, "secretary")
    with reading() as session:
        before = len(session.exec(select(CheckPoint)).all())
    for handler in (page.pick, page.ask_name, page.close, page.open):
        click(handler(nonsense))
    click(page.add({"kind": nonsense, "name": nonsense}))
    click(page.rename({"name": nonsense}))
    with reading() as session:
        assert len(session.exec(select(CheckPoint)).all()) == before
