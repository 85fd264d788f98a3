"""The desk decides about reports: who may, what a hazard it becomes, what stays secret."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.rules import Actor
from firegrid_app.access.tables import AuditEntry
from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.hazards.merging import join as make_one
from firegrid_app.hazards.tables import Hazard, HazardNotice
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.messages.waiting import counts_of
from firegrid_app.photos.processing import process
from firegrid_app.photos.service import photo_by_id
from firegrid_app.photos.tables import Photo
from firegrid_app.residents import keeping
from firegrid_app.residents.cards import Draft, ReportsAsk
from firegrid_app.residents.listing import report_detail, reports_view, waiting_for
from firegrid_app.residents.moderating import contact, join, report_by_id, take_on, turn_down
from firegrid_app.residents.reporting import answer_by, checked, take_in
from firegrid_app.residents.rules import OFFERED
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.settings import settings
from tests.cast import COMMUNITY, OTHER_COMMUNITY, A, B, C
from tests.factories import NOW
from tests.factories import report as found_by
from tests.photos.pictures import clean_jpeg
from tests.residents.sending import FIELDS, keep, refused

DECIDERS = ("administrator", "officer", "secretary")
OTHERS = (
    "other_officer",
    "department",
    "other_secretary",
    "head_a",
    "member_a",
    "member_b",
    "leader_a",
    "resident",
)


def accept(session, actor: Actor, report, **changes):
    values = {"category": "route_blocked", "severity": "general", "grid_code": A, "now": NOW}
    return take_on(session, actor, report.id, **values | changes)


def with_photo(session):
    values = {name: value for name, value in FIELDS.items() if name != "website"}
    draft = checked(Draft(**values))
    sent = take_in(session, A, draft, [process(clean_jpeg())], "d" * 64, NOW)
    report = session.exec(select(ResidentReport).where(ResidentReport.number == sent.number)).one()
    photo = session.exec(select(Photo).where(Photo.record_id == report.id)).one()
    return report, photo


@pytest.mark.parametrize("who", DECIDERS)
def test_it_becomes_a_hazard_like_any_other(session, cast, who):
    received = NOW - timedelta(days=3)
    report, _ = keep(session, now=received)
    hazard = accept(session, cast.actor(who), report)
    assert (hazard.source, hazard.status, hazard.person_id) == (
        "resident",
        "open",
        cast.people[who],
    )
    assert (hazard.words, hazard.where_words) == ("楼梯口堆满旧家具", "3栋2单元4楼")
    assert hazard.owner_id == cast.people["head_a"]
    # General: five workdays from the day somebody vouched for it, a Monday.
    assert (hazard.happened_at, hazard.due_on) == (NOW, date(2026, 11, 30))
    assert (report.standing, report.hazard_id, report.decided_by_id) == (
        "taken_on",
        hazard.id,
        cast.people[who],
    )
    assert faults(hazard, trail(session, hazard.id)) == ()
    told = session.exec(select(HazardNotice.person_id)).all()
    assert cast.people["head_a"] in told


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_or_decides(session, cast, who):
    report, _ = keep(session, phone="13800009999")
    actor = cast.actor(who)
    hazard = found_by(session, cast.actor("member_a"))
    for ask in (
        lambda: report_detail(session, actor, report.id, NOW),
        lambda: accept(session, actor, report),
        lambda: join(session, actor, report.id, hazard.id, NOW),
        lambda: turn_down(session, actor, report.id, "not_fire", "", NOW),
        lambda: contact(session, actor, report.id, NOW),
    ):
        with refused(r"access\.outside_grid"):
            ask()
    assert report.standing == "waiting"
    assert waiting_for(session, actor, NOW) == (0, 0)


def test_a_report_nobody_sent_is_unknown(session, cast):
    with refused(r"residents\.unknown"):
        report_by_id(session, cast.actor("officer"), uuid4())


def test_it_may_have_happened_in_the_grid_beside(session, cast):
    report, photo = with_photo(session)
    hazard = accept(session, cast.actor("secretary"), report, grid_code=B)
    assert hazard.grid_id == report.grid_id == photo.grid_id == cast.grids["b"]
    report, _ = keep(session, words="另一条")
    with refused(r"access\.outside_grid"):
        accept(session, cast.actor("secretary"), report, grid_code=C)


def test_what_reporting_refuses_leaves_the_report_waiting(session, cast):
    report, _ = keep(session)
    for changes, code in (
        ({"category": "nonsense"}, r"hazards\.unknown_category"),
        ({"severity": "nonsense"}, r"hazards\.unknown_severity"),
        ({"severity": "major"}, r"hazards\.grading_reserved"),
    ):
        with refused(code):
            accept(session, cast.actor("secretary"), report, **changes)
    assert (report.standing, session.exec(select(Hazard)).all()) == ("waiting", [])


def test_it_is_decided_once(session, cast):
    report, _ = keep(session)
    accept(session, cast.actor("secretary"), report)
    for ask in (
        lambda: accept(session, cast.actor("officer"), report),
        lambda: turn_down(session, cast.actor("officer"), report.id, "not_fire", "", NOW),
        lambda: join(session, cast.actor("officer"), report.id, report.hazard_id, NOW),
    ):
        with refused(r"residents\.decided"):
            ask()
    assert len(session.exec(select(Hazard)).all()) == 1


def test_joined_it_adds_its_words_and_photos_to_what_is_known(session, cast):
    report, photo = with_photo(session)
    hazard = found_by(session, cast.actor("member_a"))
    join(session, cast.actor("secretary"), report.id, hazard.id, NOW)
    assert (report.standing, report.hazard_id) == ("joined", hazard.id)
    last = trail(session, hazard.id)[-1]
    assert last.step == "commented"
    assert "楼梯口堆满旧家具" in last.note
    assert (photo.record_kind, photo.record_id) == ("hazard", hazard.id)
    assert faults(hazard, trail(session, hazard.id)) == ()


def test_it_joins_no_hazard_of_others_and_none_that_is_closed(session, cast):
    report, _ = keep(session)
    closed = found_by(session, cast.actor("member_a"), fixed_on_spot=True)
    elsewhere = found_by(session, cast.actor("other_secretary"), grid_code=C)
    for hazard_id, code in (
        (closed.id, r"hazards\.already_closed"),
        (elsewhere.id, r"access\.outside_grid"),
        (uuid4(), r"hazards\.unknown"),
    ):
        with refused(code):
            join(session, cast.actor("secretary"), report.id, hazard_id, NOW)
    assert report.standing == "waiting"


@pytest.mark.parametrize(("reason", "words"), [("", ""), ("nonsense", "x"), ("other", "  ")])
def test_turned_down_only_with_a_reason(session, cast, reason, words):
    report, _ = keep(session)
    with refused(r"residents\.no_reason"):
        turn_down(session, cast.actor("secretary"), report.id, reason, words, NOW)
    assert report.standing == "waiting"


def test_its_photos_are_for_who_decides_until_it_is_taken_on(session, cast):
    report, photo = with_photo(session)
    for who in ("head_a", "member_a", "department", "other_secretary"):
        with refused(r"access\.outside_grid"):
            photo_by_id(session, cast.actor(who), photo.id)
    assert photo_by_id(session, cast.actor("secretary"), photo.id) is photo
    accept(session, cast.actor("secretary"), report)
    assert photo_by_id(session, cast.actor("member_a"), photo.id) is photo


def test_every_look_at_who_reported_is_logged_without_their_number(session, cast):
    report, _ = keep(session, name="王阿姨", phone="13800009999")
    detail = report_detail(session, cast.actor("secretary"), report.id, NOW)
    assert detail.has_contact
    assert "13800009999" not in str(detail)
    for _ in range(2):
        seen = contact(session, cast.actor("secretary"), report.id, NOW)
    assert (seen.name, seen.phone) == ("王阿姨", "13800009999")
    lines = session.exec(select(AuditEntry).where(AuditEntry.action == "see_reporter")).all()
    assert [(one.person_id, one.subject) for one in lines] == [
        (cast.people["secretary"], f"report:{report.number}")
    ] * 2


def test_the_list_shows_what_waits_in_the_order_of_its_deadlines(session, cast):
    slow, _ = keep(session, category="ebike_public_area", words="一")
    quick, _ = keep(session, category="exit_locked", words="二")
    keep(session, OTHER_COMMUNITY, words="三")
    done, _ = keep(session, words="四")
    turn_down(session, cast.actor("secretary"), done.id, "not_fire", "", NOW)
    later = NOW + timedelta(hours=30)
    view = reports_view(session, cast.actor("secretary"), ReportsAsk(), later)
    assert [row.number for row in view.rows] == [quick.number, slow.number]
    assert [(row.late, row.hours) for row in view.rows] == [(True, 30), (False, 30)]
    tallies = {tally.which: tally.count for tally in view.tallies}
    assert tallies == {"waiting": 2, "late": 1, "taken_on": 0, "turned_down": 1, "all": 3}
    assert waiting_for(session, cast.actor("secretary"), later) == (2, 1)
    assert waiting_for(session, cast.actor("officer"), later) == (3, 2)
    for which, count in tallies.items():
        ask = ReportsAsk(which=which)
        assert reports_view(session, cast.actor("secretary"), ask, later).matches == count
    with refused(r"access\.not_allowed"):
        reports_view(session, cast.actor("head_a"), ReportsAsk(), NOW)
    with refused(r"access\.outside_grid"):
        reports_view(session, cast.actor("secretary"), ReportsAsk(OTHER_COMMUNITY), NOW)


def test_the_digest_names_them_to_the_community_and_late_ones_to_the_street(session, cast):
    keep(session)
    later = NOW + timedelta(hours=25)
    assert counts_of(session, cast.actor("secretary"), NOW).reports == 1
    assert counts_of(session, cast.actor("officer"), NOW).reports == 0
    assert counts_of(session, cast.actor("officer"), later).reports == 1
    assert counts_of(session, cast.actor("administrator"), later).reports == 0
    assert counts_of(session, cast.actor("member_a"), later).reports == 0


def test_the_panel_offers_open_hazards_nearby_the_same_kind_first(session, cast):
    report, _ = keep(session)
    other_kind = found_by(session, cast.actor("member_a"), category="fireworks", severity="minor")
    same = found_by(session, cast.actor("member_a"))
    beside = found_by(session, cast.actor("member_b"), grid_code=B)
    found_by(session, cast.actor("member_a"), fixed_on_spot=True)
    found_by(session, cast.actor("other_secretary"), grid_code=C)
    found_by(session, cast.actor("member_a"), at=NOW - timedelta(weeks=13))
    detail = report_detail(session, cast.actor("secretary"), report.id, NOW)
    assert [UUID(one.id) for one in detail.known] == [same.id, other_kind.id, beside.id]
    assert {code for code, _ in detail.grids} == {COMMUNITY, A, B}


@pytest.mark.parametrize("category", OFFERED)
def test_blocked_ways_and_danger_now_are_answered_in_a_day_the_rest_in_three_workdays(category):
    friday = NOW - timedelta(days=3)
    quick = {"route_blocked", "exit_locked", "fire_lane_blocked", "hydrant_blocked"}
    quick |= {"facility_broken", "open_fire"}
    until = answer_by(category, friday, Workdays({}), settings().zone)
    if category in quick:
        assert until == friday + timedelta(hours=24)
    else:
        # Monday, Tuesday, Wednesday: until midnight.
        assert until.astimezone(settings().zone).isoformat() == "2026-11-26T00:00:00+08:00"


def test_who_reported_is_forgotten_when_nobody_has_to_ask_any_more(session, cast):
    waiting, _ = keep(session, words="一", phone="13800009991")
    down, photo = with_photo(session)
    down.phone = "13800009992"
    turn_down(session, cast.actor("secretary"), down.id, "not_fire", "", NOW)
    taken, _ = keep(session, words="三", phone="13800009993", name="王")
    hazard = accept(session, cast.actor("secretary"), taken)
    hazard.status, hazard.closed_at = "closed", NOW
    soon, late = NOW + timedelta(days=90), NOW + timedelta(days=90, seconds=1)
    session.flush()
    assert not keeping.some_are_over(session, soon)
    assert keeping.some_are_over(session, late)
    keeping.forget(session, late)
    assert (waiting.phone, down.phone, taken.phone, taken.name) == ("13800009991", "", "", "")
    assert session.exec(select(Photo).where(Photo.id == photo.id)).first() is None
    assert not keeping.some_are_over(session, late)


def test_who_reported_what_was_made_one_is_forgotten_when_the_other_is_closed(session, cast):
    taken, _ = keep(session, words="三", phone="13800009993")
    hazard = accept(session, cast.actor("secretary"), taken)
    other = found_by(session, cast.actor("member_a"))
    make_one(session, cast.actor("head_a"), hazard.id, other.id, "", NOW)
    late = NOW + timedelta(days=91)
    assert not keeping.some_are_over(session, late)
    other.status, other.closed_at = "closed", NOW
    session.flush()
    keeping.forget(session, late)
    assert taken.phone == ""
