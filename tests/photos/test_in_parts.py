"""Photos that come in parts over lines that break: kept once, byte for byte, or not at all."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlmodel import func, select

from firegrid_app.access.session import COOKIE
from firegrid_app.photos import parts, taking
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.tables import Photo, PhotoPart
from firegrid_app.settings import settings
from tests.factories import announced, hazard_body, item, send
from tests.photos.pictures import clean_jpeg

DATA = clean_jpeg((640, 400))
SIZE = len(DATA)
PART = SIZE // 4
"""Four whole parts and a rest, so that every part has a neighbour."""


@pytest.fixture
def member(door):
    return door("member_a")


@pytest.fixture
def photo(member, cast):
    """A photo of member_a that was announced and has not come."""
    return announce(member, cast)


def announce(client, cast, data=DATA):
    made = announced(data)
    (answer,) = send(client, item(cast, "member_a", "hazard.report", hazard_body(photos=[made])))
    assert answer["status"] == "created", answer
    return made


def hand_in(client, photo, start, data, of=SIZE):
    return client.patch(f"/api/photos/{photo['id']}?start={start}&of={of}", content=data)


def go_on(client, photo, data=DATA, start=0):
    """Send all from `start` on; the last answer."""
    while start < len(data):
        answer = hand_in(client, photo, start, data[start : start + PART], of=len(data))
        start += PART
    return answer


def standing(client, photo):
    return client.get(f"/api/photos/{photo['id']}").json()


def kept(session, photo):
    row = session.get(Photo, UUID(photo["id"]))
    return row.stored_at is not None and row.kept_sha256 == row.sha256


def rows(session):
    return session.exec(select(func.count()).select_from(PhotoPart)).one()


def test_parts_in_order_make_the_photo_byte_for_byte(member, photo, session):
    assert standing(member, photo) == {"id": photo["id"], "status": "partial", "offset": 0}
    first = hand_in(member, photo, 0, DATA[:PART])
    assert first.json() == {"id": photo["id"], "status": "partial", "offset": PART}
    assert standing(member, photo)["offset"] == PART
    assert go_on(member, photo, start=PART).json() == {"id": photo["id"], "status": "created"}
    assert standing(member, photo) == {"id": photo["id"], "status": "already"}
    assert kept(session, photo)
    (original,) = (settings().data_dir / "photos").rglob("*-original.jpg")
    assert original.read_bytes() == DATA
    assert rows(session) == 0


def test_an_unfinished_photo_is_shown_to_nobody(member, door, photo):
    hand_in(member, photo, 0, DATA[:PART])
    for who in ("member_a", "head_a", "officer"):
        assert door(who).get(f"/api/photos/{photo['id']}/screen").status_code == 404


def test_a_part_that_comes_twice_or_out_of_order_changes_nothing(member, photo, session):
    hand_in(member, photo, 0, DATA[:PART])
    for start in (0, 500, PART + 1, 2 * PART):
        answer = hand_in(member, photo, start, DATA[start : start + PART])
        assert (answer.status_code, answer.json()["offset"]) == (200, PART)
    assert go_on(member, photo, start=PART).json()["status"] == "created"
    assert kept(session, photo)


def test_the_last_part_again_after_a_lost_answer_is_already_there(member, photo, session):
    go_on(member, photo)
    last = len(DATA) - len(DATA) % PART
    assert hand_in(member, photo, last, DATA[last:]).json()["status"] == "already"
    assert member.put(f"/api/photos/{photo['id']}", content=DATA).json()["status"] == "already"
    assert len(list((settings().data_dir / "photos").rglob("*-original.jpg"))) == 1


def test_a_server_that_dies_after_the_last_part_finishes_when_asked_again(
    member, photo, session, monkeypatch
):
    def die(data):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(taking, "process_apart", die)
        assert go_on(member, photo).status_code == 500
    assert standing(member, photo) == {
        "id": photo["id"],
        "status": "partial",
        "offset": len(DATA),
    }
    assert hand_in(member, photo, len(DATA), b"").json()["status"] == "created"
    assert kept(session, photo)


def test_other_bytes_are_refused_forgotten_and_may_come_anew(member, photo, session):
    wrong = DATA[:-1] + bytes([DATA[-1] ^ 1])
    answer = go_on(member, photo, wrong)
    assert (answer.status_code, answer.json()["code"]) == (409, "photos.other_bytes")
    assert standing(member, photo)["offset"] == 0
    assert rows(session) == 0
    assert go_on(member, photo).json()["status"] == "created"


def test_parts_that_make_no_photo_are_refused_and_forgotten(member, cast, session):
    words = b"%!PS-Adobe-3.0 EPSF-3.0" * 100
    answer = go_on(member, announce(member, cast, words), words)
    assert (answer.status_code, answer.json()["code"]) == (422, "photos.not_a_photo")
    assert rows(session) == 0


def test_the_whole_photo_at_once_ends_what_came_in_parts(member, photo, session):
    hand_in(member, photo, 0, DATA[:PART])
    assert member.put(f"/api/photos/{photo['id']}", content=DATA).json()["status"] == "created"
    assert rows(session) == 0


@pytest.mark.parametrize("who", ["member_b", "head_a", "officer"])
def test_nobody_asks_for_or_adds_to_somebody_elses_photo(door, photo, who):
    assert hand_in(door(who), photo, 0, DATA[:PART]).status_code == 404
    assert door(who).get(f"/api/photos/{photo['id']}").status_code == 404


def test_who_is_asking_is_known_before_the_body_is_read(client, door, photo):
    too_much = b"\0" * (MOST_BYTES + 1)
    for asking, status in ((client, 401), (door("member_b"), 404)):
        assert asking.put(f"/api/photos/{photo['id']}", content=too_much).status_code == status
        assert hand_in(asking, photo, 0, too_much).status_code == status


@pytest.mark.parametrize(
    ("start", "size", "of", "status", "code"),
    [
        (0, parts.MOST_PART + 1, MOST_BYTES, 413, "photos.too_large"),
        (0, 10, MOST_BYTES + 1, 413, "photos.too_large"),
        (0, 11, 10, 422, "invalid"),
        (-1, 10, 10, 422, "invalid"),
        (0, 10, 0, 422, "invalid"),
        (0, 10, "many", 422, "invalid"),
    ],
)
def test_a_part_that_cannot_be_one_is_refused(member, photo, start, size, of, status, code):
    answer = hand_in(member, photo, start, b"\0" * size, of)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert standing(member, photo)["offset"] == 0


def test_a_part_of_a_photo_nobody_announced_is_unknown(member):
    assert hand_in(member, {"id": str(uuid4())}, 0, b"x").status_code == 404


def test_the_oldest_of_too_many_unfinished_photos_gives_way(member, cast, clock):
    begun = []
    for _ in range(parts.MOST_UNFINISHED + 1):
        begun.append(announce(member, cast))
        hand_in(member, begun[-1], 0, DATA[:PART])
        clock.forward(minutes=1)
    offsets = [standing(member, one)["offset"] for one in begun]
    assert offsets == [0, *[PART] * parts.MOST_UNFINISHED]


def test_an_unfinished_photo_is_forgotten_after_a_week(member, cast, clock, session):
    old, lately = announce(member, cast), announce(member, cast)
    hand_in(member, old, 0, DATA[:PART])
    clock.forward(days=6, hours=23)
    hand_in(member, lately, 0, DATA[:PART])
    assert standing(member, old)["offset"] == PART
    clock.forward(hours=2)
    hand_in(member, announce(member, cast), 0, DATA[:PART])
    assert standing(member, old)["offset"] == 0
    assert standing(member, lately)["offset"] == PART


def test_parts_that_come_at_the_same_moment_do_not_both_count(door, photo, session):
    clients = [door("member_a") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        sent = [
            pool.submit(hand_in, client, photo, 0, DATA[: PART + extra])
            for extra, client in enumerate(clients)
        ]
        offsets = {one.result().json()["offset"] for one in sent}
    assert len(offsets) == 1
    begun = standing(clients[0], photo)["offset"]
    assert {begun} == offsets
    assert go_on(clients[0], photo, start=begun).json()["status"] == "created"
    assert kept(session, photo)


async def _cut(app, token, photo, data):
    """A request whose line dies after these bytes; the app must not notice by failing."""
    path = f"/api/photos/{photo['id']}"
    scope = {
        "type": "http", "http_version": "1.1", "method": "PATCH", "path": path, "raw_path": b"",
        "scheme": "http", "server": ("testserver", 80), "client": ("127.0.0.1", 1),
        "root_path": "", "query_string": f"start=0&of={len(DATA)}".encode(),
        "headers": [(b"host", b"testserver"), (b"cookie", f"{COOKIE}={token}".encode())],
    }  # fmt: skip
    coming = [
        {"type": "http.request", "body": data, "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return coming.pop(0) if len(coming) > 1 else coming[0]

    async def drop_answer(message):
        return None

    await app(scope, receive, drop_answer)


@pytest.mark.parametrize(("came", "stands"), [(1500, 1500), (parts.LEAST_CUT_PART - 1, 0)])
def test_of_a_part_whose_line_dies_what_came_is_kept(
    make_client, cast, member, photo, came, stands
):
    asyncio.run(_cut(make_client(None).app, cast.tokens["member_a"], photo, DATA[:came]))
    assert standing(member, photo)["offset"] == stands
    assert go_on(member, photo, start=stands).json()["status"] == "created"
