"""Receipts from phones: seen, passed on, late; every level is the sum of what is below it."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import select

from firegrid_app.access.tables import Post
from firegrid_app.alerts.issuing import correct, lift
from firegrid_app.alerts.receipts import Ground, receipts, tally
from firegrid_app.alerts.rules import Standing, covers, touches
from firegrid_app.alerts.service import targets_of
from firegrid_app.alerts.tables import AlertSeen
from firegrid_app.alerts.views import alert_view, alerts_below
from firegrid_app.database import transaction
from firegrid_app.desk.service import overview
from firegrid_app.duties.ticking import tick
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.tables import ReceivedItem
from tests.alerts.making import called_out, seen, warn
from tests.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, STREET, A, B, C
from tests.factories import NOW, announced, send, shout_body, stamp, statuses
from tests.factories import item as record
from tests.photos.pictures import clean_jpeg
from tests.shouts.sounds import spoken

HOUR = timedelta(hours=1)
VOICE = spoken(2)


@pytest.fixture
def alert_id(cast):
    """Rain for the whole street, to be passed on by noon."""
    with transaction() as session:
        return warn(session, cast).id


def view(session, cast, alert_id, code=STREET, who="officer", chosen="", now=NOW):
    session.rollback()
    return alert_view(session, cast.actor(who), alert_id, code, chosen, now)


def rows(session, cast, alert_id, **more):
    return {row.code: row for row in view(session, cast, alert_id, **more).rows}


def at(hours):
    return {"captured_at": (NOW + hours * HOUR).isoformat()}


def test_nobody_has_seen_it_then_one_has_then_it_is_passed_on(cast, door, session, alert_id):
    assert {row.standing for row in rows(session, cast, alert_id).values()} == {"unseen"}
    assert statuses(door("member_a"), seen(cast, "member_a", alert_id)) == ["created"]
    found = rows(session, cast, alert_id)
    assert [found[code].standing for code in (A, B, C)] == ["seen", "unseen", "unseen"]
    assert found[A].seen == "11-23 10:00"
    told = called_out(cast, "member_a", alert_id, A, people=37)
    assert statuses(door("member_a"), told, told) == ["created", "already"]
    found = rows(session, cast, alert_id)[A]
    assert (found.standing, found.passed, found.means) == ("passed_on", "11-23 10:00", "loudhailer")
    assert (found.reached, found.passer, found.late) == (37, "姜龙", False)


def test_it_opens_to_what_was_recorded_with_it(cast, door, session, alert_id):
    photo, voice = announced(clean_jpeg()), announced(VOICE, kind="sound")
    told = called_out(cast, "member_a", alert_id, A)
    told |= {"version": 5, "body": told["body"] | {"photos": [photo, voice]}}
    member = door("member_a")
    assert statuses(member, told) == ["created"]
    assert rows(session, cast, alert_id)[A].photos == ()
    for one, data in ((photo, clean_jpeg()), (voice, VOICE)):
        assert member.put(f"/api/photos/{one['id']}", content=data).status_code == 200
    row = rows(session, cast, alert_id)[A]
    assert (row.photos, row.sounds) == ((photo["id"],), (voice["id"],))
    assert rows(session, cast, alert_id)[B].photos == ()


def test_of_a_loudspeaker_above_who_does_not_see_above_gets_no_photo(cast, door, session, alert_id):
    photo = announced(clean_jpeg())
    told = called_out(cast, "secretary", alert_id, COMMUNITY, means="village_loudspeaker")
    told |= {"version": 5, "body": told["body"] | {"photos": [photo]}}
    assert statuses(door("secretary"), told) == ["created"]
    path = f"/api/photos/{photo['id']}"
    assert door("secretary").put(path, content=clean_jpeg()).status_code == 200
    assert rows(session, cast, alert_id)[A].photos == (photo["id"],)
    of_head = rows(session, cast, alert_id, code=A, who="head_a")[A]
    assert (of_head.standing, of_head.photos) == ("passed_on", ())
    assert door("head_a").get(f"{path}/thumbnail").status_code == 403


def test_the_phone_hears_what_it_has_given(cast, door, alert_id):
    client = door("member_a")
    statuses(client, seen(cast, "member_a", alert_id), called_out(cast, "member_a", alert_id, A))
    (found,) = client.get("/api/pack").json()["alerts"]
    assert (found["seen"], found["passed"]) == (True, [A])
    (of_head,) = door("head_a").get("/api/pack").json()["alerts"]
    assert (of_head["seen"], of_head["passed"]) == (False, [A])


def test_the_receipt_is_a_shout_like_any_other_and_one_record(cast, door, session, alert_id):
    statuses(door("member_a"), called_out(cast, "member_a", alert_id, A, people=5))
    (shout,) = session.exec(select(Shout)).all()
    assert (shout.script, shout.alert_id, shout.alert_edition) == ("alert", alert_id, 1)
    found = overview(session, cast.actor("officer"), STREET, NOW)
    assert sum(row.shouts for row in found.rows) == 1
    assert len(session.exec(select(ReceivedItem)).all()) == 1


def test_a_community_sees_its_own_grids_and_no_other(cast, door, session, alert_id):
    statuses(door("member_a"), called_out(cast, "member_a", alert_id, A))
    found = view(session, cast, alert_id, COMMUNITY, "secretary")
    assert [row.code for row in found.rows] == [A, B]
    for who, code in (("secretary", OTHER_COMMUNITY), ("other_officer", STREET), ("head_a", B)):
        with pytest.raises(Refused, match=r"^access\.outside_grid$"):
            view(session, cast, alert_id, code, who)
    with pytest.raises(Refused, match=r"^alerts\.unknown$"):
        view(session, cast, 999_999)


def test_a_warning_of_others_is_unknown_here(cast, session):
    with transaction() as writing:
        other = warn(writing, cast, codes=[C]).id
    with pytest.raises(Refused, match=r"^alerts\.unknown$"):
        view(session, cast, other, COMMUNITY, "secretary")
    lines, count, _ = alerts_below(session, cast.actor("secretary"), COMMUNITY, 1, NOW)
    assert (lines, count) == ([], 0)


@pytest.mark.parametrize(
    ("kind", "who", "grid", "code"),
    [
        ("shout", "member_b", B, "alerts.not_here"),
        ("shout", "member_b", A, "access.outside_grid"),
        ("shout", "secretary", COMMUNITY, "alerts.not_here"),
        ("seen", "member_b", B, "alerts.not_here"),
        ("seen", "other_secretary", C, "alerts.not_here"),
        ("seen", "resident", A, "alerts.not_here"),
        ("seen", "officer", A, "alerts.not_here"),
        ("seen", "leader_a", A, "alerts.not_here"),
    ],
)
def test_who_it_is_not_for_gives_no_receipt(cast, door, session, kind, who, grid, code):
    with transaction() as writing:
        one = warn(writing, cast, codes=[A]).id
    item = seen(cast, who, one) if kind == "seen" else called_out(cast, who, one, grid)
    (answer,) = send(door(who), item)
    assert (answer["status"], answer["code"]) == ("refused", code)
    assert answer["message"]
    assert session.exec(select(Shout)).all() == session.exec(select(AlertSeen)).all() == []


def test_an_unknown_warning_is_refused_in_words(cast, door):
    for one in (seen(cast, "member_a", 999), called_out(cast, "member_a", 999, A)):
        (answer,) = send(door("member_a"), one)
        assert (answer["status"], answer["code"]) == ("refused", "alerts.unknown")


@pytest.mark.parametrize(
    "changes",
    [
        {"script": "ebike"},
        {"edition": 0},
        {"alert": None, "edition": 1},
        {"alert": None, "edition": 0},
        {"alert": -1},
        {"people_reached": -1},
        {"means": ""},
    ],
)
def test_a_malformed_receipt_is_rejected_by_field(cast, door, session, alert_id, changes):
    body = called_out(cast, "member_a", alert_id, A)["body"] | changes
    (answer,) = send(door("member_a"), record(cast, "member_a", "shout.log", body, version=2))
    assert answer["status"] == "rejected"
    assert session.exec(select(Shout)).all() == []


def test_a_script_called_alert_without_a_warning_is_no_script(cast, door):
    body = shout_body(script="alert")
    for version in (1, 2):
        one = record(cast, "member_a", "shout.log", body, version=version)
        assert send(door("member_a"), one)[0]["code"] == "shouts.unknown_script"


def test_passed_on_after_the_deadline_is_kept_and_late(cast, door, session, alert_id, clock):
    clock.forward(hours=3)
    now = NOW + 3 * HOUR
    assert statuses(
        door("member_a"),
        called_out(cast, "member_a", alert_id, A, **at(3)),
        # Made in time and sent later: in time.
        seen(cast, "member_a", alert_id, **at(0)),
    ) == ["created", "created"]
    statuses(door("member_b"), called_out(cast, "member_b", alert_id, B, **at(1)))
    found = rows(session, cast, alert_id, now=now)
    assert {code: (found[code].standing, found[code].late) for code in (A, B, C)} == {
        A: ("passed_on", True),
        B: ("passed_on", False),
        C: ("unseen", True),
    }
    late = view(session, cast, alert_id, chosen="late", now=now)
    assert ([row.code for row in late.rows], late.tally.late) == ([A, C], 2)


def test_lifted_meanwhile_receipts_of_a_dark_phone_are_kept(cast, door, session, alert_id, clock):
    clock.forward(hours=1)
    with transaction() as writing:
        lift(writing, cast.actor("officer"), alert_id, "", NOW + HOUR)
    clock.forward(hours=8)
    one, two = seen(cast, "member_a", alert_id), called_out(cast, "member_a", alert_id, A)
    assert statuses(door("member_a"), one, two) == ["created", "created"]
    found = view(session, cast, alert_id, now=NOW + 9 * HOUR)
    assert (found.tally.passed_on, found.tally.late) == (1, 0)
    assert found.line.phase == "lifted"


def test_a_correction_to_be_passed_on_anew_begins_anew(cast, door, session, alert_id):
    client = door("member_a")
    statuses(client, seen(cast, "member_a", alert_id), called_out(cast, "member_a", alert_id, A))
    with transaction() as writing:
        changes = {"words": "暴雨转大暴雨，地下室的人马上上来。"}
        correct(writing, cast.actor("officer"), alert_id, changes, NOW, anew=True)
    assert rows(session, cast, alert_id)[A].standing == "unseen"
    (pack,) = client.get("/api/pack").json()["alerts"]
    assert (pack["edition"], pack["seen"], pack["passed"]) == (2, False, [])
    # What a dark phone read of the old words is kept and does not count for the new.
    statuses(door("member_b"), called_out(cast, "member_b", alert_id, B, edition=1))
    assert rows(session, cast, alert_id)[B].standing == "unseen"
    statuses(client, called_out(cast, "member_a", alert_id, A, edition=2, people=9))
    found = view(session, cast, alert_id)
    assert (found.tally.passed_on, found.tally.reached) == (1, 9)
    assert len(session.exec(select(Shout)).all()) == 3


def test_the_village_loudspeaker_reaches_all_grids_below_and_counts_once(
    cast, door, session, alert_id
):
    client = door("secretary")
    statuses(client, called_out(cast, "secretary", alert_id, COMMUNITY, people=10))
    assert view(session, cast, alert_id).tally.passed_on == 0
    loud = called_out(
        cast, "secretary", alert_id, COMMUNITY, people=300, means="village_loudspeaker"
    )
    statuses(client, loud)
    statuses(door("member_a"), called_out(cast, "member_a", alert_id, A, people=7))
    found = view(session, cast, alert_id)
    levels = {row.code: row.tally for row in found.levels}
    assert (levels[COMMUNITY].passed_on, levels[COMMUNITY].reached) == (2, 317)
    assert (levels[OTHER_COMMUNITY].passed_on, levels[OTHER_COMMUNITY].reached) == (0, 0)
    assert (found.tally.passed_on, found.tally.reached, found.own_reached) == (2, 317, 0)
    of_community = view(session, cast, alert_id, COMMUNITY)
    assert of_community.own_reached == 310
    assert {row.code: row.reached for row in of_community.rows} == {A: 7, B: 0}


def test_who_holds_the_grid_has_to_see_it_and_who_stands_in_for_nobody(
    cast, door, session, alert_id
):
    statuses(door("secretary"), seen(cast, "secretary", alert_id))
    found = rows(session, cast, alert_id)
    assert {code: found[code].standing for code in (A, B)} == {A: "unseen", B: "unseen"}
    with transaction() as writing:
        for post in writing.exec(select(Post).where(Post.grid_id == cast.grids["b"])):
            post.ends_on = date(2026, 11, 1)
    found = rows(session, cast, alert_id)
    assert (found[A].standing, found[A].unheld) == ("unseen", False)
    assert (found[B].standing, found[B].unheld) == ("seen", True)
    assert (found[C].standing, found[C].unheld) == ("unseen", True)


def test_of_a_document_opening_it_is_the_receipt(cast, door, session, clock):
    with transaction() as writing:
        one = warn(writing, cast, kind="document", weather="", colour="", to_residents=False).id
    clock.forward(hours=3)
    statuses(door("member_a"), seen(cast, "member_a", one, **at(1)))
    statuses(door("member_b"), seen(cast, "member_b", one, **at(3)))
    found = rows(session, cast, one, now=NOW + 3 * HOUR)
    assert {code: (found[code].standing, found[code].late) for code in (A, B, C)} == {
        A: ("seen", False),
        B: ("seen", True),
        C: ("unseen", True),
    }


def test_all_is_done_when_its_tasks_are(cast, door, session):
    with transaction() as writing:
        one = warn(writing, cast, codes=[A], measures=["shout_daily", "wiring_water"]).id
    client = door("member_a")
    statuses(client, called_out(cast, "member_a", one, A))
    found = rows(session, cast, one)[A]
    assert (found.standing, found.tasks_asked, found.tasks_done) == ("passed_on", 2, 1)
    (card,) = [
        card for card in client.get("/api/pack").json()["duties"] if card["rhythm"] == "once"
    ]
    with transaction() as writing:
        tick(writing, cast.actor("member_a"), stamp(), rule_id=card["rule"], grid_code=A,
             first_on=date.fromisoformat(card["first"]), number=1, note="", now=NOW)  # fmt: skip
    found = view(session, cast, one)
    assert (found.rows[0].standing, found.tally.done) == ("done", 1)
    assert {task.kind for task in found.tasks} == {"shout", "other"}


def test_open_ones_come_first_then_the_newest(cast, session):
    with transaction() as writing:
        first = warn(writing, cast).id
        second = warn(writing, cast, title="第二条预警").id
        third = warn(writing, cast, title="第三条预警").id
        lift(writing, cast.actor("officer"), second, "", NOW)
    lines, count, page = alerts_below(session, cast.actor("officer"), STREET, 7, NOW)
    assert ([line.id for line in lines], count, page) == ([third, first, second], 3, 1)
    assert [line.may_change for line in lines] == [True, True, False]
    lines, _, _ = alerts_below(session, cast.actor("member_a"), A, 1, NOW)
    assert not any(line.may_change for line in lines)
    assert {line.tally.grids for line in lines} == {1}


def test_a_warning_of_last_month_keeps_its_figures_when_a_grid_is_closed(
    cast, door, session, alert_id
):
    statuses(door("member_a"), called_out(cast, "member_a", alert_id, A, people=4))
    with transaction() as writing:
        writing.get(Grid, cast.grids["a"]).valid_to = date(2026, 12, 1)
    later = view(session, cast, alert_id, now=NOW + timedelta(days=40)).tally
    assert (later.grids, later.passed_on, later.reached) == (3, 1, 4)


MEANS = ("loudhailer", "village_loudspeaker", "door_to_door")
EVENTS = some.lists(
    some.tuples(
        some.sampled_from(["seen", "shout"]),
        some.sampled_from([COUNTY, STREET, COMMUNITY, OTHER_COMMUNITY, A, B, C]),
        some.sampled_from(MEANS),
        some.integers(0, 400),
        some.integers(-2, 30),
        some.integers(1, 2),
    ),
    max_size=14,
)
WHO = {COUNTY: "administrator", STREET: "officer", COMMUNITY: "secretary", A: "member_a",
       OTHER_COMMUNITY: "other_secretary", B: "member_b", C: "other_secretary"}  # fmt: skip


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    events=EVENTS,
    targets=some.lists(
        some.sampled_from([COUNTY, STREET, COMMUNITY, A, B, C]), min_size=1, max_size=3
    ),
    residents=some.booleans(),
    edition=some.integers(1, 2),
    hours=some.integers(0, 40),
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_level_is_the_sum_of_what_is_below_it(
    cast, session, events, targets, residents, edition, hours
):
    session.rollback()
    codes = {code: key for key, code in cast.codes.items()}
    alert = warn(session, cast, "administrator", COUNTY, targets, to_residents=residents)
    alert.edition = edition
    for kind, code, means, people, after, of_edition in events:
        common = {
            "grid_id": cast.grids[codes[code]],
            "person_id": cast.people[WHO[code]],
            "alert_id": alert.id,
            "received_at": NOW,
            "happened_at": NOW + after * HOUR,
            "id": stamp().id,
        }
        if kind == "seen":
            session.add(AlertSeen(**common, edition=of_edition))
        else:
            session.add(Shout(**common, alert_edition=of_edition, script="alert", means=means,
                              people_reached=people))  # fmt: skip
    session.flush()
    now, actor = NOW + hours * HOUR, cast.actor("administrator")
    figures = ("grids", "unseen", "seen", "passed_on", "done", "late", "reached")
    top = session.get(Grid, cast.grids["county"])
    paths = targets_of(session, [alert.id])[alert.id]
    found, told = receipts(
        session, alert, paths, Ground(session, top, now.date()), now, with_tasks=False
    )
    for code in (COUNTY, STREET, COMMUNITY):
        if not touches(cast.paths[codes[code]], paths):
            continue
        shown = alert_view(session, actor, alert.id, code, "", now)
        own = {"reached": shown.own_reached}
        if shown.levels:
            for name in figures:
                below = sum(getattr(row.tally, name) for row in shown.levels)
                assert getattr(shown.tally, name) == below + own.get(name, 0), (code, name)
        assert shown.tally == shown.line.tally
        path = cast.paths[codes[code]]
        assert shown.tally == tally(found, told, path)
        assert len(shown.rows) == shown.matches == shown.tally.grids
        standings = [row.standing for row in shown.rows]
        for standing in Standing:
            assert standings.count(standing) == getattr(shown.tally, standing)
            narrowed = alert_view(session, actor, alert.id, code, standing, now)
            assert (narrowed.matches, narrowed.tally) == (standings.count(standing), shown.tally)
        assert sum(row.late for row in shown.rows) == shown.tally.late
        mine = [
            people
            for kind, grid, _, people, _, of_edition in events
            if kind == "shout"
            and of_edition >= edition
            and cast.paths[codes[grid]].startswith(path)
            and covers(cast.paths[codes[grid]], paths)
        ]
        assert shown.tally.reached == sum(mine)
