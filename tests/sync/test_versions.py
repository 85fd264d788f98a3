"""A record written by any version of the app that was ever shipped is taken, and yields its rows.

The samples in `bodies/v<version>/` were made by the phone's own code (tests/journeys/
test_shipped.py). Nothing shipped changes: how a new version is added stands in CONTRIBUTING.md.
"""

import json
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.alarms.tables import AlarmNote
from firegrid_app.alerts.tables import AlertSeen
from firegrid_app.database import transaction
from firegrid_app.duties.tables import DutyTick
from firegrid_app.equipment.tables import EquipmentCheck
from firegrid_app.hazards.tables import Hazard, HazardMove
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.photos.tables import Photo
from firegrid_app.places.tables import SignedLetter
from firegrid_app.rota.tables import ShiftNote, ShiftTaken
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.envelope import Item
from firegrid_app.sync.kinds import BODIES, KINDS, newest
from firegrid_app.visits.tables import Visit
from tests.campaigns.test_campaigns import make
from tests.cast import A
from tests.factories import NOW, item, report, send, statuses
from tests.sync.walks import alert_of_ours, count, duty_body, piece_of, shift_of

SAMPLES = Path(__file__).with_name("bodies")
SCHEMAS = SAMPLES / "schemas.json"
HOW = "A shipped version changed. Put it back and add a version: CONTRIBUTING.md, “A new version”."
SHIPPED = sorted(BODIES)


def sample(kind, version):
    """The wire request of a phone, with ids of the test's own street."""
    return json.loads((SAMPLES / f"v{version}" / f"{kind}.json").read_text(encoding="utf-8"))


def at_home(cast, one, patrol):
    """The sample as if it had been made in grid a during this patrol."""
    ours = {
        "grid": A,
        "patrol": patrol,
        "check_point": cast.check_points["a1"],
        "door": cast.doors["a1"],
        "place": cast.places["a"],
    }
    if one["body"].get("alert") is not None:
        ours["alert"] = alert_of_ours(cast)
    if one["body"].get("campaign") is not None:
        ours["campaign"] = campaign_of_ours(cast)
    body = {
        key: ours[key] if key in ours and value is not None else value
        for key, value in one["body"].items()
    }
    if one["kind"] == "duty.done":
        # A rule's id and its period are the register's, too.
        ours = duty_body()
        body |= {"rule": ours["rule"], "first": ours["first"], "number": ours["number"]}
    if one["kind"] == "equipment.checked":
        body["piece"] = piece_of(cast)
    if one["kind"].startswith("shift."):
        body["shift"] = shift_of(cast)
    if one["kind"] == "hazard.move":
        # So is the hazard: one that is open in grid a.
        with transaction() as session:
            body |= {"hazard": str(report(session, cast.actor("member_a")).id)}
    return one | {"made_by": cast.people["member_a"], "captured_at": NOW.isoformat(), "body": body}


def campaign_of_ours(cast):
    """Three clears and three shut-offs, in the community."""
    with transaction() as session:
        return make(session, cast).id


def row_of(session, kind, item_id):
    session.rollback()
    if kind == "patrol.end":
        return session.exec(select(Patrol)).one()
    return session.get(KINDS[kind].row, UUID(item_id))


@pytest.mark.parametrize(("kind", "version"), SHIPPED)
def test_every_version_has_a_sample_that_a_phone_made(kind, version):
    kept = sample(kind, version)
    assert (kept["kind"], kept["version"]) == (kind, version)
    assert set(kept) == set(Item.model_fields), "the envelope is shipped too"


