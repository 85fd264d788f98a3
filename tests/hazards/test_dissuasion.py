"""Talks on the spot (劝导制止, YC-47): in codes, in the trail, told of where nobody listened."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.clock import local_day
from firegrid_app.database import reading, transaction
from firegrid_app.hazards.rules.dissuasion import OUTCOMES, SAID, TO, Dissuasion, kept, read
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.rules.trail import read as facts_of
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardNotice
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.hazards.views import hazard_detail
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import LANGUAGES, catalogue
from tests.factories import NOW, hazard_body, item, report, statuses

TALK = {"said": ["stop", "danger"], "to": "occupant", "outcome": "promised"}


def found(cast, door, who="member_a", /, **changes):
    one = item(cast, who, "hazard.report", hazard_body(**changes), version=2)
    return one, door(who).post("/api/sync", json={"sent_at": NOW.isoformat(), "items": [one]})


def steps():
    with reading() as session:
        rows = session.exec(select(HazardEvent).order_by(HazardEvent.number)).all()
        return [(one.step, read_fact(one)) for one in rows]


def read_fact(event):
    return read(facts_of(event.facts).get("dissuasion"))


def told_of_it():
    with reading() as session:
        rows = session.exec(select(HazardNotice).where(HazardNotice.why == "not_heeded"))
        return {one.person_id for one in rows}


def test_a_report_says_who_was_talked_to_and_the_trail_keeps_it_whole(cast, door):
    talk = TALK | {"by": "2026-11-26", "warned": True, "moved": 3}
    _, answer = found(cast, door, dissuasion=talk)
    assert answer.json()["results"][0]["status"] == "created"
    assert steps() == [
        ("reported", None),
        (
            "dissuaded",
            Dissuasion(("danger", "stop"), "occupant", "promised", date(2026, 11, 26), True, 3),
        ),
    ]
    with reading() as session:
        row = session.exec(select(Hazard)).one()
        assert row.status == "open"
        assert faults(row, trail(session, row.id)) == ()
    assert told_of_it() == set()


def test_stopped_and_fixed_on_the_spot_is_one_record_of_three_steps(cast, door):
    found(cast, door, dissuasion=TALK | {"outcome": "stopped"}, fixed_on_spot=True)
    assert [step for step, _ in steps()] == ["reported", "dissuaded", "fixed_on_spot"]
    with reading() as session:
        row = session.exec(select(Hazard)).one()
        assert (row.status, row.look_on) == ("closed", None)
        assert faults(row, trail(session, row.id)) == ()


def test_who_will_not_listen_is_heard_of_by_owner_and_community(cast, door):
    found(cast, door, dissuasion=TALK | {"outcome": "refused"})
    assert cast.people["head_a"] in told_of_it(), "whoever has it"
    assert cast.people["secretary"] in told_of_it()
    assert cast.people["member_a"] not in told_of_it(), "who said it knows"


def test_a_report_of_the_first_version_has_no_talk_and_is_taken_as_ever(cast, door):
    one = item(cast, "member_a", "hazard.report", hazard_body())
    assert statuses(door("member_a"), one) == ["created"]
    assert [step for step, _ in steps()] == ["reported"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"said": ["sing"]},
        {"to": "mayor"},
        {"outcome": "maybe"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_codes_nobody_knows_are_refused_in_words_and_nothing_is_written(cast, door, wrong):
    _, answer = found(cast, door, dissuasion=TALK | wrong)
    (result,) = answer.json()["results"]
    assert (result["status"], result["code"]) == ("refused", "hazards.unknown_dissuasion")
    assert steps() == []


@pytest.mark.parametrize(
    "wrong",
    [{"said": []}, {"moved": -1}, {"moved": 100_001}, {"by": "someday"}, {"said": "stop"}],
    ids=str,
)
def test_what_no_form_makes_is_rejected_by_its_field(cast, door, wrong):
    _, answer = found(cast, door, dissuasion=TALK | wrong)
    (result,) = answer.json()["results"]
    assert result["status"] == "rejected"
    assert any(field.startswith("dissuasion") for field in result["fields"])


@pytest.fixture
def hazard(cast) -> str:
    with transaction() as session:
        return str(report(session, cast.actor("member_a"), NOW - timedelta(hours=3)).id)


def talked(cast, who, hazard, /, **changes):
    body = {"hazard": hazard, "step": "dissuaded", "note": "", "dissuasion": TALK} | changes
    return item(cast, who, "hazard.move", body, version=2)


def test_a_talk_about_a_known_hazard_is_a_step_that_moves_nothing(cast, door, hazard):
    with reading() as session:
        before = session.exec(select(Hazard)).one()
        stood = (before.status, before.owner_id, before.due_on)
    assert statuses(door("member_a"), talked(cast, "member_a", hazard, note="说了两遍")) == [
        "created"
    ]
    with reading() as session:
        row = session.exec(select(Hazard)).one()
        assert (row.status, row.owner_id, row.due_on) == stood
        events = trail(session, row.id)
        assert (events[-1].step, events[-1].note) == ("dissuaded", "说了两遍")
        assert faults(row, events) == ()
        card = hazard_detail(session, cast.actor("head_a"), row.id, NOW)
        assert card.trail[-1].dissuasion.said == ("danger", "stop")
        assert card.trail[0].dissuasion.outcome == ""
        assert "dissuaded" not in card.steps, "a desk talks to nobody on the spot"


def test_the_neighbouring_grids_member_talks_to_nobody_here(cast, door, hazard):
    client = door("member_b")
    (answer,) = client.post(
        "/api/sync",
        json={"sent_at": NOW.isoformat(), "items": [talked(cast, "member_b", hazard)]},
    ).json()["results"]
    assert (answer["status"], answer["code"]) == ("refused", "access.outside_grid")


@pytest.mark.parametrize(
    "wrong",
    [{"dissuasion": None}, {"step": "commented", "note": "x"}],
    ids=["a talk without words", "words with another step"],
)
def test_the_talk_and_its_step_go_together(cast, door, hazard, wrong):
    assert statuses(door("member_a"), talked(cast, "member_a", hazard, **wrong)) == ["rejected"]


def test_a_closed_hazard_takes_no_more_talks(cast, door, hazard):
    with transaction() as session:
        row = session.exec(select(Hazard)).one()
        move(session, cast.actor("member_a"), row.id, Step.CORRECTED, "", NOW)
        move(session, cast.actor("head_a"), row.id, Step.CLOSED, "", NOW)
    assert statuses(door("member_a"), talked(cast, "member_a", hazard)) == ["refused"]


def test_no_desk_can_take_the_step_without_words(session, cast):
    made = report(session, cast.actor("member_a"))
    with pytest.raises(Refused, match=r"^hazards\.already_closed$"):
        move(session, cast.actor("head_a"), made.id, Step.DISSUADED, "x", NOW)


def test_what_the_trail_keeps_is_read_as_it_was_said():
    one = Dissuasion(("how", "danger"), "owner", "promised", local_day(NOW, settings().zone))
    assert read(kept(one)) == Dissuasion(("danger", "how"), "owner", "promised", one.by)
    assert read(None) is read("x") is read({"said": ["stop"]}) is None


def test_every_code_has_its_words():
    for language in LANGUAGES:
        texts = catalogue(language)
        for group, codes in (("said", SAID), ("to", TO), ("outcome", OUTCOMES)):
            assert all(texts[f"dissuasion.{group}.{code}"] for code in codes)
