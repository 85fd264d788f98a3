"""Every route, asked by everybody for every grid: the answer is what the table of rights says.

The table itself is checked in access/test_rights_table.py. A new route fails here until it has its
line.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from firegrid_app.access.rules import Action, Actor
from firegrid_app.api import make_api
from firegrid_app.boards import api as boards
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.photos import store
from firegrid_app.photos.tables import Photo
from tests.cast import NAMES, PASSWORD, Cast
from tests.factories import NOW, batch, hazard_body, item, shout_body
from tests.house.test_openapi import routes
from tests.photos.pictures import clean_jpeg

STRANGER = "stranger"
EVERYBODY = (*NAMES, STRANGER)
ALL_GRIDS = ("county", "street", "other_street", "community", "other_community", "a", "b", "c")
SMALL_GRIDS = ("a", "b", "c")
MAKER = {"a": "member_a", "b": "member_b", "c": "other_secretary"}
"""Who took the photo and reported the hazard in each small grid."""

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Asking:
    """One question to one route."""

    client: TestClient
    cast: Cast
    who: str
    grid: str
    photos: dict[str, str]

    @property
    def code(self) -> str:
        return self.cast.codes[self.grid]

    def get(self, path: str) -> int:
        return self.client.get(path).status_code

    def hand_in(self, kind: str, body: dict) -> int:
        """200 when the item is created, else the status its refusal stands for."""
        who = self.who if self.who in NAMES else "resident"
        answer = self.client.post("/api/sync", json=batch(item(self.cast, who, kind, body)))
        if answer.status_code != 200:
            return answer.status_code
        (result,) = answer.json()["results"]
        if result["status"] == "created":
            return 200
        return {"access.outside_grid": 403, "hazards.grading_reserved": 403}[result["code"]]

    def pack_has(self, inside: Callable[[dict], bool]) -> int:
        answer = self.client.get("/api/pack")
        if answer.status_code != 200:
            return answer.status_code
        return 200 if inside(answer.json()) else 403


Right = Callable[[Actor, str, str], bool | int]
"""From the actor, the grid's path and its key: allowed (200), not (403), or the status itself."""


@dataclass(frozen=True)
class Line:
    """A line of the matrix."""

    method: str
    path: str
    what: str
    ask: Callable[[Asking], int]
    right: Right | int
    """A number: the same for everybody, logged in or not."""
    grids: tuple[str, ...] = ALL_GRIDS


def may(*actions: Action) -> Right:
    return lambda actor, path, _: any(actor.may(action, path) for action in actions)


def everybody_logged_in(actor: Actor, path: str, grid: str) -> bool:
    return True


def door_in(asking: Asking) -> dict:
    return {"door": asking.cast.doors[f"{asking.grid}1"], "outcome": "met"}


def care_of(asking: Asking) -> Callable[[dict], bool]:
    return lambda pack: any(
        door["care_mark"] for door in pack["doors"] if door["grid"] == asking.code
    )


def maker_or(action: Action | None, otherwise: int) -> Right:
    def right(actor: Actor, path: str, grid: str) -> bool | int:
        if actor.person_id == IDS[MAKER[grid]] or (action and actor.may(action, path)):
            return True
        return otherwise

    return right


