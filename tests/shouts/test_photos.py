"""Photos of a shout, where somebody wanted some: whose they are, who sees them, where."""

import pytest
from sqlmodel import Session, select

from firegrid_app.database import reading
from firegrid_app.grids.tables import Grid
from firegrid_app.photos.tables import OF_A_SHOUT, Photo
from firegrid_app.shouts.service import shouts_of_day
from firegrid_app.shouts.tables import Shout
from tests.cast import B
from tests.factories import NOW, announced, item, send, shout_body, statuses
from tests.photos.pictures import clean_jpeg


def shout(cast, *photos, who="member_a", **body):
    said = shout_body(photos=list(photos), **body)
    return item(cast, who, "shout.log", said, version=4)


def cards(session: Session, cast, grid="a"):
    """What the desk's panel of a grid is made of."""
    session.rollback()
    return shouts_of_day(session, session.get_one(Grid, cast.grids[grid]), NOW.date())


@pytest.fixture
def pictured(door, cast):
    """A shout of grid a with a photo that has come: id of the photo."""
    picture = clean_jpeg()
    one = announced(picture)
    member = door("member_a")
    assert statuses(member, shout(cast, one)) == ["created"]
    assert member.put(f"/api/photos/{one['id']}", content=picture).status_code == 200
    return one["id"]


def test_a_photo_belongs_to_its_shout_and_stands_with_it_once_it_has_come(door, cast, session):
    picture = clean_jpeg()
    made = shout(cast, announced(picture))
    member = door("member_a")
    assert statuses(member, made) == ["created"]
    photo = session.exec(select(Photo)).one()
    assert (photo.record_kind, str(photo.record_id)) == (OF_A_SHOUT, made["id"])
    assert (photo.purpose, photo.grid_id) == ("scene", cast.grids["a"])
    assert [card.photos for card in cards(session, cast)] == [()]
    assert member.put(f"/api/photos/{photo.id}", content=picture).status_code == 200
    assert [card.photos for card in cards(session, cast)] == [(str(photo.id),)]


def test_nobody_has_to_take_one(door, cast, session):
    assert statuses(door("member_a"), shout(cast)) == ["created"]
    assert [card.photos for card in cards(session, cast)] == [()]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("member_a", 200),
        ("head_a", 200),
        ("secretary", 200),
        ("officer", 200),
        ("member_b", 403),
        ("other_secretary", 403),
        ("resident", 403),
    ],
)
@pytest.mark.parametrize("size", ["thumbnail", "screen"])
def test_it_is_seen_by_who_sees_the_grid(door, pictured, who, status, size):
    assert door(who).get(f"/api/photos/{pictured}/{size}").status_code == status


def test_three_are_taken_four_are_not(door, cast):
    pictures = [announced(clean_jpeg()) for _ in range(4)]
    client = door("member_a")
    (answer,) = send(client, shout(cast, *pictures))
    assert (answer["status"], list(answer["fields"])) == ("rejected", ["photos"])
    assert statuses(client, shout(cast, *pictures[:3])) == ["created"]


def test_one_photo_named_twice_is_rejected(door, cast):
    one = announced(clean_jpeg())
    (answer,) = send(door("member_a"), shout(cast, one, one))
    assert (answer["status"], answer["fields"]) == ("rejected", {"item": "photo_twice"})


def test_a_photo_of_another_record_is_refused_and_no_shout_is_kept(door, cast, pictured):
    taken = announced(clean_jpeg(), pictured)
    (answer,) = send(door("member_a"), shout(cast, taken))
    assert (answer["status"], answer["code"]) == ("refused", "photos.other_bytes")
    with reading() as session:
        assert len(session.exec(select(Shout)).all()) == 1


def test_who_does_not_work_in_the_grid_leaves_neither_shout_nor_photo(door, cast, session):
    (answer,) = send(door("member_a"), shout(cast, announced(clean_jpeg()), grid=B))
    assert (answer["status"], answer["code"]) == ("refused", "access.outside_grid")
    assert session.exec(select(Shout)).all() == []
    assert session.exec(select(Photo)).all() == []
