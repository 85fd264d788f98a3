"""Records from a hand-over file: applied once, in their maker's name, by who may and as signed."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app import clock as app_clock
from firegrid_app.access.keys import own_key, signature_of
from firegrid_app.access.people import switch_off, switch_on
from firegrid_app.access.posts import end_post
from firegrid_app.access.tables import AuditEntry, Post
from firegrid_app.database import transaction
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.photos import store
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import STATUS
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.kinds import KINDS
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit
from tests.alerts.making import warn
from tests.cast import B, C
from tests.factories import NOW, announced, hazard_body, item, send, shout_body, statuses
from tests.photos.pictures import clean_jpeg
from tests.rota.lists import add
from tests.sync.test_nonsense import start_of
from tests.sync.walks import letter_body, piece_of, place_in


def signed(cast, who, record, offset=None):
    """The record as the phone of `who` writes it into the file."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    with transaction() as session:
        key = own_key(session, cast.actor(who), app_clock.now())
    if offset is None:
        return {"item": text, "signature": signature_of(key, text)}
    signature = signature_of(key, f"{text}\n{offset}")
    return {"item": text, "clock_offset_ms": offset, "signature": signature}


def hand(client, handed):
    return client.post("/api/handover", json=handed)


def hazard(cast, who="member_a", **changes):
    return item(cast, who, "hazard.report", hazard_body(**changes))


def test_a_record_comes_in_under_its_makers_name_and_who_handed_it_in_is_noted(cast, door, session):
    record = hazard(cast, words="三楼堆物")
    answer = hand(door("secretary"), signed(cast, "member_a", record))
    assert answer.json() == {"id": record["id"], "status": "created", "maker": "姜龙"}
    kept = session.exec(select(Hazard)).one()
    assert (str(kept.id), kept.person_id) == (record["id"], cast.people["member_a"])
    assert kept.words == "三楼堆物"
    assert kept.happened_at == NOW
    received = session.exec(select(ReceivedItem)).one()
    assert received.person_id == cast.people["member_a"]
    assert received.handed_in_by_id == cast.people["secretary"]
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "take_in")).one()
    assert noted.person_id == cast.people["secretary"]
    assert noted.subject == f"hazard.report:{record['id']}"


def test_the_phone_that_sends_later_hears_already_and_the_other_way_round(cast, door, session):
    handed, sent = hazard(cast), hazard(cast)
    hand(door("secretary"), signed(cast, "member_a", handed))
    assert statuses(door("member_a"), handed) == ["already"]
    assert statuses(door("member_a"), sent) == ["created"]
    assert hand(door("secretary"), signed(cast, "member_a", sent)).json()["status"] == "already"
    assert hand(door("secretary"), signed(cast, "member_a", sent)).json()["status"] == "already"
    assert len(session.exec(select(Hazard)).all()) == 2
    by = {str(row.id): row.handed_in_by_id for row in session.exec(select(ReceivedItem))}
    assert by == {handed["id"]: cast.people["secretary"], sent["id"]: None}


def test_handed_in_and_sent_at_the_same_moment_it_is_there_once(cast, door, session):
    record = hazard(cast)
    handed = signed(cast, "member_a", record)

    def bring(number):
        if number % 2:
            return statuses(door("member_a"), record)[0]
        return hand(door("secretary"), handed).json()["status"]

    with ThreadPoolExecutor(6) as several:
        outcomes = sorted(several.map(bring, range(6)))
    assert outcomes == ["already"] * 5 + ["created"]
    assert len(session.exec(select(Hazard)).all()) == 1


def test_every_kind_of_record_comes_in_in_the_order_of_the_file(cast, door, session):
    patrol = str(uuid4())
    later = (NOW + timedelta(minutes=20)).isoformat()
    a1 = cast.check_points["a1"]
    records = [
        item(cast, "member_a", "patrol.start", {"grid": cast.codes["a"]}, id=patrol),
        item(cast, "member_a", "patrol.arrive", {"patrol": patrol, "check_point": a1}),
        item(cast, "member_a", "shout.log", shout_body(patrol=patrol)),
        item(cast, "member_a", "visit.log", {"door": cast.doors["a1"], "outcome": "met"}),
        item(cast, "member_a", "patrol.end", {"patrol": patrol}, captured_at=later),
    ]
    for record in records:
        assert hand(door("head_a"), signed(cast, "member_a", record)).json()["status"] == "created"
    assert session.exec(select(Patrol)).one().ended_at is not None
    for table in (Arrival, Shout, Visit):
        assert session.exec(select(table)).one().person_id == cast.people["member_a"]


