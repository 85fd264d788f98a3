"""The row is the fold of its trail, whatever is done to it; a trail that was touched is found."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import delete

from firegrid_app.cli.trails import verify
from firegrid_app.database import transaction
from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.rules.trail import Standing, Told, after, chain_hash, fold, read, written
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import HazardEvent
from firegrid_app.hazards.trail import Broken, broken_trails, faults, trail
from firegrid_app.refusals import Refused
from firegrid_app.texts import catalogue
from tests.cast import NAMES
from tests.factories import NOW, report

LATER = NOW + timedelta(hours=1)


def whole(session):
    return [one for one in broken_trails(session) if isinstance(one, Broken)] == []


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_moves_is_refused_in_words_or_leaves_the_row_as_its_trail_says(
    session, cast, seed
):
    """Everybody tries everything, in an order of chance, sixty times."""
    chance = random.Random(seed)
    made = report(session, cast.actor("member_a"), fixed_on_spot=seed % 6 == 5)
    taken = 0
    for number in range(60):
        who, step = chance.choice(NAMES), chance.choice(list(Step))
        at = NOW + timedelta(minutes=number)
        refused = ""
        try:
            move(session, cast.actor(who), made.id, step, chance.choice(["", "说明"]), at)
        except Refused as one:
            refused = one.code
        if not refused:
            taken += 1
        else:
            assert catalogue("zh_CN")[f"refusals.{refused}"]
            assert not session.dirty, "what is refused leaves nothing half done"
        assert faults(made, trail(session, made.id)) == ()
    assert made.steps == len(trail(session, made.id)) == taken + (2 if seed % 6 == 5 else 1)


@given(st.lists(st.tuples(st.sampled_from(list(Step)), st.integers(1, 3)), max_size=12))
def test_folding_is_taking_one_step_after_the_other(steps):
    told = [Told(step, person, NOW, {}) for step, person in steps]
    standing = Standing()
    for one in told:
        standing = standing and after(standing, one)
    assert fold(told) == standing


@given(st.dictionaries(st.sampled_from(["owner_id", "steps", "status", "x"]), st.integers(0, 9)))
def test_a_step_sets_only_what_a_step_may_set(facts):
    told = Told(Step.COMMENTED, 1, NOW, facts)
    standing = after(Standing(status=Status.OPEN, steps=1), told)
    assert (standing is None) is bool(set(facts) - {"owner_id"})


def test_facts_are_written_one_way_and_read_back():
    facts = {"severity": "general", "owner_id": None, "due_on": NOW.date()}
    assert written(dict(reversed(facts.items()))) == written(facts)
    assert read(written(facts)) == facts | {"due_on": "2026-11-23"}
    assert (written({}), read("")) == ("", {})
    assert set(read("no json")) == set(read("[1]")) == {"?"}


def test_a_comment_changes_neither_deadline_nor_owner_and_needs_words(session, cast):
    made = report(session, cast.actor("member_a"))
    before = (made.due_on, made.owner_id, made.status)
    move(session, cast.actor("member_a"), made.id, Step.COMMENTED, "业主说周五清", LATER)
    assert (made.due_on, made.owner_id, made.status) == before
    with pytest.raises(Refused, match=r"^hazards\.say_why$"):
        move(session, cast.actor("member_a"), made.id, Step.COMMENTED, "  ", LATER)
    with pytest.raises(Refused, match=r"^access\.outside_grid$"):
        move(session, cast.actor("member_b"), made.id, Step.COMMENTED, "邻格", LATER)


def test_a_comment_between_does_not_let_one_person_do_both(session, cast):
    made = report(session, cast.actor("member_a"))
    move(session, cast.actor("head_a"), made.id, Step.CORRECTED, "", LATER)
    move(session, cast.actor("member_a"), made.id, Step.COMMENTED, "看到了", LATER)
    with pytest.raises(Refused, match=r"^hazards\.second_person$"):
        move(session, cast.actor("head_a"), made.id, Step.CLOSED, "", LATER)


def test_the_finder_may_comment_on_what_became_of_it_without_seeing_the_grid(session, cast):
    made = report(session, cast.actor("leader_a"))
    assert move(session, cast.actor("leader_a"), made.id, Step.COMMENTED, "还在", LATER).steps == 2


@pytest.fixture
def closed(session, cast):
    made = report(session, cast.actor("member_a"))
    move(session, cast.actor("member_a"), made.id, Step.CORRECTED, "已清", LATER)
    move(session, cast.actor("head_a"), made.id, Step.CLOSED, "", LATER)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "open"}, ("status",)),
        ({"severity": "minor"}, ("severity",)),
        ({"due_on": NOW.date() + timedelta(days=90)}, ("due_on",)),
        ({"owner_id": None}, ("owner_id",)),
        ({"closed_at": None}, ("closed_at",)),
        ({"steps": 2}, ("steps",)),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_row_changed_behind_its_trail_shows(session, closed, change, why):
    for name, value in change.items():
        setattr(closed, name, value)
    session.commit()
    assert faults(closed, trail(session, closed.id)) == why


def test_the_last_step_taken_out_shows_though_the_chain_holds(session, closed):
    session.execute(delete(HazardEvent).where(HazardEvent.number == 3))
    session.commit()
    assert faults(closed, trail(session, closed.id)) == ("status", "closed_at", "steps")


def test_a_trail_from_before_steps_carried_facts_still_holds(session, cast, closed):
    """Its hashes have no facts in them; what it does not tell is not held against the row."""
    previous = ""
    for event in trail(session, closed.id):
        event.facts = ""
        event.hash = previous = chain_hash(
            previous,
            hazard_id=str(event.hazard_id),
            number=event.number,
            step=event.step,
            person_id=event.person_id,
            at=event.at,
            note=event.note,
        )
    session.commit()
    assert whole(session)
    closed.status = "open"
    session.commit()
    assert faults(closed, trail(session, closed.id)) == ("status",)


def test_the_command_names_what_is_broken_and_says_so_to_whoever_runs_it(cast, capsys):
    with transaction() as session:
        made = [report(session, cast.actor("member_a")) for _ in range(3)]
        ids = [one.id for one in made]
    said = []
    assert verify(said.append)
    assert said == ["✓ 3 条隐患的流程记录全部完整 / All 3 trails are whole."]
    with transaction() as session:
        session.execute(
            sa.update(HazardEvent).where(HazardEvent.hazard_id == ids[1]).values(note="改过")
        )
    said.clear()
    assert not verify(said.append)
    assert said[0] == f"✗ {ids[1]}: chain"
    assert said[1].startswith("✗ 3 条隐患中有 1 条")
