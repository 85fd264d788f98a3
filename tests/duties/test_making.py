"""Duties made in whole sets: none twice, none too few, and taken back when no longer asked."""

from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from firegrid_app.database import transaction
from firegrid_app.duties import choosing, making
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.rules.obligations import obligation_from
from firegrid_app.duties.tables import CalendarDay, Duty, ObligationRule, PresetChoice
from firegrid_app.duties.ticking import tick_at_desk
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from tests.cast import COUNTY, OTHER_STREET, STREET, A
from tests.factories import NOW

TODAY = date(2026, 11, 23)
DRILL = {
    "code": "drill",
    "kind": "drill",
    "role": "street_officer",
    "level": 1,
    "rhythm": "quarter",
}


def choose(session, cast, preset="chongqing_2021", code=COUNTY, who="administrator"):
    return choosing.choose_preset(session, cast.actor(who), code, preset, NOW)


def count(session, *where):
    return session.scalar(select(func.count()).select_from(Duty).where(*where))


def kinds_of(session, grid_id):
    return set(
        session.exec(
            select(ObligationRule.kind)
            .join(Duty, Duty.rule_id == ObligationRule.id)
            .where(Duty.grid_id == grid_id)
        )
    )


def test_a_plan_makes_the_duties_of_every_level(session, cast):
    made = choose(session, cast)
    assert made == count(session) > 0
    assert kinds_of(session, cast.grids["a"]) == {"walk", "shout", "doors", "recheck"}
    assert kinds_of(session, cast.grids["community"]) == {"go_down", "sweep", "meeting"}
    walks = session.exec(
        select(Duty.first_on)
        .join(ObligationRule, ObligationRule.id == Duty.rule_id)
        .where(Duty.grid_id == cast.grids["a"], ObligationRule.kind == "walk")
        .order_by(Duty.first_on)
    ).all()
    assert walks[0] == TODAY
    assert walks[-1] <= TODAY + making.AHEAD
    assert all(day.weekday() < 5 for day in walks)


def test_made_twice_is_made_once(session, cast):
    choose(session, cast)
    before = count(session)
    assert making.make_anew(session, TODAY) == 0
    assert making.ensure_made(session, TODAY) == 0
    assert count(session) == before


def test_time_goes_on_and_duties_reach_ahead_again(session, cast):
    choose(session, cast)
    assert making.ensure_made(session, TODAY + timedelta(days=20)) == 0
    later = TODAY + timedelta(days=40)
    assert making.ensure_made(session, later) > 0
    assert session.scalar(select(func.max(Duty.first_on))) > later + timedelta(days=50)


def test_the_same_plan_again_changes_nothing(session, cast):
    choose(session, cast)
    before = count(session)
    assert choose(session, cast) == 0
    assert count(session) == before


def test_another_plan_takes_the_place_of_the_first_and_what_was_ticked_stays(session, cast):
    choose(session, cast)
    meeting = session.exec(
        select(Duty, ObligationRule)
        .join(ObligationRule, ObligationRule.id == Duty.rule_id)
        .where(Duty.grid_id == cast.grids["community"], ObligationRule.kind == "meeting")
        .order_by(Duty.first_on)
    ).first()
    duty = meeting[0]
    tick_at_desk(
        session,
        cast.actor("secretary"),
        rule_id=duty.rule_id,
        grid_code=cast.codes["community"],
        first_on=duty.first_on,
        number=1,
        note="已开",
        now=NOW,
    )
    choose(session, cast, "zhengzhou_2009")
    left = session.exec(
        select(ObligationRule.preset, func.count())
        .join(Duty, Duty.rule_id == ObligationRule.id)
        .group_by(ObligationRule.preset)
    ).all()
    assert dict(left)["chongqing_2021"] == 1
    assert dict(left)["zhengzhou_2009"] > 0


def test_a_street_follows_its_own_plan_and_the_rest_the_county_s(session, cast):
    choose(session, cast)
    choose(session, cast, "jilin_2023", STREET, "officer")
    assert "walk" not in kinds_of(session, cast.grids["a"])
    assert "check" in kinds_of(session, cast.grids["a"])
    making.make_anew(session, TODAY)
    assert "walk" not in kinds_of(session, cast.grids["a"])
    choose(session, cast, "", STREET, "officer")
    assert kinds_of(session, cast.grids["a"]) == set()
    assert session.get(PresetChoice, cast.grids["street"]).preset == ""
    assert "training" in kinds_of(session, cast.grids["other_street"])


@pytest.mark.parametrize(
    ("who", "code", "preset", "refusal"),
    [
        ("secretary", STREET, "jilin_2023", "access.outside_grid"),
        ("officer", OTHER_STREET, "jilin_2023", "access.outside_grid"),
        ("officer", COUNTY, "jilin_2023", "access.outside_grid"),
        ("other_officer", STREET, "jilin_2023", "access.outside_grid"),
        ("member_a", A, "jilin_2023", "access.outside_grid"),
        ("officer", A, "jilin_2023", "duties.wrong_level"),
        ("officer", STREET, "mars_2030", "duties.unknown_preset"),
        ("officer", "nowhere", "jilin_2023", "grids.unknown"),
    ],
)
def test_who_may_not_choose_is_told(session, cast, who, code, preset, refusal):
    with pytest.raises(Refused) as refused:
        choose(session, cast, preset, code, who)
    assert refused.value.code == refusal
    assert count(session) == 0


