"""What the clock does: remind, step up, unassigned ones too; never twice, in several workers."""

import threading
from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app import clock as app_clock
from firegrid_app.access.tables import Person, Post
from firegrid_app.database import reading, transaction
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.hazards import keeping
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import assign_all, move
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardNotice
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.serving import keeper, ready_database
from tests.cast import B
from tests.factories import NOW, report

DAY = timedelta(days=1)


def round_at(session, day, hour=2):
    """One round of the keeper at ten in the morning of a day of November."""
    at = NOW.replace(day=1) + timedelta(days=day - 1, hours=hour - 2)
    done = keeping.run_after(session, at)
    session.flush()
    return done


def steps(session, hazard):
    return [(one.step, one.person_id) for one in trail(session, hazard.id)][1:]


def test_reminded_before_then_up_a_level_at_a_time_each_with_its_days(session, cast):
    """Found Monday 23, due Monday 30: reminded Thursday, to the community Tuesday, and on."""
    made = report(session, cast.actor("member_a"))
    people = cast.people
    assert [round_at(session, day) for day in (23, 24, 25)] == [0, 0, 0]
    assert round_at(session, 26) == 1
    assert steps(session, made) == [("reminded", None)]
    reminded = session.exec(select(HazardNotice).where(HazardNotice.number == 2)).one()
    assert (reminded.person_id, reminded.why) == (people["head_a"], "reminder")
    assert [round_at(session, day) for day in (27, 28, 29, 30)] == [0, 0, 0, 0]
    assert round_at(session, 31) == 1  # Tuesday 1 December
    assert (made.rung, made.owner_id) == ("community", people["secretary"])
    assert round_at(session, 32) == 0
    assert round_at(session, 33) == 1
    assert (made.rung, made.owner_id) == ("street", people["officer"])
    assert [round_at(session, day) for day in (34, 35, 36, 37)] == [0, 0, 0, 1]  # over a weekend
    assert (made.rung, made.owner_id, made.step_ups) == ("department", people["department"], 3)
    assert made.due_on == date(2026, 11, 30), "nothing of this moves the deadline"
    for day in range(38, 70):
        round_at(session, day)
    assert made.steps == 5, "above the department is nobody: it stays there, overdue"
    assert faults(made, trail(session, made.id)) == ()


def test_the_same_hour_again_does_nothing_again(session, cast):
    made = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    assert round_at(session, 23) == 1
    assert [round_at(session, 23, hour) for hour in (3, 4, 5)] == [0, 0, 0]
    assert steps(session, made) == [("stepped_up", None)]


def test_who_had_it_and_who_gets_it_are_told(session, cast):
    made = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    round_at(session, 23)
    rows = session.exec(select(HazardNotice).where(HazardNotice.number == 2)).all()
    assert {(row.person_id, row.why) for row in rows} == {
        (cast.people["secretary"], "yours"),
        (cast.people["head_a"], "passed_on"),
    }
    assert {row.hazard_id for row in rows} == {made.id}


def test_what_nobody_has_steps_up_before_its_deadline(session, cast):
    """Grid b has no head, and nobody was above it on the day it was found."""
    posts = session.exec(select(Post)).all()
    for post in posts:
        post.ends_on = date(2026, 11, 1)
    session.flush()
    made = report(session, cast.actor("officer"), grid_code=B)
    assert (made.rung, made.owner_id) == ("grid_head", None)
    for post in posts:
        post.ends_on = None
    session.flush()
    assert round_at(session, 24) == 1
    assert (made.rung, made.owner_id) == ("community", cast.people["secretary"])
    assert made.due_on == date(2026, 11, 30)
    # Now somebody has it: it is reminded of and late like any other.
    assert round_at(session, 26) == 1
    assert steps(session, made) == [("stepped_up", None), ("reminded", None)]


def test_with_nobody_above_it_waits_and_goes_as_soon_as_there_is_somebody(session, cast):
    made = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    posts = session.exec(select(Post)).all()
    for post in posts:
        if post.person_id not in (cast.people["head_a"], cast.people["member_a"]):
            post.ends_on = date(2026, 11, 1)
    session.flush()
    assert round_at(session, 23) == 1
    assert (made.steps, made.rung) == (1, "grid_head")
    for post in posts:
        post.ends_on = None
    session.flush()
    assert [round_at(session, 24), round_at(session, 25)] == [0, 1]
    assert made.rung == "community"


