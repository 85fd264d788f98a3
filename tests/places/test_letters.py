"""A responsibility letter signed at the premises: in the file, for a year, for who may open it."""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.tables import Patrol
from firegrid_app.photos.tables import Photo
from firegrid_app.places import filing
from firegrid_app.places.cards import PlaceAsk
from firegrid_app.places.letter_words import FOLDER, editions
from firegrid_app.places.one import place_file
from firegrid_app.places.rules import EXPIRES_SOON, GOOD_FOR, PARTIES
from firegrid_app.places.service import places_of
from firegrid_app.places.tables import Place, PlacePaper, SignedLetter
from firegrid_app.places.views import places_view
from firegrid_app.sync.kinds.places import LetterSigned
from firegrid_app.texts import LANGUAGES
from tests.cast import A
from tests.factories import NOW, announced, item, send, statuses
from tests.photos.pictures import clean_jpeg
from tests.sync.walks import count, letter_body

TODAY = date(2026, 11, 23)
PHONE = Path(__file__).parents[2] / "firegrid_app/phone/places"


def signed(cast, who="member_a", at=NOW, **changes):
    return item(
        cast, who, "letter.signed", letter_body(cast, **changes), captured_at=at.isoformat()
    )


def file_of(session, cast, who="head_a", now=NOW):
    session.rollback()
    return place_file(session, cast.actor(who), cast.places["a"], now)


def test_it_is_in_the_file_with_its_words_its_days_and_its_picture(door, cast, session):
    picture = clean_jpeg()
    one = signed(cast, signed_by=" 石 珍强 ", language="ko", photos=[announced(picture)])
    member = door("member_a")
    assert statuses(member, one) == ["created"]
    assert statuses(member, one) == ["already"]
    photo = one["body"]["photos"][0]["id"]
    (before,) = file_of(session, cast).papers
    assert before.photos == (), "its picture is still on the phone"
    assert member.put(f"/api/photos/{photo}", content=picture).status_code == 200
    (paper,) = file_of(session, cast).papers
    assert (paper.kind, paper.party, paper.signed_by) == ("letter", "operator", "石 珍强")
    assert (paper.signed_on, paper.expires_on) == ("2026-11-23", "2027-11-23")
    assert (paper.letter, paper.photos) == (one["id"], (photo,))
    assert paper.words == editions()[1]["ko"]
    row = session.get(SignedLetter, UUID(one["id"]))
    assert (row.grid_id, row.person_id) == (cast.grids["a"], cast.people["member_a"])


def test_it_counts_from_the_day_it_was_signed_not_from_when_it_came(door, cast, session):
    late = signed(cast, at=NOW - timedelta(days=40))
    assert statuses(door("member_a"), late) == ["created"]
    (paper,) = file_of(session, cast).papers
    assert (paper.signed_on, paper.expires_on) == ("2026-10-14", "2027-10-14")


def test_two_phones_may_have_it_signed_and_the_later_end_counts(door, cast, session):
    early = signed(cast, at=NOW - timedelta(days=2))
    assert statuses(door("member_a"), signed(cast), early) == ["created", "created"]
    assert len(file_of(session, cast).papers) == 2
    (card,) = places_of(session, [session.get(Grid, cast.grids["a"])], TODAY)
    assert card.letter_until == "2027-11-23"


def test_a_phone_knows_until_when_and_the_list_of_those_without_is_shorter(door, cast, session):
    def without():
        session.rollback()
        ask = PlaceAsk(which="no_letter")
        return [row.name for row in places_view(session, cast.actor("secretary"), ask, NOW).rows]

    assert "A记旅馆" in without()
    assert statuses(door("member_a"), signed(cast)) == ["created"]
    assert "A记旅馆" not in without()
    places = door("member_a").get("/api/pack").json()["places"]
    assert [one["letter_until"] for one in places] == ["2027-11-23"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_a", 200),
        ("secretary", 200),
        ("officer", 200),
        ("member_a", 200),
        ("member_b", 403),
        ("other_secretary", 403),
        ("resident", 403),
    ],
)
def test_its_picture_is_for_who_may_open_the_file(door, cast, who, status):
    address = with_its_picture(door, cast)
    assert door(who).get(f"{address}/thumbnail").status_code == status
    assert door(who).get(f"{address}/screen").status_code == status


