"""Questions answered by a photo: named in the answer, kept by the queue, seen by who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.campaigns import managing, service
from firegrid_app.campaigns.asking import questions_of
from firegrid_app.campaigns.listing import list_of
from firegrid_app.campaigns.rules import Question, questions_wrong
from firegrid_app.households.one_door import erase
from firegrid_app.photos.orphans import look_through
from firegrid_app.photos.tables import Photo
from firegrid_app.visits.tables import Visit
from tests.campaigns.test_campaigns import FINE, body, make
from tests.cast import A
from tests.factories import NOW, announced, item, send
from tests.photos.pictures import clean_jpeg


@pytest.fixture
def asking(session, cast):
    """A campaign that asks for a photo at the end; the campaign and the question's code."""
    campaign = make(session, cast)
    managing.add_question(
        session, cast.actor("secretary"), campaign.id, kind="photo", words="拍一张楼道",
        choices="", show_if="", required=False, now=NOW,
    )  # fmt: skip
    session.commit()
    return campaign, questions_of(session, campaign.id, campaign.edition)[-1].code


def knock(cast, asking, photos, named=None, **more):
    campaign, code = asking
    ids = [one["id"] for one in photos] if named is None else named
    given = body(cast, campaign, "a1", answers=FINE | {code: ids}, photos=photos, **more)
    return item(cast, "member_a", "visit.log", given, version=3)


def test_a_photo_answers_and_its_bytes_follow(door, cast, session, asking):
    data = clean_jpeg()
    photo = announced(data)
    (answer,) = send(door("member_a"), knock(cast, asking, [photo]))
    assert answer["status"] == "created"
    kept = door("member_a").put(f"/api/photos/{photo['id']}", content=data)
    assert kept.json()["status"] == "created"
    session.rollback()
    (row,) = session.exec(select(Photo)).all()
    (visit,) = session.exec(select(Visit)).all()
    assert (row.record_kind, row.record_id, row.grid_id) == ("visit", visit.id, cast.grids["a"])
    building = service.campaign_card(session, cast.actor("secretary"), asking[0].id, NOW)
    (of,) = [one.buildings[0].building for one in building.grids if one.grid == A]
    card = service.campaign_card(
        session, cast.actor("secretary"), asking[0].id, NOW, picture_of=f"{A}|{of}"
    )
    assert [(one.room, one.photos) for one in card.photos] == [("1单元 101", [photo["id"]])]
    headings = list_of(session, cast.actor("secretary"), asking[0].id, "answers", "zh_CN")[2]
    assert ["拍一张楼道", "已拍照", 1] in headings


def test_a_photo_from_behind_a_door_is_for_who_sees_to_the_door(door, cast, asking):
    data = clean_jpeg()
    photo = announced(data)
    send(door("member_a"), knock(cast, asking, [photo]))
    door("member_a").put(f"/api/photos/{photo['id']}", content=data)
    address = f"/api/photos/{photo['id']}/thumbnail"
    seen = {who: door(who).get(address).status_code for who in cast.people if who in cast.tokens}
    assert {who for who, status in seen.items() if status == 200} == {
        "member_a", "head_a", "secretary",
    }  # fmt: skip


@pytest.mark.parametrize("named", [[str(uuid4())], [], ["x"] * 2, "x", [1]])
def test_an_answer_that_names_a_photo_that_is_not_there_is_refused(
    door, cast, session, asking, named
):
    (answer,) = send(door("member_a"), knock(cast, asking, [announced(clean_jpeg())], named))
    assert answer["status"] in ("refused", "rejected")
    assert answer["code"] in ("campaigns.answer_outside", "sync.malformed")
    assert session.exec(select(Visit)).all() == []
    assert session.exec(select(Photo)).all() == []


def test_the_same_photo_twice_is_refused(door, cast, asking):
    photo = announced(clean_jpeg())
    (answer,) = send(door("member_a"), knock(cast, asking, [photo, photo], [photo["id"]]))
    assert (answer["status"], answer["code"]) == ("rejected", "sync.malformed")


def test_a_household_erased_takes_its_photos_along_and_the_knock_stays(door, cast, session, asking):
    data = clean_jpeg()
    photo, late = announced(data), announced(clean_jpeg((90, 60)))
    send(door("member_a"), knock(cast, asking, [photo, late]))
    door("member_a").put(f"/api/photos/{photo['id']}", content=data)
    session.rollback()
    erase(session, cast.actor("secretary"), cast.doors["a1"], NOW)
    session.commit()
    (visit,) = session.exec(select(Visit)).all()
    assert visit.answers == FINE
    assert session.exec(select(Photo)).all() == []
    again = door("member_a").put(f"/api/photos/{late['id']}", content=b"x")
    assert (again.status_code, again.json()["code"]) == (404, "photos.unknown")
    assert look_through(clock.now() + timedelta(days=2), remove=True).removed == 3


def test_no_more_photos_than_a_knock_can_carry():
    asked = tuple(Question(f"p{at}", "photo", {"zh_CN": "拍照"}) for at in range(4))
    assert questions_wrong(asked[:3]) is None
    assert questions_wrong(asked).code == "campaigns.too_many_photos"
