"""The presence mode of a street: off unless asked; required with a basis and dates only."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.grids.tables import Grid
from firegrid_app.points.tables import CheckPoint
from firegrid_app.presence.cards import ModeCard
from firegrid_app.presence.modes import modes_of, set_mode
from firegrid_app.presence.tables import PresenceRule
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A, tag_of
from tests.factories import NOW
from tests.presence.test_flags import arrive, reasons

TODAY = date(2026, 11, 23)
WEEK = (TODAY, TODAY + timedelta(days=6))


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def ask(session, cast, mode, *, who="officer", code=STREET, basis="国庆安保令3号", days=WEEK):
    return set_mode(session, cast.actor(who), code, mode, basis, *days, NOW)


def mode(session, cast, day=TODAY, grid="a"):
    row = session.get(Grid, cast.grids[grid])
    return modes_of(session, [row], day)[cast.grids[grid]]


def test_nothing_is_asked_by_default(session, cast):
    assert mode(session, cast) == ModeCard()


def test_required_holds_in_the_street_and_on_its_days_alone(session, cast):
    ask(session, cast, "required")
    found = mode(session, cast)
    assert (found.mode, found.basis, found.ends_on) == ("required", "国庆安保令3号", "2026-11-29")
    assert mode(session, cast, TODAY - timedelta(days=1)).mode == "off"
    assert mode(session, cast, TODAY + timedelta(days=7)).mode == "off"
    assert mode(session, cast, grid="other_street").mode == "off"


def test_the_newest_word_holds_and_the_older_stays_on_record(session, cast):
    ask(session, cast, "required")
    ask(session, cast, "optional", basis="", days=(None, None))
    assert mode(session, cast).mode == "optional"
    ask(session, cast, "off", basis="", days=(None, None))
    assert mode(session, cast).mode == "off"
    assert [one.mode for one in session.exec(select(PresenceRule))] == [
        "required",
        "optional",
        "off",
    ]
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "presence_mode")).all()


@pytest.mark.parametrize(
    ("basis", "days"),
    [
        (" ", WEEK),
        ("令", (None, None)),
        ("令", (TODAY, None)),
        ("令", (TODAY, TODAY - timedelta(days=1))),
        ("令", (TODAY, TODAY + timedelta(days=93))),
    ],
)
def test_required_without_basis_or_dates_is_refused(session, cast, basis, days):
    with refused(r"presence\.no_basis"):
        ask(session, cast, "required", basis=basis, days=days)
    assert session.exec(select(PresenceRule)).all() == []


@pytest.mark.parametrize(
    ("who", "code", "refusal"),
    [
        ("secretary", COMMUNITY, r"access\.outside_grid"),
        ("member_a", STREET, r"access\.outside_grid"),
        ("officer", OTHER_STREET, r"access\.outside_grid"),
        ("officer", A, r"presence\.street_only"),
        ("administrator", COUNTY, r"presence\.street_only"),
        ("officer", "nowhere", r"grids\.unknown"),
    ],
)
def test_only_who_manages_the_street_sets_it(session, cast, who, code, refusal):
    with refused(refusal):
        ask(session, cast, "off", who=who, code=code)


def test_a_mode_there_is_not_is_refused(session, cast):
    with refused("invalid"):
        ask(session, cast, "forced")


def test_a_tap_while_scanning_is_required_is_kept_and_shown(session, cast):
    ask(session, cast, "required")
    arrive(session, cast)
    assert reasons(session) == ["not_scanned"]
    arrive(session, cast, tag=tag_of("a2"))
    assert reasons(session) == ["not_scanned"]


def test_a_tap_is_as_good_as_a_scan_otherwise(session, cast):
    ask(session, cast, "optional", days=(None, None))
    _, tapped = arrive(session, cast)
    _, scanned = arrive(session, cast, tag=tag_of("a2"))
    assert (tapped.how, scanned.how) == ("tap", "qr")
    assert reasons(session) == []
    assert session.get(CheckPoint, cast.check_points["a2"]) is not None


def test_the_phone_is_told(door, cast, session):
    from tests.sync.test_day_pack import pack

    ask(session, cast, "required")
    session.commit()
    (grid,) = pack(door("member_a"))["grids"]
    assert grid["presence"]["mode"] == "required"