IDS: dict[str, int] = {}
GET, PUT, POST, DELETE = "GET", "PUT", "POST", "DELETE"
ONE = ("a",)
LINES = (
    Line(GET, "/api/ping", "", lambda q: q.get("/api/ping"), 200, ONE),
    Line(GET, "/api/me", "", lambda q: q.get("/api/me"), everybody_logged_in, ONE),
    Line(GET, "/api/sessions", "", lambda q: q.get("/api/sessions"), everybody_logged_in, ONE),
    Line(
        DELETE,
        "/api/sessions/{session_id}",
        "of member_b",
        lambda q: (
            q.client.delete(f"/api/sessions/{q.cast.actor('member_b').session_id}").status_code
        ),
        lambda actor, *_: 204 if actor.name == "何芳" else 404,
        ONE,
    ),
    Line(
        POST,
        "/api/session",
        "with the wrong password",
        lambda q: (
            q.client.post(
                "/api/session",
                json={"phone": q.cast.phones.get(q.who, "13899999999"), "password": PASSWORD + "x"},
            ).status_code
        ),
        401,
        ONE,
    ),
    Line(
        DELETE, "/api/session", "", lambda q: q.client.delete("/api/session").status_code, 204, ONE
    ),
    Line(
        POST,
        "/api/invitation/look",
        "made up",
        lambda q: q.client.post("/api/invitation/look", json={"token": "x"}).status_code,
        410,
        ONE,
    ),
    Line(
        POST,
        "/api/invitation/accept",
        "made up",
        lambda q: (
            q.client.post(
                "/api/invitation/accept", json={"token": "x", "password": PASSWORD}
            ).status_code
        ),
        410,
        ONE,
    ),
    Line(
        POST,
        "/api/sync",
        "patrol.start",
        lambda q: q.hand_in("patrol.start", {"grid": q.code}),
        may(Action.RECORD),
    ),
    Line(
        POST,
        "/api/sync",
        "shout.log",
        lambda q: q.hand_in("shout.log", shout_body(grid=q.code)),
        may(Action.RECORD),
    ),
    Line(
        POST,
        "/api/sync",
        "visit.log",
        lambda q: q.hand_in("visit.log", door_in(q)),
        may(Action.RECORD),
        SMALL_GRIDS,
    ),
    Line(
        POST,
        "/api/sync",
        "hazard.report",
        lambda q: q.hand_in("hazard.report", hazard_body(grid=q.code)),
        may(Action.REPORT_HAZARD),
    ),
    Line(
        POST,
        "/api/sync",
        "hazard.report major",
        lambda q: q.hand_in("hazard.report", hazard_body(grid=q.code, severity="major")),
        may(Action.GRADE_MAJOR),
    ),
    Line(
        GET,
        "/api/pack",
        "the grid",
        lambda q: q.pack_has(lambda pack: q.code in {grid["code"] for grid in pack["grids"]}),
        may(Action.RECORD, Action.REPORT_HAZARD),
    ),
    Line(
        GET,
        "/api/pack",
        "doors",
        lambda q: q.pack_has(lambda pack: q.code in {door["grid"] for door in pack["doors"]}),
        may(Action.RECORD),
        SMALL_GRIDS,
    ),
    Line(
        GET,
        "/api/pack",
        "care marks",
        lambda q: q.pack_has(care_of(q)),
        lambda actor, path, _: all(actor.may(a, path) for a in (Action.RECORD, Action.SEE_CARE)),
        ("a", "b"),
    ),
    Line(
        GET,
        "/api/photos/{photo_id}/{size}",
        "",
        lambda q: q.get(f"/api/photos/{q.photos[q.grid]}/thumbnail"),
        maker_or(Action.SEE_GRID, 403),
        SMALL_GRIDS,
    ),
    Line(
        PUT,
        "/api/photos/{photo_id}",
        "",
        lambda q: q.client.put(f"/api/photos/{q.photos[q.grid]}", content=clean_jpeg()).status_code,
        maker_or(None, 404),
        SMALL_GRIDS,
    ),
    *(
        Line(
            GET,
            f"/api/map/{part}",
            "",
            lambda q, part=part: q.get(f"/api/map/{part}?grid={q.code}"),
            may(Action.SEE_GRID),
        )
        for part in ("frame", "grids", "today")
    ),
    Line(
        GET,
        "/api/map/code/{name}",
        "",
        lambda q: q.get("/api/map/code/nothing-of-ours"),
        404,
        ONE,
    ),
    Line(GET, "/g/{code}", "", lambda q: q.get(f"/g/{q.code}"), 200, SMALL_GRIDS),
    Line(
        GET,
        "/g/{code}/call/{contact}",
        "a posted number",
        lambda q: q.get(f"/g/{q.code}/call/{q.photos['contact']}"),
        200,
        ONE,
    ),
)


@pytest.fixture
def photos(cast):
    """A kept photo in each small grid, and a posted number."""
    data = clean_jpeg()
    digest = hashlib.sha256(data).hexdigest()
    store.keep(digest, "thumbnail", data)
    made = {}
    with transaction() as session:
        for grid, maker in MAKER.items():
            photo = Photo(
                id=uuid4(),
                record_kind="hazard",
                record_id=uuid4(),
                grid_id=cast.grids[grid],
                person_id=cast.people[maker],
                sha256=digest,
                kept_sha256=digest,
                taken_at=NOW,
                stored_at=NOW,
            )
            session.add(photo)
            made[grid] = str(photo.id)
        contact = session.exec(select(PublicContact).where(PublicContact.publish_phone)).first()
        made["contact"] = str(contact.id)
    return made


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