def test_on_a_day_off_nobody_is_called_unless_it_presses(session, cast):
    plain = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    pressing = report(session, cast.actor("member_a"), NOW - 30 * DAY, urgent=True)
    assert round_at(session, 22) == 2  # a Sunday
    assert (plain.steps, pressing.steps) == (1, 2)
    assert round_at(session, 23) >= 1
    assert plain.steps == 2


def test_a_make_up_sunday_is_a_day_like_others(session, cast):
    session.add(CalendarDay(day=date(2026, 11, 22), is_workday=True, name="调休"))
    made = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    round_at(session, 22)
    assert made.steps == 2


def test_what_waits_for_a_second_look_too_long_steps_up_and_what_is_closed_does_not(session, cast):
    waiting = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    move(session, cast.actor("member_a"), waiting.id, Step.CORRECTED, "", NOW - 29 * DAY)
    closed = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    move(session, cast.actor("member_a"), closed.id, Step.CORRECTED, "", NOW - 29 * DAY)
    move(session, cast.actor("head_a"), closed.id, Step.CLOSED, "", NOW - 28 * DAY)
    spot = report(session, cast.actor("member_a"), NOW - 30 * DAY, fixed_on_spot=True)
    assert round_at(session, 23) == 1
    assert (waiting.rung, closed.rung, spot.steps) == ("community", "grid_head", 2)


def test_given_to_somebody_new_an_overdue_one_still_goes_on(session, cast):
    made = report(session, cast.actor("member_a"), NOW - 30 * DAY)
    look = made.look_on
    assign_all(session, cast.actor("head_a"), [made.id], cast.people["member_a"], "", NOW)
    assert made.look_on == look, "giving it away buys no time"
    round_at(session, 23)
    assert made.rung == "grid_head"


@pytest.mark.parametrize("gone", ["post", "person"])
def test_whose_owner_is_gone_it_is_nobodys_and_steps_up(session, cast, gone):
    made = report(session, cast.actor("member_a"))
    if gone == "post":
        head = session.exec(select(Post).where(Post.person_id == cast.people["head_a"])).one()
        head.ends_on = date(2026, 11, 23)
    else:
        session.get(Person, cast.people["head_a"]).switched_off_at = NOW
    session.flush()
    assert round_at(session, 24) == 1
    assert (made.owner_id, made.rung) == (None, "grid_head")
    assert [round_at(session, 24), round_at(session, 25)] == [0, 1]
    assert made.owner_id == cast.people["secretary"]
    assert steps(session, made) == [("released", None), ("stepped_up", None)]
    assert faults(made, trail(session, made.id)) == ()


def many(cast, count):
    with transaction() as session:
        for _ in range(count):
            report(session, cast.actor("member_a"), NOW - 30 * DAY)


def all_steps():
    with reading() as session:
        return [
            event.step for event in session.exec(select(HazardEvent).order_by(HazardEvent.number))
        ]


def test_four_workers_at_once_do_each_hazard_once(cast, monkeypatch):
    many(cast, 60)
    monkeypatch.setattr(keeping, "TOGETHER", 7)
    together, done, failed = threading.Barrier(4), [], []

    def work():
        together.wait(10)
        try:
            done.append(ready_database.run_after_hazards())
        except Exception as error:
            failed.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert failed == []
    ready_database.run_after_hazards()
    assert all_steps().count("stepped_up") == 60
    with reading() as session:
        for hazard in session.exec(select(Hazard)).all():
            assert faults(hazard, trail(session, hazard.id)) == ()


def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_done_twice(cast, monkeypatch):
    """What a kill leaves is what a transaction leaves that never ended."""
    many(cast, 9)
    monkeypatch.setattr(keeping, "TOGETHER", 4)
    real, calls = keeping.step_up, []

    def killed(*arguments):
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(keeping, "step_up", killed)
    with pytest.raises(KeyboardInterrupt):
        ready_database.run_after_hazards()
    assert all_steps().count("stepped_up") == 4, "the first stretch is kept, the second is not"
    monkeypatch.setattr(keeping, "step_up", real)
    assert ready_database.run_after_hazards() == 5
    assert all_steps().count("stepped_up") == 9
    assert ready_database.run_after_hazards() == 0


def test_one_fault_of_the_hour_keeps_nothing_else_from_being_done(cast, monkeypatch):
    many(cast, 1)
    monkeypatch.setattr(
        ready_database, "make_duties", lambda: (_ for _ in ()).throw(ZeroDivisionError)
    )
    ready_database.make_duties.__name__ = "make_duties"
    keeper.keep_once()
    assert all_steps() == ["reported", "stepped_up"]
    assert app_clock.now() == NOW
