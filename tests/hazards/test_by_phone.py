"""What a phone hands in about a hazard: once, at its own moment, refused where the desk would."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardMove
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.patrols.days import minutes_by_grid
from firegrid_app.photos.tables import Photo
from tests.cast import A
from tests.factories import NOW, announced, hazard_body, item, report, send, statuses
from tests.photos.pictures import clean_jpeg


@pytest.fixture
def hazard(cast) -> str:
    """Reported by the member of grid a, on the head's list."""
    with transaction() as session:
        return str(report(session, cast.actor("member_a"), NOW - timedelta(hours=3)).id)


def moved(cast, who, hazard, step, /, **changes):
    body = {"hazard": hazard, "step": step} | changes
    return item(cast, who, "hazard.move", body)


def events():
    with reading() as session:
        found = session.exec(select(HazardEvent).order_by(HazardEvent.number)).all()
        return [(one.step, one.note, one.at) for one in found]


def test_put_right_on_the_spot_with_a_photo_from_after(cast, door, hazard):
    one = moved(
        cast,
        "member_a",
        hazard,
        "corrected",
        note=" 已清 ",
        photos=[announced(clean_jpeg(), purpose="after")],
    ) | {"captured_at": (NOW - timedelta(hours=1)).isoformat()}
    assert statuses(door("member_a"), one) == ["created"]
    assert statuses(door("member_a"), one) == ["already"]
    assert events()[-1] == ("corrected", "已清", NOW - timedelta(hours=1))
    with reading() as session:
        kept = session.exec(select(HazardMove)).one()
        assert (str(kept.hazard_id), kept.number, kept.lat) == (hazard, 2, 29.351)
        photo = session.exec(select(Photo)).one()
        assert (str(photo.record_id), photo.purpose) == (hazard, "after")
        row = session.get(Hazard, kept.hazard_id)
        assert faults(row, trail(session, row.id)) == ()


def test_reported_and_seen_to_without_network_both_arrive_in_one_go(cast, door):
    found = item(cast, "member_a", "hazard.report", hazard_body())
    later = [
        moved(cast, "member_a", found["id"], step, note="说明")
        for step in ("commented", "urged", "skipped", "corrected")
    ]
    assert statuses(door("member_a"), found, *later) == ["created"] * 5
    assert [step for step, *_ in events()][1:] == ["commented", "urged", "skipped", "corrected"]


def test_the_photo_that_closing_waits_for_can_be_sent_after_the_desk_noted_it(cast, door):
    with transaction() as session:
        made = report(session, cast.actor("member_a"), severity="suspected_major")
        move(session, cast.actor("head_a"), made.id, Step.CORRECTED, "已清", NOW)
        hazard = str(made.id)
    photo = announced(clean_jpeg(), purpose="after")
    word = moved(cast, "member_a", hazard, "commented", note="补拍整改后照片", photos=[photo])
    assert statuses(door("member_a"), word) == ["created"]
    with transaction() as session:
        kept = session.exec(select(Photo)).one()
        assert (str(kept.record_id), kept.purpose) == (hazard, "after")
        kept.stored_at = NOW
        session.flush()
        move(session, cast.actor("secretary"), kept.record_id, Step.CLOSED, "", NOW)
        assert session.get(Hazard, kept.record_id).status == "closed"


def test_two_who_put_it_right_are_both_kept(cast, door, hazard):
    first = moved(cast, "member_a", hazard, "corrected", note="我清了")
    photo = announced(clean_jpeg(), purpose="after")
    second = moved(cast, "head_a", hazard, "corrected", note="我也清了", photos=[photo])
    assert statuses(door("member_a"), first) == ["created"]
    assert statuses(door("head_a"), second) == ["created"]
    assert [event[:2] for event in events()[1:]] == [
        ("corrected", "我清了"),
        ("commented", "我也清了"),
    ]
    with reading() as session:
        row = session.exec(select(Hazard)).one()
        assert faults(row, trail(session, row.id)) == ()
        assert session.exec(select(Photo)).one().record_id == row.id


def test_a_clock_set_back_puts_nothing_right_before_it_was_found(cast, door, hazard):
    one = moved(cast, "member_a", hazard, "corrected")
    one["captured_at"] = (NOW - timedelta(hours=9)).isoformat()
    assert statuses(door("member_a"), one) == ["created"]
    assert events()[-1][2] == events()[0][2]


