"""Courses: planned, held with a tick for who was there, counted for who needs them."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Post
from firegrid_app.database import transaction
from firegrid_app.duties import choosing
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.presets import presets
from firegrid_app.refusals import Refused
from firegrid_app.training import courses
from firegrid_app.training.rules import COURSE, KNOWN_SOURCES, does, good_until
from firegrid_app.training.service import course_card, training_view
from firegrid_app.training.tables import Attendance, Course
from tests.cast import COMMUNITY, COUNTY, STREET, A
from tests.factories import NOW
from tests.training.days import TODAY, held, planned


def long_in_post(session):
    """Everybody has held their post for years."""
    for post in session.exec(select(Post)):
        post.starts_on = date(2024, 1, 1)
    session.flush()


def test_who_was_there_is_ticked_and_can_be_put_right(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        course = planned(session, secretary)
        assert course.minutes == 90
        people = {one.name: one for one in course_card(session, secretary, course.id, NOW).people}
        # Everybody with a post here or below; who was switched off is not among them.
        assert set(people) == {"石珍", "龚丽", "姜龙", "何芳", "罗强"}
        first = [cast.people["member_a"], cast.people["member_b"]]
        courses.note_who_was_there(session, secretary, course.id, came=first, others="12", now=NOW)
        courses.note_who_was_there(
            session, secretary, course.id, came=first[:1], others="11", now=NOW
        )
        card = course_card(session, secretary, course.id, NOW)
        assert [one.name for one in card.people if one.came] == ["姜龙"]
        assert (card.line.came, card.line.others, card.line.hours) == (1, 11, "1.5")


def test_coverage_counts_who_needs_it_and_names_who_is_still_to_come(cast):
    secretary, head = cast.actor("secretary"), cast.actor("head_a")
    with transaction() as session:
        long_in_post(session)
        held(session, secretary, [cast.people["member_a"]])
        held(session, secretary, [cast.people["head_a"]], day=TODAY - timedelta(days=366))
        (row,) = [
            one
            for one in training_view(session, secretary, "", NOW).coverage
            if one.course == "topical"
        ]
        # The head's is older than a year: to be had again.
        assert (row.needed, row.had) == (3, 1)
        assert [one.name for one in row.missing] == ["龚丽", "何芳"]
        assert (row.ours, row.source) == (True, "YC-72、HZ-33")
        # A head sees the figures of the own grid, no names: the register is not theirs.
        view = training_view(session, head, A, NOW)
        (row,) = [one for one in view.coverage if one.course == "topical"]
        assert (row.needed, row.had, row.missing) == (2, 1, ())
        assert (view.may_keep, view.certificates, view.holders) == (False, (), ())


def test_what_was_had_elsewhere_counts_and_once_is_for_ever(cast):
    with transaction() as session:
        long_in_post(session)
        held(
            session, cast.actor("administrator"), [cast.people["member_a"]], grid_code=COUNTY,
            kind="pre_post", day=TODAY - timedelta(days=300),
        )  # fmt: skip
        later = NOW + timedelta(days=3000)
        (row,) = [
            one
            for one in training_view(session, cast.actor("secretary"), "", later).coverage
            if one.course == "pre_post"
        ]
        assert (row.needed, row.had) == (3, 1)
        own = training_view(session, cast.actor("member_a"), "", NOW)
        assert [(one.kind, one.hours) for one in own.own_courses] == [("pre_post", "1.5")]
        assert (own.courses, own.coverage, own.picks) == ((), (), ())


def test_a_year_ends_on_the_last_day_there_is():
    topical = COURSE["topical"]
    assert good_until(topical, date(2024, 2, 29)) == date(2025, 2, 28)
    assert good_until(topical, date(2026, 11, 23)) == date(2027, 11, 23)
    assert good_until(COURSE["pre_post"], date(2026, 11, 23)) is None


def test_holding_it_does_the_training_duty_its_plan_names(cast):
    officer = cast.actor("officer")

    def standing(session):
        (card,) = [one for one in inbox(session, officer, NOW) if one.kind == "training"]
        return card.standing

    with transaction() as session:
        choosing.choose_preset(session, cast.actor("administrator"), COUNTY, "chongqing_2021", NOW)
        me = [cast.people["officer"]]
        planned(session, officer, grid_code=STREET)
        held(session, officer, me, grid_code=STREET, kind="guards", others="30")
        held(session, cast.actor("secretary"), [cast.people["member_a"]])
        assert standing(session) == "later"
        held(session, officer, me, grid_code=STREET, title="另一次")
        assert standing(session) == "done"


def test_every_training_duty_of_the_plans_can_be_done_by_a_course():
    asked = {
        rule.source for rules in presets().values() for rule in rules if rule.kind == "training"
    }
    assert asked <= KNOWN_SOURCES
    assert does("residents", "own rule of an office")
    assert not does("residents", "YB-95")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "tea"}, "training.unknown_course"),
        ({"subject": "tea"}, "training.unknown_subject"),
        ({"audience": "everybody"}, "training.unknown_audience"),
        ({"hours": "0"}, "training.bad_hours"),
        ({"hours": "nan"}, "training.bad_hours"),
        ({"hours": "1e9"}, "training.bad_hours"),
        ({"hours": "两"}, "training.bad_hours"),
        ({"day": TODAY.replace(year=2006)}, "training.day_far_off"),
        ({"grid_code": "nowhere"}, "grids.unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cast, changes, code):
    with transaction() as session:
        with pytest.raises(Refused) as refused:
            planned(session, cast.actor("secretary"), **changes)
        assert refused.value.code == code
        assert session.exec(select(Course)).all() == []


@pytest.mark.parametrize(
    ("came", "others", "changes", "code"),
    [
        ([], "0", {}, "training.nobody_came"),
        ([], "-3", {}, "training.bad_count"),
        ([], "９９", {}, "training.bad_count"),
        (["other_secretary"], "", {}, "training.not_in_post"),
        (["switched_off"], "", {}, "training.not_in_post"),
        (["member_a"], "", {"day": TODAY + timedelta(days=1)}, "training.not_yet"),
    ],
)
def test_who_cannot_have_been_there_is_refused(cast, came, others, changes, code):
    with transaction() as session:
        course = planned(session, cast.actor("secretary"), **changes)
        with pytest.raises(Refused) as refused:
            courses.note_who_was_there(
                session, cast.actor("secretary"), course.id,
                came=[cast.people[name] for name in came], others=others, now=NOW,
            )  # fmt: skip
        assert refused.value.code == code
        assert session.exec(select(Attendance)).all() == []
        assert course.noted_at is None


def test_who_left_before_that_day_was_not_there_and_who_left_after_it_was(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
        post.ends_on = TODAY - timedelta(days=5)
        session.flush()
        with pytest.raises(Refused, match="not_in_post"):
            held(session, secretary, [cast.people["member_a"]])
        held(session, secretary, [cast.people["member_a"]], day=TODAY - timedelta(days=6))


def test_the_same_twice_is_refused_and_what_was_held_stays(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        first = planned(session, secretary)
        with pytest.raises(Refused, match="there_already"):
            planned(session, secretary, hours="2")
        courses.drop_course(session, secretary, first.id, NOW)
        again = held(session, secretary, [cast.people["member_a"]])
        with pytest.raises(Refused, match="held_already"):
            courses.drop_course(session, secretary, again.id, NOW)
        with pytest.raises(Refused, match=r"training\.unknown"):
            courses.drop_course(session, secretary, 10**6, NOW)


@pytest.mark.parametrize("who", ["other_officer", "other_secretary", "member_a", "resident"])
def test_the_neighbour_is_refused(cast, who):
    stranger = cast.actor(who)
    with transaction() as session:
        course = planned(session, cast.actor("secretary"))
        for change in (
            lambda: planned(session, stranger, title="另一次"),
            lambda: course_card(session, stranger, course.id, NOW),
            lambda: courses.drop_course(session, stranger, course.id, NOW),
            lambda: courses.note_who_was_there(
                session, stranger, course.id, came=[], others="3", now=NOW
            ),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert refused.value.code == "access.outside_grid"
        if who.startswith("other"):
            with pytest.raises(Refused):
                training_view(session, stranger, COMMUNITY, NOW)
