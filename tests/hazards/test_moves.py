"""Putting a hazard right, looking again, closing it: by two people, in an unbroken trail."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import select

from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import HazardEvent
from firegrid_app.hazards.trail import is_unbroken, trail
from firegrid_app.refusals import Refused
from tests.factories import NOW, report

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def hazard(session, cast):
    return report(session, cast.actor("member_a"))


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def steps_of(session, hazard):
    session.flush()
    return [(step.step, step.person_id, step.note) for step in trail(session, hazard.id)]


def test_put_right_by_one_and_closed_by_another(session, cast, hazard):
    move(session, cast.actor("member_a"), hazard.id, Step.CORRECTED, " 已清 ", LATER)
    assert hazard.status == Status.CORRECTED
    move(session, cast.actor("head_a"), hazard.id, Step.CLOSED, "", LATER)
    assert (hazard.status, hazard.closed_at) == (Status.CLOSED, LATER)
    assert steps_of(session, hazard) == [
        ("reported", cast.people["member_a"], ""),
        ("corrected", cast.people["member_a"], "已清"),
        ("closed", cast.people["head_a"], ""),
    ]
    assert is_unbroken(trail(session, hazard.id))


def test_whoever_put_it_right_cannot_close_it_too(session, cast, hazard):
    move(session, cast.actor("head_a"), hazard.id, Step.CORRECTED, "", LATER)
    with refused(r"hazards\.second_person"):
        move(session, cast.actor("head_a"), hazard.id, Step.CLOSED, "", LATER)
    assert hazard.status == Status.CORRECTED


def test_looked_at_again_it_may_be_opened_again_and_is_no_longer_closed(session, cast, hazard):
    move(session, cast.actor("member_a"), hazard.id, Step.CORRECTED, "", LATER)
    move(session, cast.actor("head_a"), hazard.id, Step.REOPENED, "还在", LATER)
    assert (hazard.status, hazard.closed_at) == (Status.OPEN, None)


@pytest.mark.parametrize("step", [Step.CLOSED, Step.REOPENED, Step.REPORTED])
def test_a_step_that_does_not_follow_is_refused(session, cast, hazard, step):
    with refused(r"hazards\.already_closed"):
        move(session, cast.actor("head_a"), hazard.id, step, "", LATER)
    assert len(steps_of(session, hazard)) == 1


def test_nobody_closes_alone_by_saying_it_was_fixed_on_the_spot(session, cast, hazard):
    with refused(r"hazards\.already_closed"):
        move(session, cast.actor("head_a"), hazard.id, Step.FIXED_ON_SPOT, "", LATER)
    assert hazard.status == Status.OPEN


def test_what_is_closed_stays_closed(session, cast):
    closed = report(session, cast.actor("member_a"), fixed_on_spot=True)
    for step in Step:
        with refused(r"hazards\.already_closed"):
            move(session, cast.actor("officer"), closed.id, step, "", LATER)


@pytest.mark.parametrize("who", ["member_a", "leader_a"])
def test_a_member_or_building_leader_closes_nothing(session, cast, hazard, who):
    move(session, cast.actor("head_a"), hazard.id, Step.CORRECTED, "", LATER)
    with refused(r"access\.outside_grid"):
        move(session, cast.actor(who), hazard.id, Step.CLOSED, "", LATER)


@pytest.mark.parametrize("step", [Step.CORRECTED, Step.CLOSED])
@pytest.mark.parametrize(
    "who", ["member_b", "other_secretary", "other_officer", "department", "resident"]
)
def test_the_neighbour_moves_nothing(session, cast, hazard, who, step):
    with refused(r"access\.outside_grid"):
        move(session, cast.actor(who), hazard.id, step, "", LATER)
    assert len(steps_of(session, hazard)) == 1


def test_an_unknown_hazard_is_unknown(session, cast):
    with refused(r"hazards\.unknown"):
        move(session, cast.actor("head_a"), uuid4(), Step.CORRECTED, "", LATER)


@pytest.fixture
def three_steps(session, cast, hazard):
    move(session, cast.actor("member_a"), hazard.id, Step.CORRECTED, "已清", LATER)
    move(session, cast.actor("head_a"), hazard.id, Step.CLOSED, "", LATER)
    session.commit()
    assert is_unbroken(trail(session, hazard.id))
    return hazard


@pytest.mark.parametrize(
    "change",
    [
        {"note": "没清"},
        {"step": "reopened"},
        {"at": LATER + timedelta(microseconds=1)},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_changed_step_shows(session, three_steps, number, change):
    step = trail(session, three_steps.id)[number - 1]
    for name, value in change.items():
        setattr(step, name, value)
    session.commit()
    session.expire_all()
    assert not is_unbroken(trail(session, three_steps.id))


def test_another_person_put_into_a_step_shows(session, cast, three_steps):
    trail(session, three_steps.id)[1].person_id = cast.people["head_a"]
    session.commit()
    assert not is_unbroken(trail(session, three_steps.id))


@pytest.mark.parametrize("number", [1, 2])
def test_a_step_taken_out_shows(session, three_steps, number):
    session.delete(trail(session, three_steps.id)[number - 1])
    session.commit()
    assert not is_unbroken(trail(session, three_steps.id))


def test_two_steps_exchanged_show(session, three_steps):
    first, second, third = trail(session, three_steps.id)
    assert not is_unbroken([second, first, third])


def test_a_trail_of_nothing_is_broken():
    assert not is_unbroken([])


def test_no_two_steps_have_the_same_number(session, three_steps):
    one = session.exec(select(HazardEvent).where(HazardEvent.number == 1)).one()
    session.add(
        HazardEvent(
            hazard_id=one.hazard_id,
            number=2,
            step="closed",
            person_id=one.person_id,
            at=LATER,
            hash="x",
        )
    )
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()