def test_who_has_it_passes_it_up_from_the_phone(cast, door, hazard):
    one = moved(cast, "head_a", hazard, "stepped_up", note="要断电，社区来办")
    assert statuses(door("head_a"), one) == ["created"]
    assert events()[-1][:2] == ("stepped_up", "要断电，社区来办")


def test_closed_meanwhile_it_is_refused_and_leaves_nothing(cast, door, hazard):
    one = moved(
        cast, "member_a", hazard, "corrected", photos=[announced(clean_jpeg(), purpose="after")]
    )
    with transaction() as session:
        row = session.exec(select(Hazard)).one()
        move(session, cast.actor("head_a"), row.id, Step.CORRECTED, "", NOW)
        move(session, cast.actor("secretary"), row.id, Step.CLOSED, "", NOW)
    (answer,) = send(door("member_a"), one)
    assert (answer["status"], answer["code"]) == ("refused", "hazards.already_closed")
    with reading() as session:
        assert session.exec(select(Photo)).all() == session.exec(select(HazardMove)).all() == []


@pytest.mark.parametrize(
    ("who", "step", "changes", "code"),
    [
        ("member_b", "corrected", {}, "access.outside_grid"),
        ("other_secretary", "commented", {"note": "x"}, "access.outside_grid"),
        ("resident", "skipped", {}, "access.outside_grid"),
        ("department", "corrected", {}, "access.outside_grid"),
        ("member_a", "commented", {"note": "  "}, "hazards.say_why"),
        ("head_a", "urged", {}, "hazards.yours"),
        ("head_a", "answered", {"note": "x"}, "hazards.nothing_to_answer"),
        ("member_a", "corrected", {"hazard": "0" * 32}, "hazards.unknown"),
    ],
)
def test_what_the_desk_would_refuse_is_refused_in_words(
    cast, door, hazard, who, step, changes, code
):
    (answer,) = send(door(who), moved(cast, who, hazard, step, **changes))
    assert (answer["status"], answer["code"]) == ("refused", code)
    assert answer["message"]
    assert len(events()) == 1


@pytest.mark.parametrize("step", ["closed", "reopened", "assigned", "reminded", "reported", ""])
def test_a_phone_takes_no_step_that_is_the_desks_or_the_houses(cast, door, hazard, step):
    (answer,) = send(door("head_a"), moved(cast, "head_a", hazard, step))
    assert (answer["status"], answer["code"]) == ("rejected", "sync.malformed")


def test_nine_photos_are_taken_and_no_tenth(cast, door):
    photos = [announced(clean_jpeg()) for _ in range(10)]
    nine, ten = (
        item(cast, "member_a", "hazard.report", hazard_body(photos=photos[:most]))
        for most in (9, 10)
    )
    (refused,) = send(door("member_a"), ten)
    assert (refused["status"], "photos" in str(refused)) == ("rejected", True)
    assert statuses(door("member_a"), nine) == ["created"]
    with reading() as session:
        assert len(session.exec(select(Photo)).all()) == 9


def test_one_photo_twice_is_rejected(cast, door, hazard):
    photo = announced(clean_jpeg())
    (answer,) = send(
        door("member_a"), moved(cast, "member_a", hazard, "corrected", photos=[photo, photo])
    )
    assert answer["fields"] == {"item": "photo_twice"}


def test_an_urge_is_of_the_day_it_was_pressed(cast, door):
    with transaction() as session:
        hazard = str(report(session, cast.actor("member_a"), NOW - timedelta(days=2)).id)
    yesterday = (NOW - timedelta(days=1)).isoformat()
    first = moved(cast, "member_a", hazard, "urged") | {"captured_at": yesterday}
    assert statuses(door("member_a"), first, moved(cast, "member_a", hazard, "urged")) == [
        "created",
        "created",
    ]
    (answer,) = send(door("member_a"), moved(cast, "member_a", hazard, "urged"))
    assert answer["code"] == "hazards.urged_today"


def test_seeing_to_a_hazard_on_a_walk_is_a_sign_of_life(cast, door, hazard):
    start = item(cast, "member_a", "patrol.start", {"grid": A}) | {
        "captured_at": (NOW - timedelta(minutes=50)).isoformat()
    }
    one = moved(cast, "member_a", hazard, "commented", note="还在", patrol=start["id"])
    assert statuses(door("member_a"), start, one) == ["created", "created"]
    with reading() as session:
        assert minutes_by_grid(session, [cast.grids["a"]], NOW.date()) == {cast.grids["a"]: 50}
