"""Who sees to a hazard: given, passed up, passed straight up, urged and answered."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.hazards.ladder import assignees_over, holders_over
from firegrid_app.hazards.rules.ladder import Rung, first_owner, next_up, passed_over, skip_to
from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.service import assign_all, move
from firegrid_app.hazards.tables import Hazard, HazardNotice
from firegrid_app.hazards.telling import see, unseen
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.refusals import Refused
from tests.cast import B
from tests.factories import NOW, report

TODAY = date(2026, 11, 23)
FULL = {
    Rung.MEMBER: (1, 2),
    Rung.GRID_HEAD: (3,),
    Rung.COMMUNITY: (4,),
    Rung.STREET: (5,),
    Rung.DEPARTMENT: (6,),
}


@pytest.fixture
def hazard(session, cast):
    return report(session, cast.actor("member_a"))


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def told(session, cast, step=None):
    """Who was told of the last step, and why."""
    session.flush()
    rows = session.exec(select(HazardNotice).order_by(HazardNotice.id)).all()
    last = max((row.number for row in rows), default=0) if step is None else step
    names = {person: name for name, person in cast.people.items()}
    return {names[row.person_id]: row.why for row in rows if row.number == last}


def test_who_stands_on_which_rung(session, cast):
    people = cast.people
    assert holders_over(session, cast.paths["a"], TODAY) == {
        Rung.MEMBER: (people["member_a"],),
        Rung.GRID_HEAD: (people["head_a"],),
        Rung.COMMUNITY: (people["secretary"],),
        Rung.STREET: (people["officer"],),
        Rung.DEPARTMENT: (people["department"],),
    }
    assert Rung.GRID_HEAD not in holders_over(session, cast.paths["b"], TODAY)


def test_a_post_that_is_over_or_of_somebody_switched_off_holds_no_rung(session, cast):
    head = session.exec(select(Post).where(Post.person_id == cast.people["head_a"])).one()
    head.ends_on = TODAY - timedelta(days=1)
    session.get(Person, cast.people["officer"]).switched_off_at = NOW
    session.flush()
    found = holders_over(session, cast.paths["a"], TODAY)
    assert set(found) == {Rung.MEMBER, Rung.COMMUNITY, Rung.DEPARTMENT}


def test_a_new_hazard_goes_to_the_head_else_to_the_finder_else_up():
    assert first_owner(FULL, 2) == (Rung.GRID_HEAD, 3)
    headless = {rung: who for rung, who in FULL.items() if rung != Rung.GRID_HEAD}
    assert first_owner(headless, 2) == (Rung.MEMBER, 2)
    assert first_owner(headless, 99) == (Rung.COMMUNITY, 4)
    assert first_owner({Rung.MEMBER: (1,)}, 99) == (Rung.GRID_HEAD, None)


def test_up_is_to_the_next_rung_with_somebody_else_on_it():
    assert next_up(FULL, Rung.MEMBER, 1) == (Rung.GRID_HEAD, 3)
    assert next_up(FULL, Rung.DEPARTMENT, 6) is None
    assert next_up({Rung.STREET: (5,)}, Rung.MEMBER, 1) == (Rung.STREET, 5)
    # One person may hold several posts: it does not step up to where it lies already.
    assert next_up({**FULL, Rung.COMMUNITY: (3,)}, Rung.GRID_HEAD, 3) == (Rung.STREET, 5)


def test_straight_up_is_the_street_and_from_there_the_department():
    assert skip_to(FULL, Rung.MEMBER, 1) == (Rung.STREET, 5)
    assert skip_to(FULL, Rung.STREET, 5) == (Rung.DEPARTMENT, 6)
    assert skip_to(FULL, Rung.DEPARTMENT, 6) is None
    assert passed_over(FULL, Rung.MEMBER, Rung.STREET) == (1, 2, 3, 4)


def test_the_head_is_told_of_a_new_hazard_and_the_street_of_one_that_presses(session, cast):
    report(session, cast.actor("member_a"))
    assert told(session, cast) == {"head_a": "yours"}
    session.exec(HazardNotice.__table__.delete())
    report(session, cast.actor("member_a"), severity="suspected_major")
    assert told(session, cast) == {
        "head_a": "yours",
        "secretary": "pressing",
        "officer": "pressing",
    }


def test_given_to_a_member_the_deadline_stays(session, cast, hazard):
    before = (hazard.due_on, hazard.look_on)
    member = cast.people["member_a"]
    assert assign_all(session, cast.actor("head_a"), [hazard.id], member, "请处理", NOW) == 1
    assert (hazard.owner_id, hazard.rung) == (member, "member")
    assert (hazard.due_on, hazard.look_on) == before
    assert told(session, cast) == {"member_a": "yours"}
    assert faults(hazard, trail(session, hazard.id)) == ()


def test_several_are_given_together_or_none(session, cast):
    mine = [report(session, cast.actor("member_a")) for _ in range(3)]
    other = report(session, cast.actor("member_b"), grid_code=B)
    ids = [one.id for one in mine]
    session.commit()
    with refused(r"hazards\.unknown_assignee"):
        assign_all(
            session,
            cast.actor("secretary"),
            [*ids, other.id],
            cast.people["member_a"],
            "",
            NOW,
        )
    session.rollback()
    assert {one.rung for one in session.exec(select(Hazard)).all()} == {"grid_head", "member"}
    assert assign_all(session, cast.actor("secretary"), ids, cast.people["member_a"], "", NOW) == 3


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("member_a", r"access\.outside_grid"),
        ("member_b", r"access\.outside_grid"),
        ("leader_a", r"access\.outside_grid"),
        ("department", r"access\.outside_grid"),
        ("other_secretary", r"access\.outside_grid"),
        ("other_officer", r"access\.outside_grid"),
    ],
)
def test_only_a_leader_of_the_grid_gives_it_away(session, cast, hazard, who, code):
    with refused(code):
        assign_all(session, cast.actor(who), [hazard.id], cast.people["member_a"], "", NOW)


@pytest.mark.parametrize("to", ["member_b", "other_secretary", "resident", "switched_off"])
def test_nobody_gets_what_lies_outside_their_grids(session, cast, hazard, to):
    with refused(r"hazards\.unknown_assignee"):
        assign_all(session, cast.actor("officer"), [hazard.id], cast.people[to], "", NOW)
    with refused(r"hazards\.has_it_already"):
        assign_all(session, cast.actor("officer"), [hazard.id], cast.people["head_a"], "", NOW)


def test_everybody_over_the_grid_can_be_given_it_once(session, cast):
    session.add(
        Post(
            person_id=cast.people["member_a"],
            grid_id=cast.grids["street"],
            role=Role.STREET_OFFICER,
            starts_on=TODAY,
        )
    )
    session.flush()
    found = assignees_over(session, cast.paths["a"], TODAY)
    assert [(one.name, one.rung) for one in found] == [
        ("姜龙", "member"),
        ("龚丽", "grid_head"),
        ("石珍", "community"),
        ("曹英", "street"),
        ("唐宁", "department"),
        ("文静", "department"),
    ]


def test_the_head_who_cannot_passes_it_up_says_why_and_stays_with_it(session, cast, hazard):
    with refused(r"hazards\.say_why"):
        move(session, cast.actor("head_a"), hazard.id, Step.STEPPED_UP, " ", NOW)
    move(session, cast.actor("head_a"), hazard.id, Step.STEPPED_UP, "要物业配合", NOW)
    assert (hazard.owner_id, hazard.rung) == (cast.people["secretary"], "community")
    assert hazard.step_ups == 1
    assert told(session, cast) == {"secretary": "yours"}
    for _ in range(2):
        move(session, cast.actor("officer"), hazard.id, Step.STEPPED_UP, "要部门处理", NOW)
    assert hazard.rung == "department"
    with refused(r"hazards\.nobody_above"):
        move(session, cast.actor("officer"), hazard.id, Step.STEPPED_UP, "再往上", NOW)
    assert faults(hazard, trail(session, hazard.id)) == ()


def test_the_department_that_has_it_may_put_it_right_and_nobody_beside_it(session, cast, hazard):
    with refused(r"access\.outside_grid"):
        move(session, cast.actor("department"), hazard.id, Step.CORRECTED, "", NOW)
    assign_all(session, cast.actor("officer"), [hazard.id], cast.people["department"], "", NOW)
    move(session, cast.actor("department"), hazard.id, Step.CORRECTED, "已拆除", NOW)
    assert hazard.status == Status.CORRECTED
    with refused(r"access\.outside_grid"):
        move(session, cast.actor("department"), hazard.id, Step.CLOSED, "", NOW)


def test_straight_up_in_one_tap_and_the_skipped_are_told(session, cast, hazard):
    move(session, cast.actor("member_a"), hazard.id, Step.SKIPPED, "", NOW)
    assert (hazard.owner_id, hazard.rung) == (cast.people["officer"], "street")
    assert told(session, cast) == {
        "officer": "yours",
        "head_a": "passed_over",
        "secretary": "passed_over",
    }


def test_a_building_leader_takes_the_own_report_straight_up_and_nobody_elses(session, cast):
    own = report(session, cast.actor("leader_a"))
    move(session, cast.actor("leader_a"), own.id, Step.SKIPPED, "", NOW)
    assert own.rung == "street"
    for who in ("member_b", "other_officer", "department", "resident"):
        with refused(r"access\.outside_grid"):
            move(session, cast.actor(who), own.id, Step.SKIPPED, "", NOW)


def test_urged_once_a_day_counted_and_answered_in_words(session, cast, hazard):
    member, head = cast.actor("member_a"), cast.actor("head_a")
    move(session, member, hazard.id, Step.URGED, "", NOW)
    assert (hazard.urges, hazard.urges_open) == (1, 1)
    assert told(session, cast) == {"head_a": "urged"}
    with refused(r"hazards\.urged_today"):
        move(session, member, hazard.id, Step.URGED, "", NOW + timedelta(hours=2))
    move(session, cast.actor("secretary"), hazard.id, Step.URGED, "群众又反映", NOW)
    with refused(r"hazards\.yours"):
        move(session, head, hazard.id, Step.URGED, "", NOW)
    with refused(r"hazards\.say_why"):
        move(session, head, hazard.id, Step.ANSWERED, "", NOW)
    move(session, head, hazard.id, Step.ANSWERED, "物业周三清走", NOW)
    assert (hazard.urges, hazard.urges_open) == (2, 0)
    assert told(session, cast) == {"member_a": "answered", "secretary": "answered"}
    with refused(r"hazards\.nothing_to_answer"):
        move(session, head, hazard.id, Step.ANSWERED, "再答一次", NOW)
    move(session, member, hazard.id, Step.URGED, "还没清", NOW + timedelta(days=1))
    assert (hazard.urges, hazard.urges_open) == (3, 1)
    assert faults(hazard, trail(session, hazard.id)) == ()


def test_the_finder_urges_without_seeing_the_grid_and_the_neighbour_does_not(session, cast):
    own = report(session, cast.actor("leader_a"))
    move(session, cast.actor("leader_a"), own.id, Step.URGED, "", NOW)
    for who in ("member_b", "other_secretary", "resident"):
        with refused(r"access\.outside_grid"):
            move(session, cast.actor(who), own.id, Step.URGED, "", NOW)


def test_an_urge_of_what_nobody_has_reaches_the_level_above(session, cast):
    own = report(session, cast.actor("officer"), grid_code=B)
    own.owner_id, own.rung = None, "grid_head"
    move(session, cast.actor("officer"), own.id, Step.URGED, "", NOW)
    assert told(session, cast) == {"secretary": "urged"}


def test_a_second_person_is_asked_to_look_and_the_finder_hears_what_became_of_it(session, cast):
    made = report(session, cast.actor("leader_a"))
    move(session, cast.actor("head_a"), made.id, Step.CORRECTED, "", NOW)
    assert told(session, cast) == {"secretary": "recheck"}
    move(session, cast.actor("secretary"), made.id, Step.REOPENED, "还有一堆", NOW)
    assert told(session, cast) == {"head_a": "result", "leader_a": "result"}
    move(session, cast.actor("member_a"), made.id, Step.CORRECTED, "", NOW)
    assert told(session, cast) == {"head_a": "recheck"}
    move(session, cast.actor("head_a"), made.id, Step.CLOSED, "", NOW)
    assert told(session, cast) == {"leader_a": "result", "member_a": "result"}
    assert made.look_on is None


def test_what_was_told_is_new_until_it_was_looked_at_and_only_ones_own(session, cast, hazard):
    head = cast.actor("head_a")
    assert unseen(session, head) == {hazard.id: "yours"}
    move(session, cast.actor("member_a"), hazard.id, Step.URGED, "", NOW)
    assert unseen(session, head) == {hazard.id: "urged"}
    see(session, cast.actor("member_a"), hazard.id, NOW)
    assert unseen(session, head) == {hazard.id: "urged"}
    see(session, head, hazard.id, NOW)
    assert unseen(session, head) == {}