def with_its_picture(door, cast):
    picture = clean_jpeg()
    one = signed(cast, photos=[announced(picture)])
    photo = one["body"]["photos"][0]["id"]
    send(door("member_a"), one)
    door("member_a").put(f"/api/photos/{photo}", content=picture)
    return f"/api/photos/of/letter/{one['id']}/{photo}"


def test_its_picture_has_no_other_way_and_goes_with_the_file(door, cast, session, make_client):
    address = with_its_picture(door, cast)
    letter, photo = address.split("/")[-2:]
    for who in ("member_a", "head_a", "administrator"):
        assert door(who).get(f"/api/photos/{photo}/screen").status_code == 404
    assert door("secretary").get(f"/api/photos/{photo}/public").status_code == 404
    assert door("head_a").post(f"/api/photos/of/letter/{letter}", content=b"x").status_code == 422
    with make_client(None) as stranger:
        assert stranger.get(f"{address}/screen").status_code == 401
    # The premises go to the next grid, and with them who sees what was signed there.
    with transaction() as moving:
        moving.get(Place, cast.places["a"]).grid_id = cast.grids["b"]
    assert door("member_a").get(f"{address}/screen").status_code == 403
    assert door("member_b").get(f"{address}/screen").status_code == 200
    with transaction() as moving:
        moving.get(Place, cast.places["a"]).grid_id = cast.grids["a"]
        paper = moving.exec(select(PlacePaper)).one()
        filing.take_out_paper(moving, cast.actor("head_a"), paper.id, NOW)
    assert door("head_a").get(f"{address}/screen").status_code == 404


@pytest.mark.parametrize(
    ("who", "changes", "code"),
    [
        ("member_b", {}, "access.outside_grid"),
        ("officer", {}, "access.outside_grid"),
        ("member_a", {"place": 999_999}, "places.unknown"),
        ("member_a", {"signed_by": " \u200b "}, "places.bad_paper"),
        ("member_a", {"edition": 999}, "sync.unknown_version"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(door, cast, session, who, changes, code):
    (answer,) = send(door(who), signed(cast, who, **changes))
    assert answer["code"] == code
    assert [count(session, table) for table in (PlacePaper, SignedLetter, Photo)] == [0, 0, 0]


@pytest.mark.parametrize("changes", [{"photos": []}, {"party": "nobody"}, {"signed_by": ""}])
def test_a_letter_nobody_signed_is_no_letter(door, cast, session, changes):
    (answer,) = send(door("member_a"), signed(cast, **changes))
    assert answer["status"] == "rejected"
    assert count(session, SignedLetter) == 0


def test_a_picture_of_another_record_is_none_of_this_one(door, cast, session):
    photo = announced(clean_jpeg(), uuid4())
    first, second = signed(cast, photos=[photo]), signed(cast, photos=[photo])
    assert statuses(door("member_a"), first, second) == ["created", "refused"]
    assert count(session, SignedLetter) == 1


def test_it_moves_the_end_of_the_walk_it_was_signed_on(door, cast, session):
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    later = NOW + timedelta(minutes=7)
    statuses(door("member_a"), start, signed(cast, at=later, patrol=start["id"]))
    session.rollback()
    assert session.exec(select(Patrol)).one().last_record_at == later


def test_every_edition_is_whole_in_every_language():
    for words in editions().values():
        assert set(words) == set(LANGUAGES)
        assert len({len(lines) for lines in words.values()}) == 1


def test_an_edition_never_changes():
    """Somebody signed it: other words are another edition, in a file of its own."""
    shipped = {"1": "9705ca88a5947779"}
    assert {
        file.stem: hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for file in FOLDER.glob("*.json")
    } == shipped


def test_phone_and_server_have_the_same_terms_and_parties():
    letters = (PHONE / "letters.js").read_text(encoding="utf-8")
    days = dict(re.findall(r"export const (\w+_DAYS) = (\d+);", letters))
    assert days == {"GOOD_DAYS": str(GOOD_FOR.days), "SOON_DAYS": str(EXPIRES_SOON.days)}
    form = (PHONE / "letter.jsx").read_text(encoding="utf-8")
    (listed,) = re.findall(r"const PARTIES = \[(.*)\];", form)
    assert sorted(re.findall(r'"(\w+)"', listed)) == sorted(PARTIES)
    assert set(LetterSigned.model_fields["party"].annotation.__args__) == set(PARTIES)
