"""The lines of the access matrix: a question to a route, and what the table of rights answers."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.testclient import TestClient

from firegrid_app.access.rules import Action, Actor
from tests.cast import NAMES, PASSWORD, Cast
from tests.factories import batch, hazard_body, item, shout_body
from tests.photos.pictures import clean_jpeg

STRANGER = "stranger"
EVERYBODY = (*NAMES, STRANGER)
ALL_GRIDS = ("county", "street", "other_street", "community", "other_community", "a", "b", "c")
SMALL_GRIDS = ("a", "b", "c")
MAKER = {"a": "member_a", "b": "member_b", "c": "other_secretary"}
"""Who took the photo and reported the hazard in each small grid."""


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
