"""Whoever reported follows it by number and secret, confirms it is gone, or opens it again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.hazards import merging
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardNotice
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.residents import api
from firegrid_app.residents.following import follow, report_for, say_gone, say_there
from firegrid_app.residents.moderating import take_on, turn_down
from firegrid_app.residents.rules import code_in, in_fours, new_code, new_number, number_in
from firegrid_app.routes import FOLLOW
from firegrid_app.routes import follow as address
from tests.cast import A
from tests.factories import NOW
from tests.factories import report as found_by
from tests.residents.sending import keep, refused


@pytest.fixture(autouse=True)
def _patient():
    api.LOOKS.forget()
    yield
    api.LOOKS.forget()


def accept(session, cast, report, now=NOW):
    return take_on(
        session,
        cast.actor("secretary"),
        report.id,
        category="route_blocked",
        severity="general",
        grid_code=A,
        now=now,
    )


@pytest.fixture
def closed(session, cast):
    """A report whose hazard was put right by the head and closed by the secretary."""
    report, sent = keep(session)
    hazard = accept(session, cast, report)
    move(session, cast.actor("head_a"), hazard.id, Step.CORRECTED, "", NOW)
    move(session, cast.actor("secretary"), hazard.id, Step.CLOSED, "", NOW)
    return hazard, sent


def test_numbers_and_secrets_are_read_as_people_copy_them():
    code = new_code()
    assert code_in(in_fours(code).lower()) == code
    assert code_in("oil0 1111 2222 3333") == "0110111122223333"
    assert number_in(" 1234-5678 ") == "12345678"
    assert {code_in(bad) for bad in ("", "x", "U" * 16, "1" * 17, "É" * 16)} == {""}
    assert {number_in(bad) for bad in ("", "1234567", "１２３４５６７８", "-1234567")} == {""}
    assert len({new_code() for _ in range(100)}) == 100
    assert all(len(new_number()) == 8 for _ in range(100))


def test_only_number_and_secret_together_open_it(session, cast):
    report, sent = keep(session)
    _, other = keep(session, words="别的")
    assert report_for(session, sent.number, sent.code).id == report.id
    for number, code in (
        (sent.number, other.code),
        (other.number, sent.code),
        (sent.number, ""),
        ("", ""),
        ("x" * 500, "y" * 500),
    ):
        with refused("residents.unknown"):
            report_for(session, number, code)


def test_it_tells_in_plain_stages_and_of_nobody(session, cast):
    report, sent = keep(session, name="王阿姨", phone="13800009999")

    def stage(now=NOW):
        card = follow(session, sent.number, sent.code, now)
        assert "王阿姨" not in str(card)
        assert "13800009999" not in str(card)
        assert not any(name in str(card) for name in ("石珍", "龚丽"))
        return card.stage

    assert stage() == "waiting"
    assert stage(NOW + timedelta(hours=25)) == "late"
    hazard = accept(session, cast, report)
    assert stage() == "at_work"
    move(session, cast.actor("head_a"), hazard.id, Step.CORRECTED, "", NOW)
    assert stage() == "looked_at"
    move(session, cast.actor("secretary"), hazard.id, Step.CLOSED, "", NOW)
    assert stage() == "closed"


def test_what_was_turned_down_says_why(session, cast):
    report, sent = keep(session)
    turn_down(session, cast.actor("secretary"), report.id, "not_found", "去看过两次", NOW)
    card = follow(session, sent.number, sent.code, NOW)
    assert (card.stage, card.reason, card.reason_words) == (
        "turned_down",
        "not_found",
        "去看过两次",
    )


def test_the_reporter_says_it_is_gone_once(session, cast, closed):
    hazard, sent = closed
    for _ in range(2):
        say_gone(session, sent.number, sent.code, NOW)
    steps = trail(session, hazard.id)
    assert [(s.step, s.person_id) for s in steps[-1:]] == [("found_gone", None)]
    assert [s.step for s in steps].count("found_gone") == 1
    assert hazard.status == "closed"
    card = follow(session, sent.number, sent.code, NOW)
    assert (card.said_gone, card.may_say_gone, card.may_reopen) == (True, False, True)


def test_still_there_opens_it_again_with_the_old_deadline_and_tells_everybody(
    session, cast, closed
):
    hazard, sent = closed
    due = hazard.due_on
    later = NOW + timedelta(days=14)
    say_there(session, sent.number, sent.code, "又堆满了", later)
    assert (hazard.status, hazard.closed_at, hazard.due_on) == ("open", None, due)
    assert hazard.corrected_by_id is None
    assert hazard.look_on is not None
    last = trail(session, hazard.id)[-1]
    assert (last.step, last.person_id, last.note) == ("found_there", None, "又堆满了")
    assert faults(hazard, trail(session, hazard.id)) == ()
    told = session.exec(
        select(HazardNotice.person_id).where(HazardNotice.number == last.number)
    ).all()
    assert set(told) == {cast.people["head_a"], cast.people["secretary"]}


def test_made_one_with_another_that_one_is_followed_and_opened_again(session, cast):
    report, sent = keep(session)
    hazard = accept(session, cast, report)
    other = found_by(session, cast.actor("member_a"))
    merging.join(session, cast.actor("secretary"), hazard.id, other.id, "", NOW)
    assert follow(session, sent.number, sent.code, NOW).stage == "at_work"
    move(session, cast.actor("head_a"), other.id, Step.CORRECTED, "", NOW)
    move(session, cast.actor("secretary"), other.id, Step.CLOSED, "", NOW)
    assert follow(session, sent.number, sent.code, NOW).stage == "closed"
    say_there(session, sent.number, sent.code, "还在", NOW)
    assert (hazard.status, other.status) == ("merged", "open")


@pytest.mark.parametrize(
    ("days", "words", "code"),
    [(14.01, "还在", r"residents\.too_late"), (1, "  ", r"hazards\.say_why")],
)
def test_too_late_or_without_words_it_stays_closed(session, cast, closed, days, words, code):
    hazard, sent = closed
    with refused(code):
        say_there(session, sent.number, sent.code, words, NOW + timedelta(days=days))
    assert hazard.status == "closed"


@pytest.mark.parametrize("answer", [say_gone, lambda *a: say_there(*a[:3], "还在", a[3])])
def test_before_it_is_closed_there_is_nothing_to_answer(session, cast, answer):
    report, sent = keep(session)
    with refused(r"residents\.not_yet"):
        answer(session, sent.number, sent.code, NOW)
    accept(session, cast, report)
    with refused(r"residents\.not_yet"):
        answer(session, sent.number, sent.code, NOW)


@pytest.mark.parametrize("step", [Step.FOUND_GONE, Step.FOUND_THERE])
@pytest.mark.parametrize("who", ["officer", "secretary", "head_a"])
def test_nobody_at_a_desk_speaks_for_the_resident(session, cast, closed, step, who):
    hazard, _ = closed
    with refused(r"hazards\.already_closed"):
        move(session, cast.actor(who), hazard.id, step, "还在", NOW)


def kept(cast):
    """The same as `closed`, committed."""
    with transaction() as session:
        report, sent = keep(session)
        hazard = accept(session, cast, report)
        move(session, cast.actor("head_a"), hazard.id, Step.CORRECTED, "", NOW)
        move(session, cast.actor("secretary"), hazard.id, Step.CLOSED, "", NOW)
        return hazard.id, sent


def status(hazard_id):
    with reading() as session:
        return session.get(Hazard, hazard_id).status


def test_it_is_all_done_with_plain_forms(cast, client):
    hazard_id, sent = kept(cast)
    page = address(sent.number, sent.code)
    found = client.post(
        FOLLOW,
        data={"number": in_fours(sent.number), "code": in_fours(sent.code).lower()},
        follow_redirects=False,
    )
    assert (found.status_code, found.headers["location"]) == (303, page)
    shown = client.get(page)
    assert "已复查，销案了" in shown.text
    assert "no-store" in shown.headers["cache-control"]
    assert "noindex" in shown.headers["x-robots-tag"]
    assert len(shown.content) < 20_000
    empty = client.post(page, data={"answer": "there", "words": ""})
    assert (empty.status_code, status(hazard_id)) == (422, "closed")
    assert 'role="alert"' in empty.text
    client.post(page, data={"answer": "gone"})
    assert "您已确认" in client.get(page).text
    client.post(page, data={"answer": "there", "words": "又来了"})
    assert status(hazard_id) == "open"
    again = client.get(page).text
    assert "正在整改" in again
    assert "已按反映“还在”退回重新整改" in again
    with transaction() as session:
        move(session, cast.actor("head_a"), hazard_id, Step.CORRECTED, "", NOW)
    assert "退回重新整改" not in client.get(page).text


def test_by_when_it_is_answered_is_said_as_people_say_it(session, cast):
    _, by_day = keep(session, category="combustible_pile")
    _, by_hour = keep(session, where_words="5栋")
    shown = [follow(session, one.number, one.code, NOW) for one in (by_day, by_hour)]
    # NOW is a Monday morning: the end of the third workday is Thursday, not Friday at 0:00.
    assert [(one.answer_by, one.answer_within) for one in shown] == [
        ("2026-11-26", True),
        ("2026-11-24 10:00", False),
    ]


def test_too_late_to_open_it_again_it_can_be_reported_anew(cast, client, monkeypatch):
    _, sent = kept(cast)
    page = address(sent.number, sent.code)
    anew = f'href="/g/{A}/report?where=3'
    monkeypatch.setattr("firegrid_app.residents.api.clock.now", lambda: NOW)
    assert anew not in client.get(page).text
    monkeypatch.setattr(
        "firegrid_app.residents.api.clock.now", lambda: NOW + timedelta(days=14, minutes=1)
    )
    late = client.get(page + "?lang=en").text
    assert anew in late
    assert "&amp;lang=en" in late
    assert "Have you looked?" in late
    client.post(page, data={"answer": "gone"})
    assert "又出现了吗" in client.get(page).text


def test_a_wrong_link_leads_to_where_it_can_be_righted(cast, client):
    _, sent = kept(cast)
    answer = client.get(f"/r/{sent.number}/{'0' * 16}?lang=en")
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
    assert f'action="{FOLLOW}?lang=en"' in answer.text
    assert f'value="{sent.number}"' in answer.text


@pytest.mark.parametrize("code", ["0" * 16, "x", "%00", "../../me"])
def test_a_wrong_secret_opens_nothing_and_changes_nothing(cast, client, code):
    hazard_id, sent = kept(cast)
    assert client.get(f"/r/{sent.number}/{code}").status_code in (404, 405)
    answer = client.post(f"/r/{sent.number}/{code}", data={"answer": "there", "words": "x"})
    assert answer.status_code in (404, 405)
    assert status(hazard_id) == "closed"


def test_a_wrong_secret_typed_in_is_told_in_the_form_and_what_was_typed_stays(cast, client):
    answer = client.post(FOLLOW, data={"number": "1234 567", "code": 'ab12"<b>cd34' + "x" * 99})
    assert answer.status_code == 404
    assert "查询码不对" in answer.text
    assert 'value="1234 567"' in answer.text
    assert 'value="ab12&#34;&lt;b&gt;cd34' + "x" * 12 + '"' in answer.text


def test_guessing_is_slowed_down(cast, client):
    for _ in range(60):
        client.get("/r/12345678/0000000000000000")
    answer = client.get("/r/12345678/0000000000000000")
    assert answer.status_code == 429


def test_the_secret_stands_in_no_log(cast, client, monkeypatch):
    from structlog.testing import capture_logs

    _, sent = kept(cast)

    def breaks(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(api.following, "follow", breaks)
    with capture_logs() as lines:
        assert client.get(address(sent.number, sent.code)).status_code == 500
    assert lines
    assert sent.code not in str(lines)
    with reading() as session:
        audited = session.exec(select(AuditEntry.subject)).all()
    assert not any(sent.code in one for one in audited)
