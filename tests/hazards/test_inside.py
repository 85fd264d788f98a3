"""Share closed inside the grid: by grid and month, equal to the list counted one by one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.inside import MONTHS, closed_inside
from firegrid_app.hazards.inside_state import InsideState
from firegrid_app.hazards.papers import transfer
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.state import HazardsState
from firegrid_app.hazards.tables import Hazard
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, OTHER_COMMUNITY, STREET, A, B
from tests.factories import NOW, report
from tests.tabs import click, tab

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def closed(session, cast):
    """Closed in two months and two grids: fixed at once, gone up, handed over, graded up, open."""
    member, head = cast.actor("member_a"), cast.actor("head_a")

    def end(made, at):
        move(session, member, made.id, Step.CORRECTED, "", at)
        move(session, head, made.id, Step.CLOSED, "", at)

    first_of_month = datetime(2026, 11, 1, 0, 0, tzinfo=SHANGHAI)
    for at in (NOW, first_of_month, first_of_month - timedelta(seconds=1)):
        report(session, member, at, fixed_on_spot=True)
    report(session, cast.actor("member_b"), grid_code=B, fixed_on_spot=True)
    up = report(session, member)
    move(session, head, up.id, Step.STEPPED_UP, "办不了", NOW)
    end(up, NOW)
    handed = report(session, member)
    transfer(session, head, handed.id, "派出所", "拒不整改", NOW)
    end(handed, NOW)
    report(session, member, severity="suspected_major", fixed_on_spot=True)
    report(session, member, NOW - timedelta(days=400), fixed_on_spot=True)
    report(session, member)
    session.commit()


def counted(session, path):
    """The list read one by one."""
    found = {}
    for hazard in session.exec(select(Hazard)):
        grid = session.get(Grid, hazard.grid_id)
        ordinary = hazard.severity in ("minor", "general")
        if hazard.status == "closed" and ordinary and grid.path.startswith(path):
            month = f"{hazard.closed_at.astimezone(SHANGHAI):%Y-%m}"
            all_, inside = found.get(month, (0, 0))
            stayed = hazard.step_ups == 0 and not hazard.transferred_to
            found[month] = (all_ + 1, inside + stayed)
    return found


@pytest.mark.parametrize(
    ("who", "code", "below"),
    [("officer", STREET, [COMMUNITY, OTHER_COMMUNITY]), ("secretary", COMMUNITY, [A, B])],
)
def test_each_grid_and_month_is_what_the_list_says(session, cast, closed, who, code, below):
    view = closed_inside(session, cast.actor(who), code, NOW)
    assert [row.code for row in view.rows] == below
    assert len(view.months) == MONTHS
    assert view.months[-2:] == ("2026-10", "2026-11")
    for row in (*view.rows, view.total):
        path = session.exec(select(Grid.path).where(Grid.code == row.code)).one()
        expected = counted(session, path)
        for month, figures in zip(view.months, row.months, strict=True):
            assert (figures.closed, figures.inside) == expected.get(month, (0, 0)), (row, month)
    assert (view.total.months[-1].closed, view.total.months[-1].inside) == (5, 3)
    assert (view.total.months[-2].closed, view.total.months[-2].inside) == (1, 1)


def test_a_small_grid_has_a_row_of_its_own(session, cast, closed):
    view = closed_inside(session, cast.actor("head_a"), A, NOW)
    assert [row.code for row in view.rows] == [A]
    assert view.rows[0] == view.total


def test_months_go_back_over_the_turn_of_the_year(session, cast):
    view = closed_inside(session, cast.actor("head_a"), A, NOW + timedelta(days=60))
    assert view.months == ("2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01")


@pytest.mark.parametrize("who", ["member_b", "other_officer", "leader_a", "resident"])
def test_the_neighbour_sees_no_share(session, cast, who):
    with pytest.raises(Refused) as refused:
        closed_inside(session, cast.actor(who), A, NOW)
    assert refused.value.code == "access.outside_grid"


def test_unfolded_and_folded_at_the_desk(cast):
    with transaction() as session:
        report(session, cast.actor("member_a"), fixed_on_spot=True)
    page = tab(HazardsState, cast.tokens["secretary"])
    click(page.load())
    shown = page._get_root_state().get_substate(InsideState.get_full_name().split("."))
    click(shown.unfold())
    assert shown.view.total.months[-1].inside == 1
    click(shown.unfold())
    assert shown.view.code == ""
