"""Rewards: off until set, by rule and by two people, and nobody's name beside the money."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.hazards.merging import join as make_one
from firegrid_app.hazards.tables import Hazard
from firegrid_app.refusals import Refused
from firegrid_app.residents import keeping
from firegrid_app.residents.following import follow
from firegrid_app.residents.moderating import join, take_on, turn_down
from firegrid_app.residents.reporting import form_for
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.rewards.cards import RewardsAsk, SchemeForm
from firegrid_app.rewards.ledger import rewards_file
from firegrid_app.rewards.listing import reward_detail, rewards_view
from firegrid_app.rewards.schemes import set_scheme
from firegrid_app.rewards.service import decline, grant, pay
from firegrid_app.rewards.tables import Reward, RewardScheme
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A
from tests.factories import NOW
from tests.factories import report as found_by
from tests.residents.sending import keep, refused

FORM = SchemeForm(
    is_on=True,
    amounts=(("", ""), ("50", "100"), ("500", "")),
    claim_days="30",
    collect_at="街道办一楼窗口",
)
BEFORE = NOW - timedelta(days=1)
OUTSIDE = ("other_officer", "department", "secretary", "head_a", "member_a", "member_b", "resident")


def set_up(session, cast, code=STREET, who="officer", at=BEFORE, **changes):
    values = {name: getattr(FORM, name) for name in FORM.__dataclass_fields__} | changes
    return set_scheme(session, cast.actor(who), code, SchemeForm(**values), at)


def taken_on(session, cast, severity="general", now=NOW, received=NOW, **changes):
    report, sent = keep(session, now=received, **changes)
    take_on(
        session, cast.actor("secretary"), report.id,
        category="route_blocked", severity=severity, grid_code=A, now=now,
    )  # fmt: skip
    return report, sent


def granted(session, cast, who="officer", amount=80, **changes):
    report, sent = taken_on(session, cast, **changes)
    grant(session, cast.actor(who), report.id, amount=amount, checked=True, now=NOW)
    return report, sent


def hand_out(session, cast, report, who="administrator", now=NOW, **changes):
    values = {"code": "", "known": False, "checked": True, "voucher": "凭2026-7"} | changes
    return pay(session, cast.actor(who), report.id, now=now, **values)


def note(session, sent, now=NOW):
    return follow(session, sent.number, sent.code, now).reward


def test_nothing_of_it_is_there_until_a_street_sets_amounts(session, cast):
    report, sent = taken_on(session, cast)
    assert session.get(Reward, report.id) is None
    assert note(session, sent) is None
    assert form_for(session, A, NOW).rewards == ()
    # Set afterwards it gives nothing for what was there before.
    set_up(session, cast, at=NOW + timedelta(hours=1))
    assert note(session, sent) is None
    assert rewards_view(session, cast.actor("officer"), RewardsAsk(), NOW).tallies[0].count == 0


def test_granted_by_one_and_paid_by_another_to_who_brings_the_code(session, cast):
    set_up(session, cast)
    assert [(one.grade, one.least, one.most) for one in form_for(session, A, NOW).rewards] == [
        ("general", "50", "100"),
        ("major", "500", "500"),
    ]
    report, sent = taken_on(session, cast)
    assert note(session, sent).stage == "checking"
    grant(session, cast.actor("officer"), report.id, amount=80, checked=True, now=NOW)
    seen = note(session, sent)
    assert (seen.stage, seen.amount, seen.collect_at) == ("granted", 80, "街道办一楼窗口")
    assert seen.until == (NOW + timedelta(days=30)).date().isoformat()
    row = hand_out(session, cast, report, code=f" {sent.code[:4].lower()}-{sent.code[4:]} ")
    assert (row.stage, row.paid_how, row.voucher) == ("paid", "code", "凭2026-7")
    assert note(session, sent).stage == "paid"
    view = rewards_view(session, cast.actor("officer"), RewardsAsk(which="paid"), NOW)
    assert (view.matches, view.paid, view.promised) == (1, 80, 0)
    done = [one.action for one in session.exec(select(AuditEntry).order_by(AuditEntry.id))]
    assert [one for one in done if "reward" in one] == [
        "set_reward_scheme",
        "grant_reward",
        "pay_reward",
    ]


def test_no_money_without_a_second_person_the_code_and_a_look(session, cast):
    set_up(session, cast)
    report, sent = granted(session, cast)
    for who, changes, code in (
        ("officer", {"code": sent.code}, "rewards.second_person"),
        ("administrator", {"code": "0000000000000000"}, "rewards.wrong_code"),
        ("administrator", {"code": "?"}, "rewards.wrong_code"),
        ("administrator", {}, "rewards.not_known"),
        # Nobody left a name: nobody can be known by it.
        ("administrator", {"known": True}, "rewards.not_known"),
        ("administrator", {"code": sent.code, "checked": False}, "rewards.no_staff"),
        (
            "administrator",
            {"code": sent.code, "now": NOW + timedelta(days=31)},
            "rewards.too_late",
        ),
    ):
        with refused(code):
            hand_out(session, cast, report, who, **changes)
    hand_out(session, cast, report, code=sent.code, now=NOW + timedelta(days=30))
    with refused("rewards.not_granted"):
        hand_out(session, cast, report, code=sent.code)


def test_another_reports_code_collects_nothing(session, cast):
    set_up(session, cast)
    report, _ = granted(session, cast)
    _, other = taken_on(session, cast, where_words="5栋地下室")
    with refused("rewards.wrong_code"):
        hand_out(session, cast, report, code=other.code)


def test_who_left_a_number_can_be_known_by_it_and_it_is_kept_until_then(session, cast):
    set_up(session, cast, asks_name=True, claim_days="200")
    report, _ = granted(session, cast, phone="13800009999")
    session.get(Hazard, report.hazard_id).status = "closed"
    session.get(Hazard, report.hazard_id).closed_at = NOW
    later = NOW + timedelta(days=120)
    assert keeping.forget(session, later) == 0
    hand_out(session, cast, report, known=True, now=later)
    assert session.get(Reward, report.id).paid_how == "contact"
    assert keeping.forget(session, later) == 1
    assert report.phone == ""


@pytest.mark.parametrize(
    ("amount", "checked", "code"),
    [
        (0, True, "rewards.bad_amount"),
        (49, True, "rewards.bad_amount"),
        (101, True, "rewards.bad_amount"),
        (80, False, "rewards.not_checked"),
    ],
)
def test_the_amount_is_the_schemes_and_somebody_looked(session, cast, amount, checked, code):
    set_up(session, cast)
    report, _ = taken_on(session, cast)
    with refused(code):
        grant(session, cast.actor("officer"), report.id, amount=amount, checked=checked, now=NOW)
    assert session.get(Reward, report.id).stage == "open"


@pytest.mark.parametrize(
    ("why", "severity", "contact", "asks_name"),
    [
        ("no_amount", "minor", {}, False),
        ("ungraded", "suspected_major", {}, False),
        ("no_name", "general", {}, True),
        ("staff", "general", {"phone": "member"}, False),
    ],
)
def test_the_rule_says_why_nothing_is_given(session, cast, why, severity, contact, asks_name):
    from firegrid_app.access.tables import Person

    if contact:
        contact = {"phone": session.get(Person, cast.people["member_b"]).phone}
    set_up(session, cast, asks_name=asks_name)
    report, sent = taken_on(session, cast, severity=severity, **contact)
    officer = cast.actor("officer")
    assert reward_detail(session, officer, report.id, NOW).row.why == why
    with refused("rewards.rule_says_no"):
        grant(session, officer, report.id, amount=50, checked=True, now=NOW)
    if why == "ungraded":
        # It may still be given something: who ends it now says why.
        with refused("rewards.say_why"):
            decline(session, officer, report.id, "", NOW)
        return
    decline(session, officer, report.id, "", NOW)
    assert (note(session, sent).stage, note(session, sent).reason) == ("declined", why)


def test_only_who_told_first_is_rewarded(session, cast):
    set_up(session, cast)
    officer, secretary = cast.actor("officer"), cast.actor("secretary")
    early, _ = taken_on(session, cast, received=NOW - timedelta(hours=3))
    late, sent = keep(session, now=NOW - timedelta(hours=2), words="同一堆")
    join(session, secretary, late.id, early.hazard_id, NOW)
    assert session.get(Reward, late.id) is None
    assert (note(session, sent).stage, note(session, sent).reason) == ("declined", "not_first")
    # The same once more, taken on by itself and made one afterwards.
    third, _ = taken_on(session, cast, received=NOW - timedelta(hours=1), words="还是那一堆")
    assert reward_detail(session, officer, third.id, NOW).row.why == ""
    make_one(session, secretary, third.hazard_id, early.hazard_id, "同一处", NOW)
    assert reward_detail(session, officer, third.id, NOW).row.why == "not_first"
    assert reward_detail(session, officer, early.id, NOW).row.why == ""


def test_joined_to_what_a_later_report_became_the_first_still_has_its_case(session, cast):
    set_up(session, cast)
    first, sent = keep(session, now=NOW - timedelta(hours=3), words="先报的")
    later, _ = taken_on(session, cast, received=NOW - timedelta(hours=1))
    join(session, cast.actor("secretary"), first.id, later.hazard_id, NOW)
    officer = cast.actor("officer")
    assert reward_detail(session, officer, later.id, NOW).row.why == "not_first"
    grant(session, officer, first.id, amount=50, checked=True, now=NOW)
    assert note(session, sent).amount == 50


def test_what_a_member_found_before_is_no_first_report(session, cast):
    set_up(session, cast)
    known = found_by(session, cast.actor("member_a"))
    report, _ = keep(session, now=NOW + timedelta(hours=1))
    join(session, cast.actor("secretary"), report.id, known.id, NOW + timedelta(hours=1))
    assert session.get(Reward, report.id) is None


def test_turned_down_is_no_case(session, cast):
    set_up(session, cast)
    report, sent = keep(session)
    turn_down(session, cast.actor("secretary"), report.id, "not_fire", "", NOW)
    assert (session.get(Reward, report.id), note(session, sent)) == (None, None)


def test_what_was_granted_can_be_taken_back_with_words_and_granted_anew(session, cast):
    set_up(session, cast)
    report, sent = granted(session, cast)
    officer = cast.actor("officer")
    with refused("rewards.decided"):
        grant(session, officer, report.id, amount=80, checked=True, now=NOW)
    with refused("rewards.say_why"):
        decline(session, officer, report.id, " ", NOW)
    decline(session, officer, report.id, "复核后不属实", NOW)
    seen = note(session, sent)
    assert (seen.stage, seen.words, seen.amount) == ("declined", "复核后不属实", 0)
    with refused("rewards.decided"):
        decline(session, officer, report.id, "再一次", NOW)
    with refused("rewards.not_granted"):
        hand_out(session, cast, report, code=sent.code)
    grant(session, officer, report.id, amount=60, checked=True, now=NOW)
    assert note(session, sent).amount == 60


def test_not_collected_in_time_it_lapses_and_can_be_granted_anew(session, cast):
    set_up(session, cast)
    report, sent = granted(session, cast)
    later = NOW + timedelta(days=31)
    assert note(session, sent, later).stage == "expired"
    officer = cast.actor("officer")
    view = rewards_view(session, officer, RewardsAsk(which="expired"), later)
    assert (view.matches, view.promised) == (1, 0)
    grant(session, officer, report.id, amount=80, checked=True, now=later)
    hand_out(session, cast, report, code=sent.code, now=later)


def test_a_change_of_the_scheme_counts_for_later_reports_only(session, cast):
    set_up(session, cast)
    report, _ = taken_on(session, cast)
    set_up(session, cast, is_on=False, at=NOW + timedelta(minutes=1))
    later, _ = taken_on(session, cast, received=NOW + timedelta(hours=1), words="后来的")
    assert session.get(Reward, later.id) is None
    grant(session, cast.actor("officer"), report.id, amount=100, checked=True, now=NOW)


def test_a_street_without_its_own_has_the_countys_and_one_switched_off_has_none(session, cast):
    set_up(session, cast, COUNTY, "administrator")
    assert form_for(session, A, NOW).rewards != ()
    card = rewards_view(session, cast.actor("officer"), RewardsAsk(), NOW).scheme
    assert (card.is_on, card.own) == (True, False)
    set_up(session, cast, is_on=False)
    assert form_for(session, A, NOW).rewards == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amounts": (("", ""), ("", ""), ("", ""))}, "rewards.bad_amounts"),
        ({"amounts": (("", ""), ("100", "50"), ("", ""))}, "rewards.bad_amounts"),
        ({"amounts": (("", ""), ("0", "50"), ("", ""))}, "rewards.bad_amounts"),
        ({"amounts": (("", ""), ("五十", ""), ("", ""))}, "rewards.bad_amounts"),
        ({"amounts": (("", ""), ("-5", "5"), ("", ""))}, "rewards.bad_amounts"),
        ({"amounts": (("", ""), ("1", "100001"), ("", ""))}, "rewards.bad_amounts"),
        ({"amounts": (("1", "2"),)}, "rewards.bad_amounts"),
        ({"claim_days": "0"}, "rewards.bad_days"),
        ({"claim_days": "366"}, "rewards.bad_days"),
        ({"claim_days": "many"}, "rewards.bad_days"),
        ({"collect_at": " "}, "rewards.no_place"),
        ({"collect_at": "很" * 121}, "rewards.no_place"),
    ],
)
def test_a_scheme_without_sense_is_refused(session, cast, changes, code):
    with refused(code):
        set_up(session, cast, **changes)
    assert session.exec(select(RewardScheme)).all() == []


def test_a_community_sets_none(session, cast):
    with refused("rewards.not_here"):
        set_up(session, cast, COMMUNITY)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_sees_sets_decides_or_pays(session, cast, who):
    set_up(session, cast)
    report, sent = granted(session, cast)
    actor = cast.actor(who)
    no = r"access\.(outside_grid|not_allowed)"
    for call in (
        lambda: set_up(session, cast, who=who),
        lambda: rewards_view(session, actor, RewardsAsk(code=STREET), NOW),
        lambda: reward_detail(session, actor, report.id, NOW),
        lambda: grant(session, actor, report.id, amount=80, checked=True, now=NOW),
        lambda: decline(session, actor, report.id, "x", NOW),
        lambda: hand_out(session, cast, report, who, code=sent.code),
        lambda: rewards_file(session, actor, STREET, "zh_CN", NOW),
    ):
        with refused(no):
            call()
    assert session.get(Reward, report.id).stage == "granted"


def test_an_unknown_one_is_refused(session, cast):
    set_up(session, cast)
    report, _ = keep(session)
    for one in (uuid4(), report.id):
        with refused(r"rewards\.unknown"):
            grant(session, cast.actor("officer"), one, amount=1, checked=True, now=NOW)


def test_the_ledger_names_who_decided_and_nobody_who_reported(session, cast):
    set_up(session, cast)
    report, sent = granted(session, cast, name="王阿姨", phone="13800009999")
    hand_out(session, cast, report, code=sent.code)
    for language in ("zh_CN", "en", "ko"):
        name, headings, rows = rewards_file(
            session, cast.actor("administrator"), COUNTY, language, NOW
        )
        assert len(headings) == len(rows[0])
        text = "".join(map(str, (name, *headings, *rows[0])))
        assert "王阿姨" not in text
        assert "13800009999" not in text
        assert sent.code not in text
        assert 80 in rows[0]
    assert rows[0][7] != ""
    assert rows[0][10] != ""
    assert rows[0][7] != rows[0][10]
    with refused("access.outside_grid"):
        rewards_file(session, cast.actor("officer"), OTHER_STREET, "en", NOW)


def test_the_reporters_page_says_it_in_every_language(cast, make_client, monkeypatch):
    with transaction() as session:
        set_up(session, cast)
        _, sent = granted(session, cast)
    monkeypatch.setattr("firegrid_app.residents.api.clock.now", lambda: NOW)
    client = make_client(None)
    for language, word in (("zh_CN", "80 元"), ("en", "80 yuan"), ("ko", "80원")):
        page = client.get(f"/r/{sent.number}/{sent.code}?lang={language}").text
        assert word in page
        assert "街道办一楼窗口" in page
        form = client.get(f"/g/{A}/report?lang={language}").text
        assert "50–100" in form
        assert "500" in form


def test_the_ledger_is_a_file_for_who_may(cast, door):
    with transaction() as session:
        set_up(session, cast)
        granted(session, cast)
    for kind in ("csv", "xlsx"):
        answer = door("officer").get(f"/rewards/{STREET}/ledger.{kind}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        assert door("secretary").get(f"/rewards/{STREET}/ledger.{kind}").status_code == 403
    with reading() as session:
        taken = select(AuditEntry).where(AuditEntry.action == "export_rewards")
        assert len(session.exec(taken).all()) == 2


def test_the_last_day_to_collect_is_a_day_of_the_street(session, cast):
    set_up(session, cast)
    report, _ = granted(session, cast)
    until = session.get(Reward, report.id).claim_until
    assert until == date(2026, 11, 23) + timedelta(days=30)
    assert isinstance(session.get(ResidentReport, report.id), ResidentReport)
    with pytest.raises(Refused):
        grant(session, cast.actor("officer"), report.id, amount=80, checked=True, now=NOW)