@pytest.mark.parametrize(("kind", "version"), SHIPPED)
def test_every_sample_is_taken_once_and_again(door, cast, session, kind, version):
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    one = at_home(cast, sample(kind, version), start["id"])
    before = [] if kind == "patrol.start" else [start]
    client = door("member_a")
    assert statuses(client, *before, one)[-1] == "created"
    assert statuses(client, one) == ["already"]
    found = json.loads((SAMPLES / f"v{version}" / "rows.json").read_text(encoding="utf-8"))[kind]
    row = row_of(session, kind, one["id"])
    names = {
        "check_point_id": {cast.check_points["a1"]: "a1"},
        "household_id": {cast.doors["a1"]: "a1"},
        "place_id": {cast.places["a"]: "a", None: None},
    }
    kept = {
        key: names[key][getattr(row, key)] if key in names else getattr(row, key) for key in found
    }
    assert kept == found, "the same sample must yield the same row for ever"
    assert row.grid_id == cast.grids["a"]
    assert row.person_id == cast.people["member_a"]


def test_the_samples_photo_is_awaited(door, cast, session):
    one = at_home(cast, sample("hazard.report", 1), None)
    assert statuses(door("member_a"), one) == ["created"]
    (photo,) = session.exec(select(Photo)).all()
    announced = one["body"]["photos"][0]
    assert (str(photo.id), photo.sha256) == (announced["id"], announced["sha256"])


@pytest.mark.parametrize(("kind", "version"), SHIPPED)
def test_a_shipped_version_never_changes_its_schema(kind, version):
    kept = json.loads(SCHEMAS.read_text(encoding="utf-8"))
    now = BODIES[kind, version].model_json_schema()
    assert kept[f"{kind} {version}"] == told(now), HOW


def test_the_envelope_never_changes_its_schema():
    kept = json.loads(SCHEMAS.read_text(encoding="utf-8"))
    assert kept["item"] == told(Item.model_json_schema()), HOW


def test_no_shipped_version_is_taken_out():
    kept = json.loads(SCHEMAS.read_text(encoding="utf-8"))
    assert {f"{kind} {version}" for kind, version in BODIES} == set(kept) - {"item"}, HOW


def told(schema):
    """What a schema asks for, without the words that explain it."""
    if isinstance(schema, dict):
        return {
            key: told(value)
            for key, value in sorted(schema.items())
            if not (key in ("description", "title") and isinstance(value, str))
        }
    return [told(one) for one in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(("kind", "version"), SHIPPED)
def test_every_version_leads_to_the_newest_and_loses_nothing_on_the_way(kind, version):
    said = BODIES[kind, version].model_validate(sample(kind, version)["body"])
    now = newest(kind, version, said)
    assert type(now) is KINDS[kind].versions[-1]
    assert says_all_of(said.model_dump(), now.model_dump())


def says_all_of(old, new):
    """Every value of the old one is in the new one, which may have more fields at any depth."""
    if isinstance(old, dict):
        return all(key in new and says_all_of(value, new[key]) for key, value in old.items())
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(map(says_all_of, old, new))
    return old == new


def test_an_arrival_elsewhere_is_kept_with_its_words(door, cast, session):
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    body = {"patrol": start["id"], "check_point": None, "where": " 河边新搭的棚 "}
    elsewhere = item(cast, "member_a", "patrol.arrive", body, version=2)
    assert statuses(client, start, elsewhere) == ["created", "created"]
    row = session.exec(select(Arrival)).one()
    assert (row.check_point_id, row.where_words) == (None, "河边新搭的棚")
    assert row.grid_id == cast.grids["a"]


def test_an_arrival_nowhere_is_rejected(door, cast, session):
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    body = {"patrol": start["id"], "check_point": None, "where": " "}
    (_, answer) = send(client, start, item(cast, "member_a", "patrol.arrive", body, version=2))
    assert (answer["status"], answer["fields"]) == ("rejected", {"item": "nowhere"})
    assert count(session, Arrival) == 0


def test_the_tables_of_all_kinds_are_looked_at():
    kept = {
        Patrol,
        Arrival,
        PatrolWord,
        Hazard,
        HazardMove,
        Shout,
        Visit,
        AlarmNote,
        EquipmentCheck,
        SignedLetter,
        DutyTick,
        ShiftNote,
        ShiftTaken,
        AlertSeen,
    }
    assert kept == {kind.row for kind in KINDS.values()} - {None}
