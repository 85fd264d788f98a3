"""Photos of meetings and drills: added by who writes the account, seen by who may read it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.meetings.minutes import confirm
from firegrid_app.meetings.service import meeting_card
from firegrid_app.meetings.tables import Meeting
from firegrid_app.photos import attached, store
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.tables import Photo
from firegrid_app.training.drill_view import drill_card
from firegrid_app.training.drills import drop_drill
from tests.factories import NOW
from tests.meetings.days import held, items_of, planned
from tests.photos.pictures import SECRETS, camera_jpeg, clean_jpeg
from tests.training.days import drill

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def meeting(cast):
    """The street's, held; the other community's secretary was asked and did not come."""
    with transaction() as session:
        return str(held(session, cast.actor("officer"), [cast.people["officer"]]).id)


@pytest.fixture
def fire_drill(cast):
    """The community's, of today."""
    with transaction() as session:
        return str(drill(session, cast.actor("secretary")).id)


def add(client, record, data=None, kind="meeting"):
    return client.post(f"/api/photos/of/{kind}/{record}", content=data or clean_jpeg())


def see(client, record, photo, size="screen", kind="meeting"):
    return client.get(f"/api/photos/of/{kind}/{record}/{photo}/{size}")


def test_a_camera_photo_is_kept_bare_and_shown_in_two_sizes(cast, door, meeting, session):
    made = add(door("officer"), meeting, camera_jpeg(6))
    assert made.status_code == 201
    photo = made.json()["id"]
    for size in ("screen", "thumbnail"):
        looked = see(door("officer"), meeting, photo, size)
        assert (looked.status_code, looked.headers["content-type"]) == (200, "image/jpeg")
        assert "private" in looked.headers["cache-control"]
        assert not any(secret in looked.content for secret in SECRETS)
    row = session.get(Photo, UUID(photo))
    assert (row.record_kind, str(row.record_id)) == ("meeting", meeting)
    assert (row.lat, row.lon, row.person_id) == (None, None, cast.people["officer"])
    assert store.fetch(row.kept_sha256, "original")
    card = meeting_card(session, cast.actor("officer"), UUID(meeting), NOW)
    assert card.photos == (photo,)
    actions = session.exec(select(AuditEntry.action, AuditEntry.subject)).all()
    assert ("attach_photo", f"meeting:{meeting}") in actions


@pytest.mark.parametrize(
    ("who", "adds", "sees"),
    [
        ("officer", 201, 200),
        ("administrator", 201, 200),
        ("secretary", 403, 200),
        ("other_secretary", 403, 200),
        ("department", 403, 200),
        ("other_officer", 403, 403),
        ("head_a", 403, 403),
        ("member_a", 403, 403),
        ("member_b", 403, 403),
        ("resident", 403, 403),
    ],
)
def test_of_a_meeting_who_was_asked_sees_and_who_leads_adds(door, meeting, who, adds, sees):
    photo = add(door("officer"), meeting).json()["id"]
    assert add(door(who), meeting).status_code == adds
    assert see(door(who), meeting, photo).status_code == sees


def test_a_photo_has_no_way_but_by_its_own_record(cast, door, meeting, fire_drill, make_client):
    photo = add(door("officer"), meeting).json()["id"]
    client = door("officer")
    assert client.get(f"/api/photos/{photo}/screen").status_code == 404
    assert see(client, fire_drill, photo, kind="drill").status_code == 404
    assert see(client, meeting, uuid4()).status_code == 404
    assert see(client, uuid4(), photo).status_code == 404
    assert client.get(f"/api/photos/of/hazard/{meeting}/{photo}/screen").status_code == 422
    with make_client(None) as stranger:
        assert see(stranger, meeting, photo).status_code == 401
        assert add(stranger, meeting).status_code == 401


def test_not_before_it_was_held_and_not_after_it_is_confirmed(cast, door):
    with transaction() as session:
        early = str(planned(session, cast.actor("officer")).id)
    assert add(door("officer"), early).json()["code"] == "meetings.not_held"
    with transaction() as session:
        late = held(session, cast.actor("secretary"), [cast.people["secretary"]],
                    grid_code="500118003001", kind="grid_regular",
                    roles=("community_secretary",)).id  # fmt: skip
    photo = add(door("secretary"), late).json()["id"]
    with transaction() as session:
        meeting = session.get(Meeting, late)
        items_of(session, meeting)[0].minutes = "已通报"
        session.flush()
        confirm(session, cast.actor("secretary"), late, NOW)
    assert add(door("secretary"), late).json()["code"] == "meetings.confirmed"
    out = door("secretary").delete(f"/api/photos/of/meeting/{late}/{photo}")
    assert out.json()["code"] == "meetings.confirmed"
    assert see(door("secretary"), late, photo).status_code == 200


def test_taken_out_it_is_gone_for_everybody(cast, door, meeting, session):
    photo = add(door("officer"), meeting).json()["id"]
    address = f"/api/photos/of/meeting/{meeting}/{photo}"
    assert door("secretary").delete(address).status_code == 403
    assert door("officer").delete(address).status_code == 204
    assert door("officer").delete(address).status_code == 404
    assert see(door("officer"), meeting, photo).status_code == 404
    assert session.exec(select(Photo)).all() == []


def test_so_many_and_no_more_and_only_pictures(door, meeting, monkeypatch, session):
    monkeypatch.setattr(attached, "MOST", 2)
    client = door("officer")
    for data in (b"MZ no picture", b"%!PS-Adobe-3.0 EPSF", b""):
        answer = client.post(f"/api/photos/of/meeting/{meeting}", content=data)
        assert (answer.status_code, answer.json()["code"]) == (422, "photos.not_a_photo")
    assert add(client, meeting, b"\0" * (MOST_BYTES + 1)).json()["code"] == "photos.too_large"
    assert [add(client, meeting).status_code for _ in range(3)] == [201, 201, 409]
    answer = add(client, meeting)
    assert (answer.json()["code"], "2" in answer.json()["message"]) == ("photos.too_many", True)
    assert len(session.exec(select(Photo)).all()) == 2


def test_a_drill_has_them_from_its_day_on_and_loses_them_with_itself(cast, door, fire_drill):
    photo = add(door("secretary"), fire_drill, kind="drill").json()["id"]
    with transaction() as other:
        card = drill_card(other, cast.actor("secretary"), UUID(fire_drill), NOW)
    assert (card.photos, card.may_attach) == ((photo,), True)
    for who, adds, sees in (
        ("officer", 201, 200),
        ("other_secretary", 403, 403),
        ("head_a", 403, 403),
        ("member_b", 403, 403),
    ):
        assert add(door(who), fire_drill, kind="drill").status_code == adds, who
        assert see(door(who), fire_drill, photo, kind="drill").status_code == sees, who
    with transaction() as other:
        later = drill(other, cast.actor("secretary"), day=TOMORROW.date(), place="后天的楼")
        later_id = str(later.id)
    answer = add(door("secretary"), later_id, kind="drill")
    assert answer.json()["code"] == "training.not_yet"
    with transaction() as other:
        drop_drill(other, cast.actor("secretary"), UUID(fire_drill), NOW)
    with reading() as other:
        assert other.exec(select(Photo)).all() == []


def test_the_minutes_show_them(door, meeting):
    photo = add(door("officer"), meeting).json()["id"]
    page = door("secretary").get(f"/meetings/{meeting}/print")
    assert f"/api/photos/of/meeting/{meeting}/{photo}/screen" in page.text
