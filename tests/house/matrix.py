"""The lines of the access matrix: a question to a route, and what the table of rights answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlmodel import delete
from starlette.testclient import TestClient

from firegrid_app import clock
from firegrid_app.access.keys import own_key, signature_of
from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.campaigns.managing import make_campaign
from firegrid_app.clock import local_day
from firegrid_app.database import transaction
from firegrid_app.settings import settings
from firegrid_app.shouts import recordings
from firegrid_app.shouts.recordings import Spoken
from firegrid_app.shouts.tables import ShoutRecording
from tests.cast import NAMES, PASSWORD, SIDE, SOUTH, WEST, Cast, tag_of
from tests.factories import batch, hazard_body, item, shout_body
from tests.photos.pictures import clean_jpeg
from tests.shouts.sounds import hand_in, spoken

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


def made(answer: Any) -> int:
    """Created is a yes."""
    return 200 if answer.status_code == 201 else answer.status_code


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


def silent_again() -> None:
    """No recordings: there is room for three of a script."""
    with transaction() as session:
        session.execute(delete(ShoutRecording))


def speak_in(asking: Asking) -> int:
    """A script spoken for this grid by whoever asks."""
    silent_again()
    return hand_in(asking.client, spoken(), grid=asking.code).status_code


def recording_in(asking: Asking) -> str:
    """A script spoken for this grid by the administrator: where it is heard."""
    key = uuid4()
    given = Spoken(key, asking.code, "ebike", "")
    actor = asking.cast.actor("administrator")
    silent_again()
    with transaction() as session:
        recordings.name(session, actor, given, spoken(), clock.now())
    recordings.put_away(spoken())
    with transaction() as session:
        recordings.keep(session, actor, key, clock.now())
    return f"/api/recordings/{key}"


def hears(actor: Actor, path: str, _: str) -> bool:
    """Who speaks there, works there or above, or works below."""
    works = actor.scopes(Action.RECORD)
    return actor.may(Action.SPEAK, path) or any(
        one.startswith(path) or path.startswith(one) for one in works
    )


def around(*actions: Action) -> Right:
    """Allowed one of them there, above, or in a part of it."""
    return lambda actor, path, _: any(
        one.startswith(path) or path.startswith(one)
        for action in actions
        for one in actor.scopes(action)
    )


def no_leaflet(right: Right) -> Right:
    """Whoever may is told that there is none."""
    return lambda actor, path, grid: 404 if right(actor, path, grid) else False


IDS: dict[str, int] = {}
GET, PUT, PATCH, POST, DELETE = "GET", "PUT", "PATCH", "POST", "DELETE"
ONE = ("a",)
HERE = "500118/500118003/500118003001/"
"""The community of a and b."""
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
        POST,
        "/api/sync/aside",
        "one's own",
        lambda q: (
            q.client.post("/api/sync/aside", json={"ids": [q.photos["received"]]}).status_code
        ),
        lambda *_: True,
        ONE,
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
        "/api/photos/{photo_id}/sound",
        "",
        lambda q: q.get(f"/api/photos/{q.photos[f'voice {q.grid}']}/sound"),
        maker_or(Action.SEE_GRID, 403),
        SMALL_GRIDS,
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
        "/api/photos/{photo_id}/public",
        "",
        lambda q: q.get(f"/api/photos/{q.photos[q.grid]}/public"),
        may(Action.MODERATE),
        SMALL_GRIDS,
    ),
    Line(
        PUT,
        "/api/photos/{photo_id}/public",
        "",
        lambda q: (
            q.client.put(
                f"/api/photos/{q.photos[q.grid]}/public", json={"boxes": [[0, 0, 100, 100]]}
            ).status_code
        ),
        may(Action.MODERATE),
        SMALL_GRIDS,
    ),
    Line(
        DELETE,
        "/api/photos/{photo_id}/public",
        "",
        lambda q: q.client.delete(f"/api/photos/{q.photos[q.grid]}/public").status_code,
        may(Action.MODERATE),
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
    Line(
        GET,
        "/entries/{grid}.{kind}",
        "",
        lambda q: q.get(f"/entries/{q.code}.csv"),
        may(Action.SEE_GRID),
    ),
    Line(
        GET,
        "/api/recordings",
        "",
        lambda q: q.get(f"/api/recordings?grid={q.code}"),
        may(Action.SPEAK),
    ),
    Line(GET, "/api/recordings/{recording_id}", "", lambda q: q.get(recording_in(q)), hears),
    Line(
        PUT,
        "/api/recordings/{recording_id}",
        "",
        speak_in,
        may(Action.SPEAK),
    ),
    Line(
        DELETE,
        "/api/recordings/{recording_id}",
        "",
        lambda q: q.client.delete(recording_in(q)).status_code,
        lambda actor, path, _: 204 if actor.may(Action.SPEAK, path) else False,
    ),
    Line(
        POST,
        "/api/photos/of/{kind}/{record_id}",
        "a meeting of the community",
        lambda q: made(
            q.client.post(f"/api/photos/of/meeting/{q.photos['meeting']}", content=clean_jpeg())
        ),
        lambda actor, *_: actor.may(Action.HOLD_MEETINGS, HERE),
        ONE,
    ),
    Line(
        GET,
        "/api/photos/of/{kind}/{record_id}/{photo_id}/{size}",
        "a meeting of the community",
        lambda q: q.get(
            f"/api/photos/of/meeting/{q.photos['meeting']}/{q.photos['of meeting']}/thumbnail"
        ),
        lambda actor, *_: actor.may(Action.SEE_GRID, HERE),
        ONE,
    ),
    Line(
        DELETE,
        "/api/photos/of/{kind}/{record_id}/{photo_id}",
        "one there is not",
        lambda q: (
            q.client.delete(
                f"/api/photos/of/meeting/{q.photos['meeting']}/{q.photos['a']}"
            ).status_code
        ),
        lambda actor, *_: 404 if actor.may(Action.HOLD_MEETINGS, HERE) else 403,
        ONE,
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
        for part in ("frame", "grids", "outlines", "today", "roads", "places", "works", "entries")
    ),
    Line(
        GET,
        "/api/map/campaign",
        "",
        lambda q: q.get(f"/api/map/campaign?grid={q.code}"),
        may(Action.KEEP_DOORS),
    ),
    Line(
        GET,
        "/api/map/changes",
        "",
        lambda q: q.get(f"/api/map/changes?grid={q.code}&seconds=0"),
        may(Action.SEE_GRID),
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
        for part in ("changes", "neighbours", "outlines")
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
    *(
        Line(
            GET,
            f"/api/map/{part}",
            part,
            lambda q, part=part: q.get(f"/api/map/{part}?grid={q.code}&words=%E6%B3%B8%E5%B7%9E"),
            right,
        )
        for part, right in (
            ("search", may(Action.SEE_GRID)),
            # Without a geocoder whoever may ask hears that there is none.
            ("address", lambda actor, path, grid: 422 if actor.may(Action.SEE_GRID, path) else 403),
        )
    ),
    Line(
        GET,
        "/api/map/tiles/{z}/{x}/{y}",
        "without a map of this machine",
        lambda q: q.get("/api/map/tiles/1/0/0"),
        lambda actor, path, grid: 404,
        ONE,
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
        "/g/{code}/b/{name:path}",
        "of a building",
        lambda q: q.get(f"/g/{q.code}/b/" + {"a": "1栋", "b": "3栋", "c": "1栋"}[q.grid]),
        200,
        SMALL_GRIDS,
    ),
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
        GET,
        "/r/{number}/{code}/photo/{photo_id}",
        "guessed",
        lambda q: q.get(f"/r/12345678/0000000000000000/photo/{q.photos['a']}"),
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
    *(
        Line(GET, f"/api/open311/v2/{path}", "", lambda q, a=asked: q.get(a), answer, ONE)
        for path, asked, answer in (
            ("discovery.{form}", "/api/open311/v2/discovery.xml", 200),
            ("services.{form}", "/api/open311/v2/services.json", 200),
            ("services/{service_code}.{form}", "/api/open311/v2/services/other.json", 200),
            ("requests.{form}", "/api/open311/v2/requests.json", 200),
            ("requests/{service_request_id}.{form}", "/api/open311/v2/requests/1.json", 404),
        )
    ),
    Line(
        POST,
        "/api/open311/v2/requests.{form}",
        "with a made-up key",
        lambda q: q.client.post("/api/open311/v2/requests.json", data={"api_key": "x"}).status_code,
        403,
        ONE,
    ),
    Line(
        POST,
        "/api/orders",
        "with a made-up key",
        lambda q: q.client.post("/api/orders", json={}, headers=MADE_UP).status_code,
        403,
        ONE,
    ),
    Line(GET, "/api/orders", "without a key", lambda q: q.get("/api/orders"), 403, ONE),
    Line(
        GET,
        "/orders/{code}/answers.{kind}",
        "answers",
        lambda q: q.get(f"/orders/{q.code}/answers.csv"),
        may(Action.MODERATE),
    ),
    Line(
        GET,
        "/rewards/{code}/ledger.{kind}",
        "rewards",
        lambda q: q.get(f"/rewards/{q.code}/ledger.csv"),
        may(Action.REWARD),
        ("county", "street", "other_street"),
    ),
    Line(
        POST,
        "/api/import/{kind}",
        "orders",
        lambda q: (
            q.client.post(
                f"/api/import/orders?grid={q.code}", content="工单编号,网格编码\n"
            ).status_code
        ),
        may(Action.MODERATE),
    ),
    *(
        Line(GET, "/exposed/{code}", what, lambda q: q.get(f"/exposed/{q.code}"), answer, grids)
        for what, answer, grids in (
            ("of a street or county", 200, ("county", "street", "other_street")),
            ("of a smaller grid", 404, ("community", "a")),
        )
    ),
    Line(
        GET,
        "/api/calendar/{token}.ics",
        "guessed",
        lambda q: q.get("/api/calendar/guessed.ics"),
        404,
        ONE,
    ),
    *(
        Line(
            GET,
            "/worklog/{code}",
            what,
            lambda q: q.get(f"/worklog/{q.code}"),
            lambda actor, path, _, told=told: told if actor.may(Action.SEE_GRID, path) else False,
            grids,
        )
        for what, told, grids in (
            ("of a street or smaller", 200, ("street", "other_street", "community", "a")),
            ("of a county", 422, ("county",)),
        )
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
        "grids",
        lambda q: q.client.post(f"/api/import/grids?grid={q.code}", content="{}").status_code,
        may(Action.MANAGE_GRIDS),
    ),
    Line(
        POST,
        "/api/import/{kind}",
        "roads",
        lambda q: q.client.post(f"/api/import/roads?grid={q.code}", content="{}").status_code,
        may(Action.MANAGE_GRIDS),
    ),
    Line(
        GET,
        "/api/roads/{code}",
        "",
        lambda q: q.get(f"/api/roads/{q.code}"),
        may(Action.MANAGE_GRIDS),
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
    Line(
        GET,
        "/households/{code}/evacuation",
        "who needs help to get out",
        lambda q: q.get(f"/households/{q.code}/evacuation?why=drill"),
        lambda actor, path, _: (
            actor.may(Action.KEEP_DOORS, path) and actor.may(Action.SEE_CARE, path)
        ),
    ),
    Line(
        GET,
        "/campaigns/{campaign}/leaflet",
        "its leaflet as paper",
        lambda q: q.get(f"/campaigns/{campaign_in(q)}/leaflet"),
        no_leaflet(around(Action.KEEP_DOORS)),
    ),
    Line(
        PUT,
        "/api/campaigns/{campaign}/leaflet",
        "the picture of its leaflet",
        lambda q: (
            q.client.put(
                f"/api/campaigns/{campaign_in(q)}/leaflet", content=clean_jpeg((64, 48))
            ).status_code
        ),
        may(Action.KEEP_DOORS),
        SMALL_GRIDS,
    ),
    Line(
        DELETE,
        "/api/campaigns/{campaign}/leaflet",
        "the picture out again",
        lambda q: q.client.delete(f"/api/campaigns/{campaign_in(q)}/leaflet").status_code,
        lambda actor, path, _: 204 if actor.may(Action.KEEP_DOORS, path) else False,
    ),
    Line(
        GET,
        "/api/campaigns/{campaign}/leaflet/{sha256}",
        "the picture of its leaflet",
        lambda q: q.get(f"/api/campaigns/{campaign_in(q)}/leaflet/{'0' * 64}"),
        no_leaflet(around(Action.KEEP_DOORS, Action.RECORD)),
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
