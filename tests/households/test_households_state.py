"""The page of the register by its handlers: a building drawn, tapped, written; any argument."""

from sqlmodel import select

from firegrid_app.database import reading
from firegrid_app.households.state import HouseholdsState
from firegrid_app.visits.tables import Household
from tests.cast import A
from tests.desk.test_desk_state import NONSENSE
from tests.tabs import click, goes_to, sent, tab

FORM = {
    "building": "2栋", "style": "digits", "units": "1", "first": "1", "last": "3", "per_floor": "2",
}  # fmt: skip


def opened(cast, who):
    page = tab(HouseholdsState, cast.tokens.get(who))
    click(page.load())
    return page


def test_a_building_is_drawn_tapped_and_written(cast):
    page = opened(cast, "secretary")
    page.ask()
    click(page.draw(FORM | {"last": "400"}))
    assert (page.form_said.code, page.drawing.doors) == ("households.bad_floors", 0)
    click(page.draw(FORM))
    assert (page.drawing.doors, page.drawing.there) == (6, 0)
    click(page.tap("1单元|3|302"))
    assert page.drawing.doors == 5
    click(page.tap("1单元|3|302"))
    click(page.tap("1单元|1|101"))
    click(page.write())
    assert (page.written, page.is_open, page.view.open.name) == (5, False, "2栋")
    click(page.draw(FORM | {"last": "4"}))
    click(page.write())
    assert page.form_said.code == "households.other_floors"
    click(page.write())
    # 101 was no exception this time.
    assert page.written == 3


def test_a_door_is_marked_and_erased(cast):
    page = opened(cast, "secretary")
    click(page.open("1栋"))
    click(page.open_door(cast.doors["a1"]))
    click(page.mark({"mark": "other_support", "basis": "consent", "days": "14"}))
    assert page.form_said.code == "households.no_consent_day"
    given = {"mark": "other_support", "basis": "duty", "days": "14"}
    click(page.mark(given))
    assert (page.form_said.code, page.door.id) == ("", 0)
    click(page.open_door(cast.doors["a1"]))
    click(page.erase(True))
    with reading() as session:
        row = session.exec(select(Household).where(Household.id == cast.doors["a1"])).one()
        assert (row.ended_at is None, row.care_mark) == (False, "")


def test_who_may_not_is_sent_home_and_takes_nothing_along(cast):
    page = tab(HouseholdsState, cast.tokens["member_a"])
    assert goes_to(click(page.load())) == ["/"]
    assert "1栋" not in sent(page)
    assert goes_to(click(tab(HouseholdsState).load())) == ["/login"]


def test_any_argument_is_borne(cast):
    page = opened(cast, "secretary")
    for argument in NONSENSE:
        for name in ("pick", "open", "draw", "tap", "open_door", "mark", "erase"):
            click(getattr(page, name)(argument))
            assert page.view.code == A or page.said.code
    with reading() as session:
        assert all(one.ended_at is None for one in session.exec(select(Household)))
