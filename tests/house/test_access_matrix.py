"""Every route, asked by everybody for every grid: the answer is what the table of rights says.

The table itself is checked in access/test_rights_table.py. A new route fails here until it has its
line.
"""

import hashlib
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from firegrid_app.api import make_api
from firegrid_app.boards import api as boards
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.photos import store
from firegrid_app.photos.tables import OF_A_SHOUT, PICTURE, SOUND, Photo
from firegrid_app.sync.tables import ReceivedItem
from tests.cast import Cast
from tests.factories import NOW, report
from tests.house.matrix import EVERYBODY, IDS, LINES, MAKER, STRANGER, Asking, Line
from tests.house.test_openapi import routes
from tests.meetings.days import held
from tests.photos.pictures import clean_jpeg

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def photos(cast):
    """A kept photo and a recording in each small grid, a posted number, a record of member_a."""
    data = clean_jpeg()
    digest = hashlib.sha256(data).hexdigest()
    store.keep(digest, {"original": data, "thumbnail": data, store.SOUND: data})
    made = {}
    with transaction() as session:
        for grid, maker in MAKER.items():
            for name, kind in ((grid, PICTURE), (f"voice {grid}", SOUND)):
                photo = Photo(
                    id=uuid4(),
                    record_kind="hazard" if kind == PICTURE else OF_A_SHOUT,
                    record_id=uuid4(),
                    kind=kind,
                    grid_id=cast.grids[grid],
                    person_id=cast.people[maker],
                    sha256=digest,
                    kept_sha256=digest,
                    taken_at=NOW,
                    stored_at=NOW,
                )
                session.add(photo)
                made[name] = str(photo.id)
            hazard = report(session, cast.actor(maker), grid_code=cast.codes[grid])
            made[f"hazard {grid}"] = str(hazard.id)
        contact = session.exec(select(PublicContact).where(PublicContact.publish_phone)).first()
        made["contact"] = str(contact.id)
        received = ReceivedItem(
            id=uuid4(),
            person_id=cast.people["member_a"],
            session_id=cast.actor("member_a").session_id,
            kind="visit.log",
            version=1,
            body_hash="0" * 64,
            body={"door": cast.doors["a1"], "outcome": "met"},
            captured_at=NOW,
            sent_at=NOW,
            received_at=NOW,
        )
        session.add(received)
        made["received"] = str(received.id)
        made["meeting"] = str(_meeting(session, cast))
        made["of meeting"] = str(_photo_of(session, cast, made["meeting"], digest))
    return made


def _meeting(session, cast):
    """A meeting of the community that was held; only its secretary was asked."""
    meeting = held(
        session,
        cast.actor("secretary"),
        [cast.people["secretary"]],
        grid_code=cast.codes["community"],
        kind="grid_regular",
        roles=("community_secretary",),
    )
    return meeting.id


def _photo_of(session, cast, meeting, digest):
    photo = Photo(
        id=uuid4(),
        record_kind="meeting",
        record_id=UUID(meeting),
        grid_id=cast.grids["community"],
        person_id=cast.people["secretary"],
        sha256=digest,
        kept_sha256=digest,
        taken_at=NOW,
        stored_at=NOW,
    )
    session.add(photo)
    return photo.id


def expected(line: Line, cast: Cast, who: str, grid: str) -> int:
    if isinstance(line.right, int):
        return line.right
    if who in (STRANGER, "switched_off"):
        return 401 if who == STRANGER else 403
    verdict = line.right(cast.actor(who), cast.paths[grid], grid)
    return {True: 200, False: 403}[verdict] if isinstance(verdict, bool) else verdict


@pytest.mark.parametrize("line", LINES, ids=lambda one: f"{one.method} {one.path} {one.what}")
def test_everybody_gets_what_the_table_says(cast, photos, make_client, line):
    IDS.update(cast.people)
    found, wanted = {}, {}
    for who in EVERYBODY:
        with make_client(cast.tokens.get(who)) as client:
            for grid in line.grids:
                boards.NUMBERS.forget()
                asking = Asking(client, cast, who, grid, photos)
                found[who, grid] = line.ask(asking)
                wanted[who, grid] = expected(line, cast, who, grid)
    boards.NUMBERS.forget()
    wrong = {key: (found[key], wanted[key]) for key in found if found[key] != wanted[key]}
    assert wrong == {}, "found, wanted"


def test_every_route_has_its_line(database):
    asked = {(line.method, line.path) for line in LINES}
    there = {(method, route.path) for route in routes(make_api()) for method in route.methods}
    assert there == asked
