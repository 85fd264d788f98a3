"""Certificates: entered once, good until their last day, told of 60 and 30 days before."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry, Post
from firegrid_app.database import transaction
from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.refusals import Refused
from firegrid_app.training import certificates
from firegrid_app.training.rules import certificate_standing, is_reminder_day
from firegrid_app.training.service import training_view
from firegrid_app.training.tables import Certificate
from tests.cast import COMMUNITY
from tests.factories import NOW
from tests.training.days import TODAY, certificate


def test_it_is_entered_tidily_and_noted_without_its_number(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        row = certificate(session, secretary, cast.people["member_a"], number=" xf-2024 0001 ")
        assert row.number == "XF-20240001"
        (line,) = certificates.certificates_below(session, secretary, COMMUNITY, NOW)
        assert (line.name, line.expires, line.standing, line.days_left) == (
            "姜龙",
            "2027-01-20",
            "coming",
            58,
        )
        noted = session.exec(select(AuditEntry)).all()[-1]
        assert noted.action == "enter_certificate"
        assert "20240001" not in str(noted.model_dump())


@pytest.mark.parametrize(
    ("left", "standing"),
    [(-1, "expired"), (0, "soon"), (30, "soon"), (31, "coming"), (60, "coming"), (61, "good")],
)
def test_how_it_stands(left, standing):
    assert certificate_standing(TODAY + timedelta(days=left), TODAY) == standing
    assert certificate_standing(None, TODAY) == "good"


def test_what_expires_first_is_on_top_and_the_page_counts_it(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        for number, expires in (
            ("A1", None),
            ("A2", "2028-01-01"),
            ("A3", "2026-11-01"),
            ("A4", "2026-12-01"),
        ):
            certificate(
                session, secretary, cast.people["member_a"], number=number,
                expires_on=date.fromisoformat(expires) if expires else None,
            )  # fmt: skip
        view = training_view(session, secretary, "", NOW)
        assert [line.number for line in view.certificates] == ["A3", "A4", "A2", "A1"]
        assert (view.expired, view.soon) == (1, 1)
        assert [
            line.number
            for line in training_view(session, cast.actor("member_a"), "", NOW).own_certificates
        ] == ["A3", "A4", "A2", "A1"]
        assert training_view(session, cast.actor("member_b"), "", NOW).own_certificates == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "driving"}, "training.unknown_certificate_kind"),
        ({"number": "1"}, "training.bad_number"),
        ({"number": " "}, "training.bad_number"),
        ({"number": "9" * 41}, "training.bad_number"),
        ({"issued_on": TODAY + timedelta(days=1)}, "training.issued_ahead"),
        ({"expires_on": date(2024, 1, 19)}, "training.expires_before"),
        ({"expires_on": date(2924, 1, 19)}, "training.dates_far_off"),
        ({"issued_on": date(1024, 1, 19)}, "training.dates_far_off"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cast, changes, code):
    with transaction() as session:
        with pytest.raises(Refused) as refused:
            certificate(session, cast.actor("secretary"), cast.people["member_a"], **changes)
        assert refused.value.code == code
        assert session.exec(select(Certificate)).all() == []


def test_the_same_number_twice_is_refused_also_after_it_was_taken_off(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        row = certificate(session, secretary, cast.people["member_a"])
        for taken in ("XF-2024 0001", "xf-20240001"):
            with pytest.raises(Refused) as refused:
                certificate(session, secretary, cast.people["member_b"], number=taken)
            assert refused.value.details == {"number": "XF-20240001"}
        certificate(session, secretary, cast.people["member_b"], kind="first_aid")
        certificates.end_certificate(session, secretary, row.id, NOW)
        with pytest.raises(Refused, match="number_taken"):
            certificate(session, secretary, cast.people["member_b"])
        with pytest.raises(Refused, match="unknown_certificate"):
            certificates.end_certificate(session, secretary, row.id, NOW)
        assert len(certificates.certificates_below(session, secretary, COMMUNITY, NOW)) == 1


def test_who_left_gets_none_and_is_listed_no_more(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        certificate(session, secretary, cast.people["member_a"])
        post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
        post.ends_on = TODAY - timedelta(days=1)
        session.flush()
        with pytest.raises(Refused) as refused:
            certificate(session, secretary, cast.people["member_a"], number="B2")
        assert (refused.value.code, refused.value.details) == (
            "training.person_left",
            {"name": "姜龙"},
        )
        with pytest.raises(Refused, match="person_left"):
            certificate(session, secretary, cast.people["switched_off"], number="B3")
        assert certificates.certificates_below(session, secretary, COMMUNITY, NOW) == []


@pytest.mark.parametrize(
    "who", ["other_officer", "other_secretary", "head_a", "member_a", "resident"]
)
def test_who_keeps_no_register_here_is_refused(cast, who):
    stranger = cast.actor(who)
    with transaction() as session:
        row = certificate(session, cast.actor("secretary"), cast.people["member_a"])
        for change in (
            lambda: certificate(session, stranger, cast.people["member_a"], number="C3"),
            lambda: certificates.end_certificate(session, stranger, row.id, NOW),
            lambda: certificates.certificates_below(session, stranger, COMMUNITY, NOW),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert refused.value.code == "access.outside_grid"
        with pytest.raises(Refused, match="unknown_person"):
            certificate(session, stranger, 10**6)


def test_the_day_of_the_reminder_is_a_workday():
    workdays = Workdays({date(2026, 10, 1): False, date(2026, 10, 10): True})
    monday = TODAY + timedelta(days=60)
    assert is_reminder_day(monday, TODAY, workdays)
    assert not is_reminder_day(monday, TODAY + timedelta(days=1), workdays)
    assert is_reminder_day(TODAY + timedelta(days=30), TODAY, workdays)
    # Sixty days before falls on a Saturday: told on the Monday after.
    saturday = TODAY - timedelta(days=2) + timedelta(days=60)
    told = [
        n for n in range(-2, 3) if is_reminder_day(saturday, TODAY + timedelta(days=n), workdays)
    ]
    assert told == [0]


def test_each_is_told_twice_and_by_whom_it_concerns(cast):
    secretary, member, officer = (cast.actor(who) for who in ("secretary", "member_a", "officer"))
    with transaction() as session:
        certificate(session, secretary, cast.people["member_a"])
        told = {who: [] for who in ("secretary", "member_a", "officer", "member_b", "head_a")}
        for days in range(70):
            now = NOW + timedelta(days=days)
            if now.weekday() > 4:
                continue
            for who, days_told in told.items():
                if certificates.to_renew(session, cast.actor(who), now):
                    days_told.append((TODAY + timedelta(days=days)).isoformat())
        # Sixty days before was a Saturday already over; thirty days before is a Monday.
        assert (
            told["member_a"] == told["secretary"] == told["officer"] == ["2026-11-23", "2026-12-21"]
        )
        assert told["member_b"] == told["head_a"] == []
        assert certificates.to_renew(session, member, NOW) == 1
        assert certificates.to_renew(session, officer, NOW) == 1