def test_a_clock_that_was_off_is_righted_as_for_a_phone_that_sends(cast, door, session):
    an_hour = 3_600_000
    early = (NOW - timedelta(hours=2)).isoformat()
    handed = signed(
        cast, "member_a", hazard(cast, who="member_a") | {"captured_at": early}, an_hour
    )
    assert hand(door("secretary"), handed).json()["status"] == "created"
    assert session.exec(select(Hazard)).one().happened_at == NOW - timedelta(hours=1)
    assert session.exec(select(ReceivedItem)).one().clock_offset_ms == an_hour
    for changed in ({"clock_offset_ms": 2 * an_hour}, {"clock_offset_ms": None}):
        fresh = signed(cast, "member_a", hazard(cast), an_hour) | changed
        assert refused(hand(door("secretary"), fresh)) == (422, "handover.changed")
    for nonsense in ("1", 1.5, True, 10**15):
        fresh = signed(cast, "member_a", hazard(cast)) | {"clock_offset_ms": nonsense}
        assert refused(hand(door("secretary"), fresh)) == (422, "sync.malformed")


def refused(answer):
    return answer.status_code, answer.json()["code"]


def test_a_record_changed_after_the_export_is_told_and_leaves_nothing(cast, door, session):
    handed = signed(cast, "member_a", hazard(cast))
    handed["item"] = handed["item"].replace("纸箱", "煤气罐")
    assert refused(hand(door("secretary"), handed)) == (422, "handover.changed")
    assert session.exec(select(Hazard)).all() == []


def test_nobody_can_write_records_in_another_ones_name(cast, door, session):
    forged = hazard(cast, "member_a")
    own = signed(cast, "secretary", forged)
    assert refused(hand(door("secretary"), own)) == (422, "handover.changed")
    outside = hazard(cast, "other_secretary", grid=cast.codes["a"])
    assert refused(hand(door("secretary"), signed(cast, "secretary", outside))) == (
        422,
        "handover.changed",
    )
    nobody = hazard(cast) | {"made_by": 999_999}
    assert refused(hand(door("secretary"), signed(cast, "secretary", nobody))) == (
        422,
        "handover.changed",
    )
    assert session.exec(select(ReceivedItem)).all() == []


def test_without_a_signature_nothing_comes_in(cast, door):
    for signature in ({"signature": ""}, {}):
        handed = {"item": signed(cast, "member_a", hazard(cast))["item"]} | signature
        assert refused(hand(door("secretary"), handed)) == (422, "handover.unsigned")


