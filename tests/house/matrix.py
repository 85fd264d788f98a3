"""The lines of the access matrix: a question to a route, and what the table of rights answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from starlette.testclient import TestClient

from firegrid_app import clock
from firegrid_app.access.keys import own_key, signature_of
from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.campaigns.managing import make_campaign
from firegrid_app.clock import local_day
from firegrid_app.database import transaction
from firegrid_app.settings import settings
from tests.cast import NAMES, PASSWORD, SIDE, SOUTH, WEST, Cast, tag_of
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


def try_a_split(asking: Asking) -> int:
    """Along the middle of the grid, from outside to outside."""
    middle = WEST + (SMALL_GRIDS.index(asking.grid) + 0.5) * SIDE
    wanted = {
        "kind": "split",
        "code": asking.code,
        "line": [[middle, SOUTH - 1], [middle, SOUTH + 1]],
        "new_code": "NEW",
        "new_name": "新网格",
    }
    return asking.client.post("/api/grids/changes", json=wanted).status_code


def hand_over(asking: Asking, signed: bool = True) -> int:
    """A shout of the grid's own member, from a file."""
    text = json.dumps(
        item(asking.cast, MAKER[asking.grid], "shout.log", shout_body(grid=asking.code))
    )
    with transaction() as session:
        key = own_key(session, asking.cast.actor(MAKER[asking.grid]), clock.now())
    signature = signature_of(key, text) if signed else ""
    return asking.client.post(
        "/api/handover", json={"item": text, "signature": signature}
    ).status_code


def campaign_in(asking: Asking) -> int:
    """A campaign of this grid, begun by the administrator."""
    today = local_day(clock.now(), settings().zone)
    with transaction() as session:
        campaign = make_campaign(
            session,
            asking.cast.actor("administrator"),
            grid_code=asking.code,
            name="三清三关",
            purpose="",
            starts_on=today,
            ends_on=today,
            areas=(),
            done=(),
            now=clock.now(),
        )
        return campaign.id or 0


def maker_or(action: Action | None, otherwise: int) -> Right:
    def right(actor: Actor, path: str, grid: str) -> bool | int:
        if actor.person_id == IDS[MAKER[grid]] or (action and actor.may(action, path)):
            return True
        return otherwise

    return right


def keeps_faces(actor: Actor, path: str, _: str) -> bool:
    """Of a member: who decides what is posted there, and may fill such a post."""
    return actor.may(Action.APPROVE_POSTING, path) and actor.may_invite(Role.GRID_MEMBER, path)


