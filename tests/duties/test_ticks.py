"""What is due, done by the work itself, or ticked: from the person's side and the desk's."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Post
from firegrid_app.duties import choosing
from firegrid_app.duties.lists import duties_below, inbox
from firegrid_app.duties.rules.obligations import obligation_from
from firegrid_app.duties.tables import DutyTick, ObligationRule
from firegrid_app.duties.ticking import tick_at_desk
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards import service as hazards
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.patrols import service as patrols
from firegrid_app.refusals import Refused
from firegrid_app.shouts import service as shouts
from firegrid_app.visits import service as visits
from tests.cast import COMMUNITY, COUNTY, STREET, A, B
from tests.factories import NOW, report, stamp, walk

TODAY = date(2026, 11, 23)


def rule(kind, role, level, rhythm, **more):
    return {"code": kind, "kind": kind, "role": role, "level": level, "rhythm": rhythm} | more


def ask(session, cast, raw, code=COUNTY, who="administrator"):
    made = obligation_from(raw)
    return choosing.add_rule(session, cast.actor(who), code, made, NOW)


def card(session, cast, who, kind, now=NOW):
    found = [one for one in inbox(session, cast.actor(who), now) if one.kind == kind]
    assert len(found) == 1, found
    return found[0]


def tick(session, cast, who, row, grid=A, first=TODAY, note="", now=NOW, number=1):
    return tick_at_desk(
        session,
        cast.actor(who),
        rule_id=row if isinstance(row, int) else row.id,
        grid_code=grid,
        first_on=first,
        number=number,
        note=note,
        now=now,
    )


WALK = rule("walk", "grid_member", 3, "workday", target=120)
DRILL = rule("drill", "grid_member", 3, "month")


def test_a_day_s_walk_is_done_when_the_minutes_are_there(session, cast):
    ask(session, cast, WALK)
    one = card(session, cast, "member_a", "walk")
    assert (one.standing, one.done, one.wanted, one.note_needed) == ("today", 0, 120, True)
    walk(session, cast.actor("member_a"), NOW - timedelta(hours=2), 80)
    one = card(session, cast, "member_a", "walk")
    assert (one.standing, one.done) == ("today", 80)
    # The head of the grid walks the rest: the duty is the grid's.
    walk(session, cast.actor("head_a"), NOW - timedelta(minutes=40), 40)
    one = card(session, cast, "member_a", "walk")
    assert (one.standing, one.done) == ("done", 120)
    assert card(session, cast, "member_b", "walk").standing == "today"


def test_yesterday_s_walk_runs_after_nobody(session, cast):
    ask(session, cast, WALK)
    tomorrow = card(session, cast, "member_a", "walk", NOW + timedelta(days=1))
    assert (tomorrow.first, tomorrow.standing) == ("2026-11-24", "today")


def test_a_secretary_s_hour_is_the_secretary_s_own(session, cast):
    ask(session, cast, rule("go_down", "community_secretary", 2, "workday", target=60))
    walk(session, cast.actor("member_a"), NOW - timedelta(hours=2), 90)
    assert card(session, cast, "secretary", "go_down").done == 0
    walk(session, cast.actor("secretary"), NOW - timedelta(hours=1), 60, grid_code=B)
    assert card(session, cast, "secretary", "go_down").standing == "done"
    assert card(session, cast, "other_secretary", "go_down").done == 0


def arrive(session, cast, who, point, at=NOW, grid=A):
    actor = cast.actor(who)
    patrol = patrols.start(session, actor, stamp(at), grid_code=grid, now=NOW)
    session.flush()
    patrols.arrive(
        session,
        actor,
        stamp(at),
        patrol_id=patrol.id,
        check_point_id=cast.check_points[point],
        all_fine=True,
        note="",
        now=NOW,
    )
    session.flush()


def test_a_month_s_sweep_is_done_when_its_places_are(session, cast):
    ask(session, cast, rule("sweep", "community_secretary", 2, "month"))
    assert card(session, cast, "secretary", "sweep").wanted == 1
    arrive(session, cast, "member_a", "a1")
    assert card(session, cast, "secretary", "sweep").done == 0
    # Last month's visit is last month's.
    arrive(session, cast, "member_a", "a2", NOW - timedelta(days=30))
    assert card(session, cast, "secretary", "sweep").done == 0
    arrive(session, cast, "member_a", "a2")
    one = card(session, cast, "secretary", "sweep")
    assert (one.done, one.wanted, one.standing) == (1, 1, "done")


def test_a_week_s_check_wants_every_stairwell_and_lane(session, cast):
    ask(session, cast, rule("check", "grid_member", 3, "week"))
    arrive(session, cast, "member_b", "b1", NOW, B)
    assert card(session, cast, "member_b", "check").standing == "done"
    assert card(session, cast, "member_a", "check").standing == "week"


def test_a_sweep_of_a_grid_without_places_can_only_be_ticked(session, cast):
    row = ask(session, cast, rule("sweep", "community_secretary", 2, "month"))
    one = card(session, cast, "other_secretary", "sweep")
    assert (one.wanted, one.standing, one.note_needed) == (0, "later", False)
    tick(session, cast, "other_secretary", row, cast.codes["other_community"], date(2026, 11, 1))
    assert card(session, cast, "other_secretary", "sweep").standing == "done"


def test_shouts_and_doors_are_counted(session, cast):
    ask(session, cast, rule("shout", "grid_member", 3, "week", target=2))
    ask(session, cast, rule("doors", "grid_member", 3, "month", target=10))
    actor = cast.actor("member_a")
    for _ in range(2):
        shouts.log(
            session,
            actor,
            stamp(),
            grid_code=A,
            patrol_id=None,
            script="ebike",
            means="loudhailer",
            people_reached=3,
            where_words="",
            now=NOW,
        )
    # Six doors there are: ten would never be reached.
    for key in ("a1", "a1", "a2"):
        visits.log(
            session,
            actor,
            stamp(),
            household_id=cast.doors[key],
            patrol_id=None,
            outcome="met",
            note="",
            now=NOW,
        )
    session.flush()
    assert card(session, cast, "member_a", "shout").standing == "done"
    one = card(session, cast, "member_a", "doors")
    assert (one.done, one.wanted, one.standing) == (2, 6, "later")


def test_rechecking_is_open_while_a_corrected_hazard_waits(session, cast):
    ask(session, cast, rule("recheck", "grid_head", 3, "week"))
    assert "recheck" not in {one.kind for one in inbox(session, cast.actor("head_a"), NOW)}
    hazard = report(session, cast.actor("member_a"))
    hazards.move(session, cast.actor("member_a"), hazard.id, Step.CORRECTED, "清走了", NOW)
    one = card(session, cast, "head_a", "recheck")
    assert (one.standing, one.done, one.wanted) == ("week", 0, 1)
    hazards.move(session, cast.actor("head_a"), hazard.id, Step.CLOSED, "", NOW)
    one = card(session, cast, "head_a", "recheck")
    assert (one.standing, one.done, one.wanted) == ("done", 1, 1)


def test_what_nobody_records_is_ticked_with_or_without_a_note(session, cast):
    row = ask(session, cast, DRILL)
    made = tick(session, cast, "member_a", row, first=date(2026, 11, 1), note=" 3栋 疏散演练 ")
    assert made.note == "3栋 疏散演练"
    one = card(session, cast, "member_a", "drill")
    assert (one.standing, one.note) == ("done", "3栋 疏散演练")
    assert card(session, cast, "member_b", "drill").standing == "later"
    tick(session, cast, "member_b", row, grid=B, first=date(2026, 11, 1))
    one = card(session, cast, "member_b", "drill")
    assert (one.standing, one.note) == ("done", "")


def test_work_that_records_count_is_ticked_only_with_a_word(session, cast):
    row = ask(session, cast, WALK)
    with pytest.raises(Refused) as refused:
        tick(session, cast, "member_a", row)
    assert refused.value.code == "duties.note_needed"
    tick(session, cast, "member_a", row, note="手机坏了，走了两个小时")
    assert card(session, cast, "member_a", "walk").standing == "done"


def test_what_is_overdue_stays_and_is_made_up_for_with_a_word(session, cast):
    row = ask(session, cast, rule("drill", "grid_member", 3, "week"))
    later = NOW + timedelta(days=7)
    found = [one for one in inbox(session, cast.actor("member_a"), later) if one.kind == "drill"]
    assert [one.standing for one in found] == ["overdue", "week"]
    with pytest.raises(Refused) as refused:
        tick(session, cast, "member_a", row, now=later)
    assert refused.value.code == "duties.note_needed"
    tick(session, cast, "member_a", row, note="补做", now=later)
    found = inbox(session, cast.actor("member_a"), later)
    assert [one.standing for one in found] == ["week", "done"]


@pytest.mark.parametrize(
    ("who", "grid", "first", "refusal"),
    [
        ("member_b", A, date(2026, 11, 1), "duties.not_yours"),
        ("head_a", A, date(2026, 11, 1), "duties.not_yours"),
        ("resident", A, date(2026, 11, 1), "duties.not_yours"),
        ("administrator", A, date(2026, 11, 1), "duties.not_yours"),
        ("member_a", B, date(2026, 11, 1), "duties.not_yours"),
        ("member_a", A, date(2026, 12, 1), "duties.not_yet"),
        ("member_a", A, date(2026, 10, 1), "duties.unknown"),
        ("member_a", A, date(2026, 11, 2), "duties.unknown"),
        ("member_a", "nowhere", date(2026, 11, 1), "grids.unknown"),
    ],
)
def test_whoever_ticks_what_is_not_theirs_is_refused(session, cast, who, grid, first, refusal):
    row = ask(session, cast, DRILL)
    with pytest.raises(Refused) as refused:
        tick(session, cast, who, row, grid, first, "好了")
    assert refused.value.code == refusal
    assert session.exec(select(DutyTick)).all() == []


def test_an_unknown_rule_and_a_closed_grid_are_said(session, cast):
    row = ask(session, cast, DRILL)
    with pytest.raises(Refused) as unknown:
        tick(session, cast, "member_a", 999_999, first=date(2026, 11, 1))
    assert unknown.value.code == "duties.unknown"
    with pytest.raises(Refused) as stranger:
        tick(session, cast, "member_b", 999_999, first=date(2026, 11, 1))
    assert stranger.value.code == "duties.not_yours"
    session.get(Grid, cast.grids["a"]).valid_to = date(2026, 10, 31)
    session.flush()
    with pytest.raises(Refused) as closed:
        tick(session, cast, "member_a", row, first=date(2026, 11, 1))
    assert closed.value.code == "duties.grid_closed"


def test_a_post_that_changes_hands_takes_its_duties_along(session, cast):
    ask(session, cast, DRILL)
    old = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
    old.ends_on = TODAY - timedelta(days=1)
    session.flush()
    actor = cast.actor("member_b")
    taken_over = type(actor)(
        person_id=actor.person_id,
        name=actor.name,
        session_id=actor.session_id,
        posts=(
            *actor.posts,
            type(actor.posts[0])(Role.GRID_MEMBER, cast.grids["a"], cast.paths["a"], 3),
        ),
    )
    assert {one.grid for one in inbox(session, taken_over, NOW)} == {A, B}


def test_a_community_s_member_stands_in_where_nobody_holds_the_post(session, cast):
    ask(session, cast, DRILL)
    actor = cast.actor("secretary")
    held = type(actor.posts[0])(
        Role.GRID_MEMBER, cast.grids["community"], cast.paths["community"], 2
    )
    stand_in = type(actor)(actor.person_id, actor.name, actor.session_id, (held,))
    assert inbox(session, stand_in, NOW) == []
    for post in session.exec(select(Post).where(Post.grid_id == cast.grids["b"])):
        post.ends_on = TODAY - timedelta(days=1)
    session.flush()
    assert [one.grid for one in inbox(session, stand_in, NOW)] == [B]


def test_the_desk_s_figures_add_up_to_its_list(session, cast):
    choosing.choose_preset(session, cast.actor("administrator"), COUNTY, "chongqing_2021", NOW)
    walk(session, cast.actor("member_a"), NOW - timedelta(hours=3), 125)
    board = duties_below(session, cast.actor("officer"), STREET, NOW)
    assert {row.code for row in board.grids} >= {A, B, COMMUNITY, STREET}
    for row in board.grids:
        own = [one.standing for one in board.duties if one.grid == row.code]
        for standing in ("overdue", "today", "week", "later", "done", "gone"):
            assert own.count(standing) == getattr(row, standing)
    by_code = {row.code: row for row in board.grids}
    assert by_code[A].done == by_code[B].done + 1
    assert "姜龙" in by_code[A].holder
    with pytest.raises(Refused) as refused:
        duties_below(session, cast.actor("member_b"), A, NOW)
    assert refused.value.code == "access.outside_grid"


def test_rules_are_never_rewritten(session, cast):
    choosing.choose_preset(session, cast.actor("administrator"), COUNTY, "jilin_2023", NOW)
    rows = session.exec(select(ObligationRule)).all()
    assert {row.source for row in rows} >= {"LY-53", "YB-54", "YB-25"}
    assert {row.starts_on for row in rows} == {TODAY}


def test_a_street_arranges_a_key_inspection_by_a_day(session, cast):
    """YC-40: arranged by the street beside the daily walks. YC-67: each phase on its day."""
    words = "重点检查：沿街商铺彩钢板房"
    ask(
        session,
        cast,
        rule("other", "grid_member", 3, "once", once_on="2026-11-27", words=words),
        code=STREET,
        who="officer",
    )
    one = card(session, cast, "member_a", "other", NOW + timedelta(days=4))
    assert (one.words, one.due, one.standing) == (words, "2026-11-27", "today")
    assert card(session, cast, "member_a", "other", NOW + timedelta(days=5)).standing == "overdue"
    assert inbox(session, cast.actor("head_a"), NOW + timedelta(days=4)) == []


def test_a_department_inspects_its_sector_every_month(session, cast):
    """HZ-21."""
    made = ask(
        session,
        cast,
        rule("joint_check", "department_handler", 1, "month"),
        code=STREET,
        who="officer",
    )
    assert card(session, cast, "department", "joint_check").standing == "later"
    tick(session, cast, "department", made, STREET, date(2026, 11, 1), note="检查学校三所")
    one = card(session, cast, "department", "joint_check")
    assert (one.standing, one.note) == ("done", "检查学校三所")


def test_an_office_has_its_list_of_the_day_too(session, cast):
    """LY-28: what is due of the office's own posts, as a member's."""
    ask(
        session,
        cast,
        rule("other", "street_officer", 1, "workday", words="看一看昨天的巡查和超期隐患"),
        code=STREET,
        who="officer",
    )
    assert card(session, cast, "officer", "other").standing == "today"
    assert inbox(session, cast.actor("other_officer"), NOW) == []