def test_whoever_hands_it_in_must_lead_the_grid_of_the_record(cast, door, make_client, session):
    handed = signed(cast, "member_a", hazard(cast))
    assert refused(hand(make_client(None), handed)) == (401, "access.not_logged_in")
    for who in ("member_a", "member_b", "leader_a", "department", "resident"):
        assert refused(hand(door(who), handed)) == (403, "access.not_allowed")
    for who in ("other_secretary", "other_officer"):
        assert refused(hand(door(who), handed)) == (403, "access.outside_grid")
    of_b = signed(cast, "member_b", item(cast, "member_b", "shout.log", shout_body(grid=B)))
    assert refused(hand(door("head_a"), of_b)) == (403, "access.outside_grid")
    assert session.exec(select(ReceivedItem)).all() == []
    assert hand(door("officer"), handed).json()["status"] == "created"


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("patrol.arrive", 1),
        ("patrol.arrive", 2),
        ("patrol.end", 1),
        ("visit.log", 1),
        ("equipment.checked", 1),
        ("letter.signed", 1),
    ],
)
def test_the_grid_is_that_of_the_row_the_record_names(cast, door, kind, version):
    patrol = str(uuid4())
    start = item(cast, "other_secretary", "patrol.start", {"grid": C}, id=patrol)
    send(door("other_secretary"), start)
    body = {
        ("patrol.arrive", 1): {"patrol": patrol, "check_point": cast.check_points["c1"]},
        ("patrol.arrive", 2): {"patrol": patrol, "where": "河边"},
        ("patrol.end", 1): {"patrol": patrol},
        ("visit.log", 1): {"door": cast.doors["c1"], "outcome": "met"},
        ("equipment.checked", 1): {"piece": piece_of(cast, "c"), "found": "fine"},
        ("letter.signed", 1): letter_body(cast, place=place_in(cast, "c")),
    }[kind, version]
    record = item(cast, "other_secretary", kind, body, version=version)
    handed = signed(cast, "other_secretary", record)
    assert refused(hand(door("secretary"), handed)) == (403, "access.outside_grid")
    assert hand(door("other_secretary"), handed).json()["status"] == "created"


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("patrol.arrive", {"patrol": str(uuid4()), "check_point": 999_999},
         "patrols.unknown_check_point"),
        ("patrol.end", {"patrol": str(uuid4())}, "patrols.unknown"),
        ("visit.log", {"door": 999_999, "outcome": "met"}, "visits.unknown_door"),
        (
            "alarm.noted",
            {"door": 999_999, "alarm": "gas", "step": "tested"},
            "visits.unknown_door",
        ),
        ("equipment.checked", {"piece": 999_999, "found": "fine"}, "equipment.unknown"),
        ("shout.log", {"grid": "9", "script": "ebike", "means": "loudhailer"}, "grids.unknown"),
        ("dance.log", {}, "sync.unknown_kind"),
        ("shout.log", {"grid": 5}, "sync.malformed"),
    ],
)  # fmt: skip
def test_what_the_record_lacks_is_said_as_to_a_phone(cast, door, kind, body, code):
    handed = signed(cast, "member_a", item(cast, "member_a", kind, body))
    assert hand(door("secretary"), handed).json()["code"] == code


def test_the_makers_own_rights_count_not_those_of_who_hands_it_in(cast, door):
    of_b = hazard(cast, "leader_a", grid=B)
    answer = hand(door("secretary"), signed(cast, "leader_a", of_b))
    assert refused(answer) == (403, "access.outside_grid")
    major = hazard(cast, severity="major")
    answer = hand(door("officer"), signed(cast, "member_a", major))
    assert refused(answer) == (403, "hazards.grading_reserved")


def test_what_was_recorded_while_the_post_was_held_comes_in_after_its_end(cast, door, clock):
    handed = signed(cast, "member_a", hazard(cast))
    with transaction() as session:
        post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
        end_post(session, cast.actor("secretary"), post.id, NOW.date(), app_clock.now())
    clock.forward(days=2)
    late = hazard(cast) | {"captured_at": app_clock.now().isoformat()}
    assert refused(hand(door("secretary"), signed(cast, "member_a", late))) == (
        403,
        "access.outside_grid",
    )
    assert hand(door("secretary"), handed).json()["status"] == "created"


def test_work_of_somebody_switched_off_waits_until_they_are_switched_on(cast, door):
    handed = signed(cast, "member_a", hazard(cast))
    with transaction() as session:
        switch_off(session, cast.actor("secretary"), cast.people["member_a"], app_clock.now())
    answer = hand(door("secretary"), handed)
    assert refused(answer) == (409, "access.person_switched_off")
    with transaction() as session:
        switch_on(session, cast.actor("secretary"), cast.people["member_a"], app_clock.now())
    assert hand(door("secretary"), handed).json()["status"] == "created"


def test_the_same_id_with_other_content_is_a_conflict(cast, door):
    record = hazard(cast)
    send(door("member_a"), record)
    record["body"]["words"] = "别的"
    assert refused(hand(door("secretary"), signed(cast, "member_a", record))) == (
        409,
        "sync.conflict",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b'{"item": 5}', b"\xff\xfe", b'{"item": "x", "signature": 5}',
        b'{"item": "x", "signature": "' + b"0" * 65 + b'"}', b'{"item": "x", "more": 1}',
        b'{"item": "not json"}', b'{"item": "[1]"}', b'{"item": "5"}',
        b'{"item": "' + b"[" * 5000 + b'"}', b'{"item": "' + b"x" * 300_000 + b'"}',
    ],
)  # fmt: skip
def test_nonsense_is_malformed_and_never_an_error(cast, door, body):
    assert refused(door("secretary").post("/api/handover", content=body)) == (422, "sync.malformed")