IDS: dict[str, int] = {}
GET, PUT, PATCH, POST, DELETE = "GET", "PUT", "PATCH", "POST", "DELETE"
ONE = ("a",)
MADE_UP = {"Authorization": "Bearer made-up"}
LINES = (
    Line(GET, "/api/ping", "", lambda q: q.get("/api/ping"), 200, ONE),
    Line(GET, "/api/me", "", lambda q: q.get("/api/me"), everybody_logged_in, ONE),
    Line(GET, "/api/key", "", lambda q: q.get("/api/key"), everybody_logged_in, ONE),
    Line(
        GET,
        "/api/messages/choice",
        "",
        lambda q: q.get("/api/messages/choice"),
        everybody_logged_in,
        ONE,
    ),
    Line(
        PUT,
        "/api/messages/choice",
        "",
        lambda q: (
            q.client.put("/api/messages/choice", json={"digest": False, "channel": ""}).status_code
        ),
        everybody_logged_in,
        ONE,
    ),
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
        "/api/sync/{item_id}",
        "of member_a",
        lambda q: q.get(f"/api/sync/{q.photos['received']}"),
        lambda actor, *_: True if actor.person_id == IDS["member_a"] else 404,
        ONE,
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
        GET,
        "/api/photos/{photo_id}",
        "",
        lambda q: q.get(f"/api/photos/{q.photos[q.grid]}"),
        maker_or(None, 404),
        SMALL_GRIDS,
    ),
    Line(
        PATCH,
        "/api/photos/{photo_id}",
        "",
        lambda q: (
            q.client.patch(f"/api/photos/{q.photos[q.grid]}?start=0&of=9", content=b"x").status_code
        ),
        maker_or(None, 404),
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
    Line(POST, "/api/handover", "signed", hand_over, may(Action.TAKE_IN), SMALL_GRIDS),
    Line(
        POST,
        "/api/handover",
        "not signed",
        lambda q: hand_over(q, signed=False),
        lambda actor, *_: 422 if actor.scopes(Action.TAKE_IN) else False,
        SMALL_GRIDS,
    ),
    Line(
        PUT,
        "/api/handover/photos/{photo_id}",
        "",
        lambda q: (
            q.client.put(
                f"/api/handover/photos/{q.photos[q.grid]}", content=clean_jpeg()
            ).status_code
        ),
        may(Action.TAKE_IN),
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
        for part in ("frame", "grids", "today", "places")
    ),
    Line(
        POST,
        "/api/grids/changes",
        "a split, tried",
        lambda q: try_a_split(q),
        may(Action.MANAGE_GRIDS),
        SMALL_GRIDS,
    ),
    *(
        Line(
            GET,
            f"/api/grids/{{code}}/{part}",
            "",
            lambda q, part=part: q.get(f"/api/grids/{q.code}/{part}"),
            may(Action.MANAGE_GRIDS),
        )
        for part in ("changes", "neighbours")
    ),
    Line(
        GET,
        "/api/grids/at",
        "",
        lambda q: q.get("/api/grids/at?lat=29.351&lon=105.901"),
        everybody_logged_in,
        ONE,
    ),
    Line(
        DELETE,
        "/api/grids/changes/{change_id}",
        "one that is not there",
        lambda q: q.client.delete("/api/grids/changes/999").status_code,
        lambda actor, path, grid: 404,
        ONE,
    ),
    Line(
        GET,
        "/api/map/draw",
        "",
        lambda q: q.get(f"/api/map/draw?grid={q.code}"),
        may(Action.MANAGE_GRIDS),
    ),
    Line(
        GET,
        "/api/map/code/{name}",
        "",
        lambda q: q.get("/api/map/code/nothing-of-ours"),
        404,
        ONE,
    ),
    Line(
        GET,
        "/hazards/{hazard_id}/paper",
        "of a hazard in the grid",
        lambda q: q.get(f"/hazards/{q.photos['hazard ' + q.grid]}/paper"),
        may(Action.CLOSE_HAZARD),
        SMALL_GRIDS,
    ),
    Line(
        GET,
        "/points/{code}/print",
        "",
        lambda q: q.get(f"/points/{q.code}/print"),
        may(Action.MANAGE_POINTS),
        ("community", "a", "b", "c"),
    ),
    Line(
        GET,
        "/posting/{kind}/{code}",
        # 404: there is no such paper, which only who posts there is told.
        "of no kind",
        lambda q: q.get(f"/posting/nothing/{q.code}"),
        lambda actor, path, _: 404 if actor.may(Action.POST_UP, path) else False,
    ),
    Line(GET, "/b/{tag}", "made up", lambda q: q.get("/b/2222222222"), 200, ONE),
    Line(
        GET,
        "/posting/face/{person_id}",
        "of member_a",
        lambda q: q.get(f"/posting/face/{q.cast.people['member_a']}"),
        keeps_faces,
        ONE,
    ),
    Line(
        POST,
        "/posting/face/{person_id}",
        "of member_a",
        lambda q: (
            q.client.post(
                f"/posting/face/{q.cast.people['member_a']}", files={"photo": clean_jpeg()}
            ).status_code
        ),
        keeps_faces,
        ONE,
    ),
    Line(
        GET,
        "/p/{tag}",
        "the notice",
        lambda q: q.get(f"/p/{tag_of(q.grid + '1')}?notice=1"),
        200,
        SMALL_GRIDS,
    ),
    Line(GET, "/quiz", "", lambda q: q.get("/quiz"), 200, ONE),
    Line(GET, "/g/{code}", "", lambda q: q.get(f"/g/{q.code}"), 200, SMALL_GRIDS),
    Line(
        GET,
        "/g/{code}/call/{contact}",
        "a posted number",
        lambda q: q.get(f"/g/{q.code}/call/{q.photos['contact']}"),
        200,
        ONE,
    ),
    Line(GET, "/g/{code}/report", "", lambda q: q.get(f"/g/{q.code}/report"), 200, SMALL_GRIDS),
    Line(
        POST,
        "/g/{code}/report",
        "by whoever",
        lambda q: (
            q.client.post(
                f"/g/{q.code}/report",
                files=[("category", (None, "")), ("where_words", (None, q.who))],
            ).status_code
        ),
        422,
        ONE,
    ),
    Line(GET, "/find", "", lambda q: q.get("/find"), 200, ONE),
    Line(
        POST,
        "/find",
        "",
        lambda q: (
            q.client.post("/find", data={"lat": "29", "lon": "105", "accuracy": "9"}).status_code
        ),
        200,
        ONE,
    ),
    Line(GET, "/r", "", lambda q: q.get("/r"), 200, ONE),
    Line(
        POST,
        "/r",
        "guessed",
        lambda q: q.client.post("/r", data={"number": "1", "code": "2"}).status_code,
        404,
        ONE,
    ),
    Line(
        GET,
        "/r/{number}/{code}",
        "guessed",
        lambda q: q.get("/r/12345678/0000000000000000"),
        404,
        ONE,
    ),
    Line(
        POST,
        "/r/{number}/{code}",
        "guessed",
        lambda q: (
            q.client.post("/r/12345678/0000000000000000", data={"answer": "gone"}).status_code
        ),
        404,
        ONE,
    ),
    Line(
        GET,
        "/g/{code}/face/{contact}",
        "of whom no photo is shown",
        lambda q: q.get(f"/g/{q.code}/face/{q.photos['contact']}"),
        404,
        ONE,
    ),
    Line(GET, "/api/calendar", "", lambda q: q.get("/api/calendar"), everybody_logged_in, ONE),
    Line(
        POST,
        "/api/calendar",
        "",
        lambda q: q.client.post("/api/calendar").status_code,
        everybody_logged_in,
        ONE,
    ),
    Line(
        DELETE,
        "/api/calendar",
        "",
        lambda q: q.client.delete("/api/calendar").status_code,
        lambda *_: 204,
        ONE,
    ),
    Line(
        POST,
        "/api/alerts",
        "with a made-up token",
        lambda q: q.client.post("/api/alerts", json={}, headers=MADE_UP).status_code,
        401,
        ONE,
    ),
    Line(
        GET,
        "/api/calendar/{token}.ics",
        "guessed",
        lambda q: q.get("/api/calendar/guessed.ics"),
        404,
        ONE,
    ),
    Line(
        GET,
        "/rota/{code}/print",
        "",
        # 404: there is no list, which only who keeps it is told.
        lambda q: q.get(f"/rota/{q.code}/print?month=2026-12"),
        lambda actor, path, _: 404 if actor.may(Action.SET_ROTA, path) else False,
    ),
    Line(
        GET,
        "/api/rota/shifts/{shift_id}/choices",
        "made up",
        lambda q: q.get("/api/rota/shifts/999/choices"),
        lambda *_: 404,
        ONE,
    ),
    Line(
        POST,
        "/api/rota/swaps",
        "of no shift",
        lambda q: q.client.post("/api/rota/swaps", json={"shift": 999}).status_code,
        lambda *_: 404,
        ONE,
    ),
    Line(
        POST,
        "/api/rota/swaps/{swap_id}/answer",
        "of no swap",
        lambda q: q.client.post("/api/rota/swaps/999/answer", json={"yes": True}).status_code,
        lambda *_: 404,
        ONE,
    ),
    Line(
        DELETE,
        "/api/rota/swaps/{swap_id}",
        "of no swap",
        lambda q: q.client.delete("/api/rota/swaps/999").status_code,
        lambda *_: 404,
        ONE,
    ),
    Line(
        GET,
        "/meetings/{meeting_id}/print",
        "of the community",
        lambda q: q.get(f"/meetings/{q.photos['meeting']}/print"),
        may(Action.SEE_GRID),
        ("community",),
    ),
    *(
        Line(
            GET,
            "/meetings/{code}/{what}.{kind}",
            what,
            lambda q, what=what: q.get(f"/meetings/{q.code}/{what}"),
            may(Action.HOLD_MEETINGS),
        )
        for what in ("meetings.csv", "decisions.xlsx")
    ),
    Line(
        POST,
        "/api/import/{kind}",
        "a duty list",
        lambda q: (
            q.client.post(f"/api/import/rota?grid={q.code}", content="日期,时间,姓名\n").status_code
        ),
        may(Action.SET_ROTA),
    ),
    Line(
        POST,
        "/api/import/{kind}",
        "equipment",
        lambda q: (
            q.client.post(
                f"/api/import/equipment?grid={q.code}", content="种类,网格编码\n"
            ).status_code
        ),
        may(Action.KEEP_PLACES),
    ),
    Line(
        POST,
        "/api/import/{kind}",
        "the calendar",
        lambda q: q.client.post("/api/import/calendar", content="日期,类型\n").status_code,
        lambda actor, *_: actor.may(Action.SET_DUTIES, "500118/"),
        ONE,
    ),
    *(
        Line(
            GET,
            "/training/{code}/{what}.{kind}",
            what,
            lambda q, what=what: q.get(f"/training/{q.code}/{what}"),
            may(Action.KEEP_TRAINING if what.startswith("certificates") else Action.HOLD_MEETINGS),
        )
        for what in ("courses.csv", "certificates.xlsx", "drills.csv")
    ),
    Line(
        GET,
        "/places/{code}/list.{kind}",
        "premises",
        lambda q: q.get(f"/places/{q.code}/list.csv"),
        may(Action.KEEP_PLACES),
    ),
    *(
        Line(
            GET,
            "/campaigns/{campaign}/{what}.{kind}",
            what,
            lambda q, what=what: q.get(f"/campaigns/{campaign_in(q)}/{what}"),
            may(Action.KEEP_DOORS),
        )
        for what in ("progress.csv", "answers.xlsx")
    ),
)
