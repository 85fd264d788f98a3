"""Any nonsense at all: answered, never a fault of ours, never in the way of a good item."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firegrid_app.sync.kinds import KINDS
from tests.cast import A
from tests.factories import NOW, batch, hazard_body, item, shout_body
from tests.sync.walks import letter_body

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**31, 2**63, -(2**63) - 1, 10**40])
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([A, NOW.isoformat(), "0001-01-01T00:00:00+14:00", "\x00", "%", "ebike"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
BODIES = {
    "patrol.start": ("grid",),
    "patrol.arrive": ("patrol", "check_point", "call", "all_fine", "note"),
    "patrol.end": ("patrol", "ended_at", "note"),
    "patrol.word": ("patrol", "since", "until", "note"),
    "hazard.report": (
        "grid",
        "category",
        "severity",
        "words",
        "where",
        "place",
        "photos",
        "patrol",
        "dissuasion",
    ),
    "hazard.move": ("hazard", "patrol", "step", "note", "photos", "dissuasion"),
    "shout.log": (
        "grid",
        "script",
        "means",
        "people_reached",
        "where",
        "place",
        "leaflets",
        "photos",
    ),
    "visit.log": (
        "door",
        "outcome",
        "note",
        "campaign",
        "edition",
        "answers",
        "faults",
        "photos",
    ),
    "alarm.noted": ("door", "alarm", "step", "maker", "expires"),
    "equipment.checked": ("piece", "found", "tested", "note", "hazard", "photos"),
    "letter.signed": ("place", "party", "signed_by", "edition", "language", "photos"),
    "duty.done": ("rule", "grid", "first", "number", "note"),
    "shift.note": ("shift", "words"),
    "shift.taken": ("shift", "notes"),
    "alert.seen": ("alert", "edition"),
}
FIELDS = ("id", "kind", "version", "made_by", "captured_at", "position", "body", "more")


def test_every_kind_is_spoiled_too():
    assert set(BODIES) == set(KINDS)


@st.composite
def spoiled(draw):
    """A kind, changes to the item, changes to its body."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    of_item = draw(st.dictionaries(st.sampled_from(FIELDS), values, max_size=2))
    of_body = draw(st.dictionaries(st.sampled_from(BODIES[kind]), values, max_size=3))
    return kind, of_item, of_body


def start_of(cast, kind):
    return {
        "patrol.start": {"grid": A},
        "patrol.arrive": {"patrol": "0" * 32, "check_point": cast.check_points["a1"]},
        "patrol.end": {"patrol": "0" * 32},
        "patrol.word": {"patrol": "0" * 32, "since": NOW.isoformat(), "until": NOW.isoformat()},
        "hazard.report": hazard_body(),
        "hazard.move": {"hazard": "0" * 32, "step": "commented", "note": "x"},
        "shout.log": shout_body(),
        "visit.log": {"door": cast.doors["a1"], "outcome": "met"},
        "alarm.noted": {"door": cast.doors["a1"], "alarm": "smoke", "step": "tested"},
        "equipment.checked": {"piece": 1, "found": "fine"},
        "letter.signed": letter_body(cast),
        "duty.done": {"rule": 1, "grid": A, "first": "2026-11-23"},
        "shift.note": {"shift": 1, "words": "车棚"},
        "shift.taken": {"shift": 1},
        "alert.seen": {"alert": 1, "edition": 1},
    }[kind]


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(found=st.lists(spoiled(), min_size=1, max_size=4))
def test_spoiled_items_are_answered_each_and_a_good_one_among_them_is_taken(door, cast, found):
    items = [
        item(cast, "member_a", kind, start_of(cast, kind) | of_body) | of_item
        for kind, of_item, of_body in found
    ]
    good = item(cast, "member_a", "shout.log", shout_body())
    answer = door("member_a").post("/api/sync", content=json.dumps(batch(*items, good)))
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 200:
        results = answer.json()["results"]
        assert len(results) == len(items) + 1
        assert results[-1]["status"] == "created"
        assert "server_error" not in [one.get("code") for one in results]


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=values)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/sync"),
        ("POST", "/api/session"),
        ("POST", "/api/invitation/look"),
        ("POST", "/api/invitation/accept"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_body_of_nonsense_is_never_a_fault(door, method, path, body):
    answer = door("member_a").request(method, path, content=json.dumps(body))
    assert answer.status_code in (401, 410, 422), answer.text
    assert answer.json()["message"]