def with_photo(cast, data):
    photo = announced(data)
    return hazard(cast, photos=[photo]), photo["id"]


def hand_photo(client, photo_id, data):
    return client.put(f"/api/handover/photos/{photo_id}", content=data)


def test_photos_come_in_by_their_hash_and_are_kept_once(cast, door, session):
    data = clean_jpeg()
    record, photo_id = with_photo(cast, data)
    hand(door("secretary"), signed(cast, "member_a", record))
    answer = hand_photo(door("secretary"), photo_id, data)
    assert answer.json() == {"id": photo_id, "status": "created"}
    kept = session.exec(select(Photo)).one()
    assert kept.person_id == cast.people["member_a"]
    assert store.fetch(kept.kept_sha256, "original") == data
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "take_in_photo")).one()
    assert noted.person_id == cast.people["secretary"]
    assert hand_photo(door("secretary"), photo_id, data).json()["status"] == "already"
    phone = door("member_a").put(f"/api/photos/{photo_id}", content=data)
    assert phone.json()["status"] == "already"


def test_a_photo_of_a_record_the_phone_has_sent_comes_in_too(cast, door):
    data = clean_jpeg()
    record, photo_id = with_photo(cast, data)
    send(door("member_a"), record)
    assert hand(door("secretary"), signed(cast, "member_a", record)).json()["status"] == "already"
    assert hand_photo(door("secretary"), photo_id, data).json()["status"] == "created"


def test_other_bytes_no_photo_and_unknown_photos_are_told_apart(cast, door):
    data = clean_jpeg()
    record, photo_id = with_photo(cast, data)
    hand(door("secretary"), signed(cast, "member_a", record))
    answer = hand_photo(door("secretary"), photo_id, data[:-1])
    assert refused(answer) == (409, "photos.other_bytes")
    assert refused(hand_photo(door("secretary"), uuid4(), data)) == (404, "photos.unknown")
    text, text_id = with_photo(cast, b"no picture")
    hand(door("secretary"), signed(cast, "member_a", text))
    answer = hand_photo(door("secretary"), text_id, b"no picture")
    assert refused(answer) == (422, "photos.not_a_photo")
    large = hand_photo(door("secretary"), photo_id, b"0" * (15 * 1024 * 1024 + 1))
    assert refused(large) == (413, "photos.too_large")


def test_photos_of_other_grids_are_not_ones_to_hand_in(cast, door, make_client):
    data = clean_jpeg()
    record, photo_id = with_photo(cast, data)
    send(door("member_a"), record)
    answer = hand_photo(door("other_secretary"), photo_id, data)
    assert refused(answer) == (403, "access.outside_grid")
    assert refused(hand_photo(door("member_a"), photo_id, data)) == (403, "access.outside_grid")
    assert hand_photo(make_client(None), photo_id, data).status_code == 401


def test_what_the_later_kinds_concern_decides_who_may_hand_it_in(cast, door, session):
    """A step of a hazard, words to the next shift, a warning that was read: each has its grid."""
    report = hazard(cast)
    assert statuses(door("member_a"), report) == ["created"]
    shift = add(session, cast, day=NOW.date()).id
    alert = warn(session, cast).id
    session.commit()
    moves = {"hazard": report["id"], "step": "commented", "note": "户主答应周五前清走"}
    records = [
        item(cast, "member_a", "hazard.move", moves),
        item(cast, "member_a", "shift.note", {"shift": shift, "words": "车棚充电口松动"}),
        item(cast, "member_a", "alert.seen", {"alert": alert, "edition": 1}),
    ]
    for record in records:
        refused = hand(door("other_secretary"), signed(cast, "member_a", record))
        assert (refused.status_code, refused.json()["code"]) == (403, "access.outside_grid")
        taken = hand(door("secretary"), signed(cast, "member_a", record))
        assert taken.json().get("status") == "created", (record["kind"], taken.text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_any_kind_that_concerns_nothing_here_is_answered_in_words(cast, door, kind):
    """Nobody's grid, an unknown hazard, a shift of another house: refused, never a fault."""
    record = item(cast, "member_a", kind, start_of(cast, kind))
    answer = hand(door("other_secretary"), signed(cast, "member_a", record))
    assert answer.status_code in (403, 404, 422), answer.text
    assert answer.json()["code"] in STATUS
