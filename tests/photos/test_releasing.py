"""Photos the public may see: by a person's decision, faces and plates covered, taken back."""

import io
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.views import hazard_detail
from firegrid_app.photos import store
from firegrid_app.photos.apart import cover_apart
from firegrid_app.photos.orphans import look_through
from firegrid_app.photos.processing import covered, process
from firegrid_app.photos.releasing import public_file, public_photos
from firegrid_app.photos.rules import MOST_BOXES, is_box, read, written
from firegrid_app.photos.tables import Photo, PhotoRelease
from firegrid_app.refusals import Refused
from firegrid_app.residents import api as doors
from firegrid_app.residents.moderating import join
from firegrid_app.routes import follow
from tests.factories import NOW, announced, hazard_body, item, send
from tests.photos.pictures import TURNS, UPRIGHT, camera_jpeg, clean_jpeg, corners_of, saved
from tests.photos.test_handing_in import hand_in
from tests.photos.test_orphans import LATER, files
from tests.residents.sending import keep

FACE = [250, 250, 500, 500]


def checks(size=(800, 600)):
    """A picture of fine squares: whatever is left of them shows."""
    image = Image.new("L", size)
    image.putdata([255 * ((x // 4 + y // 4) % 2) for y in range(size[1]) for x in range(size[0])])
    return image.convert("RGB")


def spread(image, box):
    """How far apart the darkest and the lightest part of an area are."""
    darkest, lightest = image.crop(box).convert("L").getextrema()
    return lightest - darkest


@pytest.fixture
def photo(door, cast):
    """Of member_a's hazard in grid a, kept."""
    data = saved(checks())
    one = announced(data)
    (answer,) = send(
        door("member_a"), item(cast, "member_a", "hazard.report", hazard_body(photos=[one]))
    )
    assert answer["status"] == "created"
    assert hand_in(door("member_a"), one, data).json()["status"] == "created"
    return one["id"]


def publish(client, photo, *boxes):
    return client.put(f"/api/photos/{photo}/public", json={"boxes": [list(box) for box in boxes]})


def test_what_is_covered_keeps_no_detail_and_the_rest_stays():
    original = saved(checks(), quality=95)
    made = Image.open(io.BytesIO(covered(original, [tuple(FACE)])))
    assert made.size == (800, 600)
    assert spread(made, (210, 160, 590, 440)) < 40
    assert spread(made, (0, 0, 190, 140)) > 150
    assert spread(made, (610, 460, 800, 600)) > 150


@pytest.mark.parametrize("orientation", TURNS)
def test_what_is_covered_is_the_upright_picture_people_saw(orientation):
    """The rectangles are drawn on the screen size; the kept original may still want turning."""
    kept = process(camera_jpeg(orientation, (800, 600))).original
    made = covered(kept, [(0, 0, 400, 400)])
    assert Image.open(io.BytesIO(made)).size == (800, 600)
    assert not Image.open(io.BytesIO(made)).getexif()
    assert corners_of(made) == UPRIGHT
    squares = camera_jpeg(orientation, upright=checks())
    fine = Image.open(io.BytesIO(covered(process(squares).original, [tuple(FACE)])))
    assert spread(fine, (210, 160, 590, 440)) < 40
    assert spread(fine, (0, 0, 190, 140)) > 150


def test_the_process_apart_covers_alike_and_writes_no_strip():
    original = clean_jpeg((640, 480))
    assert cover_apart(original, [tuple(FACE)]) == covered(original, [tuple(FACE)])
    assert Image.open(io.BytesIO(covered(original, []))).size == (640, 480)


def test_bytes_that_are_no_picture_are_refused_apart():
    with pytest.raises(Refused, match=r"^photos\.not_a_photo$"):
        cover_apart(b"nothing", [])


@pytest.mark.parametrize(
    "box",
    [(-1, 0, 10, 10), (0, 0, 0, 10), (0, 0, 10, 4), (995, 0, 10, 10), (0, 0, 1001, 10)],
    ids=str,
)
def test_a_rectangle_out_of_the_picture_or_of_nothing_is_none(box):
    assert not is_box(box)
    assert is_box((0, 0, 1000, 1000))
    assert read(written([(1, 2, 30, 40)])) == ((1, 2, 30, 40),)


def test_until_somebody_decides_nobody_outside_sees_it(door, photo, session):
    row = session.exec(select(Photo)).one()
    assert public_photos(session, row.record_id) == []
    with pytest.raises(Refused, match=r"^photos\.unknown$"):
        public_file(session, row.record_id, row.id)
    said = door("secretary").get(f"/api/photos/{photo}/public").json()
    assert (said["shown"], said["boxes"], said["decided_at"]) == (False, [], "")


def test_published_it_is_a_covered_copy_and_the_original_stays(door, photo, session, cast):
    before = files()
    answer = publish(door("secretary"), photo, FACE)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["shown"], said["boxes"], said["decided_by"]) == (True, [FACE], "石珍")
    row = session.exec(select(Photo)).one()
    assert public_photos(session, row.record_id) == [(photo, "scene")]
    copy = store.fetch(public_file(session, row.record_id, row.id), "public")
    assert spread(Image.open(io.BytesIO(copy)), (210, 160, 590, 440)) < 40
    assert store.fetch(row.kept_sha256, "original") == saved(checks())
    assert set(before) < set(files())
    decision = session.exec(select(PhotoRelease)).one()
    assert decision.decided_by_id == cast.people["secretary"]
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "photo_published")).all()


def test_taken_back_it_is_gone_for_the_public_and_both_decisions_stay(door, photo, session):
    publish(door("secretary"), photo, FACE)
    said = door("secretary").delete(f"/api/photos/{photo}/public").json()
    assert (said["shown"], said["boxes"]) == (False, [])
    row = session.exec(select(Photo)).one()
    assert public_photos(session, row.record_id) == []
    assert len(session.exec(select(PhotoRelease)).all()) == 2
    assert publish(door("secretary"), photo).json()["shown"] is True, "no face on it after all"


@pytest.mark.parametrize("who", ["member_a", "head_a", "member_b", "other_secretary"])
def test_neither_the_neighbours_nor_the_field_publish(door, photo, who):
    for answer in (
        publish(door(who), photo, FACE),
        door(who).get(f"/api/photos/{photo}/public"),
        door(who).delete(f"/api/photos/{photo}/public"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


@pytest.mark.parametrize(
    ("boxes", "status"),
    [
        ([[0, 0, 2000, 10]], 422),
        ([[0, 0, 2, 2]], 422),
        ([[0, 0, 10, 10]] * (MOST_BOXES + 1), 422),
        ([[0, 0, 10]], 422),
        ("all", 422),
        ([[10**30, 0, 10, 10]], 422),
    ],
    ids=["too wide", "too small", "too many", "three sides", "words", "huge"],
)
def test_rectangles_that_make_no_sense_change_nothing(door, photo, session, boxes, status):
    answer = door("secretary").put(f"/api/photos/{photo}/public", json={"boxes": boxes})
    assert answer.status_code == status
    assert session.exec(select(PhotoRelease)).all() == []


def test_a_photo_that_is_not_there_is_unknown(door, photo):
    answer = publish(door("secretary"), uuid4(), FACE)
    assert (answer.status_code, answer.json()["code"]) == (404, "photos.unknown")


def test_no_sweep_takes_the_public_copy(door, photo):
    publish(door("secretary"), photo, FACE)
    found = look_through(clock.now() + LATER, remove=True)
    assert (found.files, found.orphans, found.foreign) == (4, 0, 0)


def test_only_who_moderates_there_is_offered_it(door, photo, cast):
    with reading() as session:
        row = session.exec(select(Hazard)).one()
        for who, offered in (("secretary", True), ("head_a", False)):
            assert hazard_detail(session, cast.actor(who), row.id, NOW).may_publish is offered


@pytest.fixture
def followed(cast, photo):
    """A resident's report that was joined to the hazard: its link."""
    doors.LOOKS.forget()
    with transaction() as session:
        report, sent = keep(session)
        hazard = session.exec(select(Hazard).where(Hazard.source == "")).one()
        join(session, cast.actor("secretary"), report.id, hazard.id, NOW)
        return follow(sent.number, sent.code)


def test_who_reported_sees_what_was_published_and_nothing_else(door, make_client, photo, followed):
    resident = make_client()
    address = f"{followed}/photo/{photo}"
    assert resident.get(address).status_code == 404
    assert photo not in resident.get(followed).text
    publish(door("secretary"), photo, FACE)
    page = resident.get(followed)
    assert f'src="{address}"' in page.text
    assert "现场照片" in page.text
    shown = resident.get(address)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.headers["cache-control"] == "private, no-store"
    assert spread(Image.open(io.BytesIO(shown.content)), (210, 160, 590, 440)) < 40
    door("secretary").delete(f"/api/photos/{photo}/public")
    assert resident.get(address).status_code == 404


def test_with_another_secret_or_for_another_hazard_there_is_no_picture(
    door, make_client, photo, followed, session
):
    publish(door("secretary"), photo, FACE)
    wrong = followed.rsplit("/", 1)[0] + "/0000000000000000"
    assert make_client().get(f"{wrong}/photo/{photo}").status_code == 404
    with pytest.raises(Refused, match=r"^photos\.unknown$"):
        public_file(session, uuid4(), UUID(photo))