def test_an_office_adds_a_rule_of_its_own_and_ends_it(session, cast):
    row = choosing.add_rule(session, cast.actor("officer"), STREET, obligation_from(DRILL), NOW)
    assert kinds_of(session, cast.grids["street"]) == {"drill"}
    assert kinds_of(session, cast.grids["other_street"]) == set()
    with pytest.raises(Refused) as twice:
        choosing.add_rule(session, cast.actor("officer"), STREET, obligation_from(DRILL), NOW)
    assert twice.value.code == "duties.twice"
    with pytest.raises(Refused) as foreign:
        choosing.end_rule(session, cast.actor("other_officer"), row.id, NOW)
    assert foreign.value.code == "access.outside_grid"
    choosing.end_rule(session, cast.actor("officer"), row.id, NOW)
    assert count(session) == 0
    with pytest.raises(Refused) as ended:
        choosing.end_rule(session, cast.actor("officer"), row.id, NOW)
    assert ended.value.code == "duties.unknown_rule"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"rhythm": "minute"}, "duties.too_often"),
        ({"rhythm": "once", "once_on": "2026-11-22"}, "duties.never"),
        ({"ends_on": "2026-11-22"}, "duties.never"),
        (
            {"rhythm": "workday", "starts_on": "2026-11-28", "ends_on": "2026-11-29"},
            "duties.never",
        ),
        ({"level": 0, "role": "county_administrator"}, "duties.never"),
        ({"starts_on": "2031-01-01", "rhythm": "once", "once_on": "2030-01-01"}, "duties.never"),
    ],
    ids=str,
)
def test_a_rule_that_never_comes_due_is_refused(session, cast, change, refusal):
    with pytest.raises(Refused) as refused:
        choosing.add_rule(
            session, cast.actor("officer"), STREET, obligation_from(DRILL | change), NOW
        )
    assert refused.value.code == refusal
    assert session.exec(select(ObligationRule)).all() == []


def test_a_changed_calendar_moves_what_is_to_come(session, cast):
    choose(session, cast)
    day = date(2026, 12, 7)
    assert count(session, Duty.first_on == day, Duty.due_on == day) > 0
    session.add(CalendarDay(day=day, is_workday=False, name="停工"))
    session.flush()
    making.make_anew(session, TODAY)
    assert count(session, Duty.first_on == day, Duty.last_on == day) == 0


def test_a_season_of_one_s_own_moves_its_duties(session, cast):
    rule = obligation_from(
        {
            "code": "x",
            "kind": "drill",
            "role": "street_officer",
            "level": 1,
            "rhythm": "season",
            "season": "winter_spring",
        }
    )
    choosing.add_rule(session, cast.actor("officer"), STREET, rule, NOW)
    (duty,) = session.exec(select(Duty)).all()
    assert (duty.first_on, duty.last_on) == (date(2026, 11, 1), date(2027, 3, 15))
    choosing.set_season(
        session,
        cast.actor("officer"),
        STREET,
        "winter_spring",
        2026,
        date(2026, 12, 1),
        date(2027, 3, 20),
        NOW,
    )
    first = {one.first_on for one in session.exec(select(Duty))}
    assert date(2026, 12, 1) in first
    with pytest.raises(Refused) as refused:
        choosing.set_season(
            session,
            cast.actor("officer"),
            STREET,
            "winter_spring",
            2026,
            date(2026, 12, 1),
            date(2026, 11, 20),
            NOW,
        )
    assert refused.value.code == "duties.season_ends_before"


def test_a_closed_grid_has_no_more_duties_and_a_new_one_has_them(session, cast):
    choose(session, cast)
    grid = session.get(Grid, cast.grids["b"])
    grid.valid_to = TODAY - timedelta(days=1)
    session.flush()
    assert inbox(session, cast.actor("member_b"), NOW) == []
    community = session.get(Grid, cast.grids["community"])
    new = Grid(
        code="500118003001009",
        name="第9网格",
        level=3,
        parent_id=community.id,
        path=f"{community.path}500118003001009/",
        valid_from=TODAY,
    )
    session.add(new)
    session.flush()
    assert making.make_anew(session, TODAY) > 0
    assert "walk" in kinds_of(session, new.id)


def test_made_by_two_at_once_is_made_once(cast):
    with transaction() as one:
        choose(one, cast)
    with transaction() as one:
        before = count(one)
        rules = one.exec(select(ObligationRule)).all()
        assert making.make_between(one, rules, TODAY, TODAY + making.AHEAD) == 0
        assert count(one) == before
