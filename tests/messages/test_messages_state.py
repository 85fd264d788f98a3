"""The desk's page of messages: who sees what, sends again, tries a line; any argument at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.messages.outbox import Entry, Way, put_in
from firegrid_app.messages.rules import Purpose
from firegrid_app.messages.state import MessagesState
from firegrid_app.messages.tables import Message
from firegrid_app.messages.urgent import tell_of_major_hazard
from firegrid_app.serving import postman
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW
from tests.messages.providers import say
from tests.tabs import click, goes_to, sent, tab


@pytest.fixture
def told(cast, use):
    """A suspected major hazard in a (street) and in c; both by WeCom."""
    use("wecom")
    for grid in ("a", "c"):
        with transaction() as session:
            found = session.get(Grid, cast.grids[grid])
            tell_of_major_hazard(session, uuid4(), found, 0, NOW)
    return cast


def opened(cast, who):
    page = tab(MessagesState, cast.tokens.get(who))
    click(page.load())
    return page


def test_an_officer_sees_what_went_out_in_the_street(told, providers):
    postman.send_all()
    page = opened(told, "officer")
    assert page.phase == "ready"
    assert (page.view.sent, page.view.waiting, page.view.failed) == (5, 0, 0)
    assert {line.name for line in page.view.lines} == {"龚丽", "石珍", "曹英", "汪洋"}
    assert all(line.sent == "11-23 10:00" for line in page.view.lines)


def test_no_number_no_words_and_no_key_travel_to_the_page(told, providers):
    postman.send_all()
    travelled = sent(opened(told, "officer"))
    for secret in (told.phones["head_a"], "请立即登录", "693a91f6"):
        assert secret not in travelled


@pytest.mark.parametrize("who", ["secretary", "head_a", "member_a", "department", "resident"])
def test_whoever_has_no_right_is_sent_away_with_nothing(told, who):
    page = tab(MessagesState, told.tokens[who])
    assert goes_to(click(page.load())) == ["/desk"]
    assert page.view.lines == ()


def test_nobody_goes_to_the_log_in(told):
    page = tab(MessagesState, None)
    assert goes_to(click(page.load())) == ["/login"]


def test_another_street_sees_nothing_of_ours_and_sends_nothing_again(told, providers):
    providers.next.extend([say(200, {"errcode": 93000})] * 9)
    postman.send_all()
    page = opened(told, "other_officer")
    assert page.view.lines == ()
    with reading() as session:
        ids = session.exec(select(Message.id)).all()
    for one in ids:
        click(page.again(one))
        assert page.said.code == "access.outside_grid"
    assert len(providers.got) == 2


def test_what_failed_says_why_and_goes_again(told, providers, clock):
    providers.next.extend([say(200, {"errcode": 93000, "errmsg": "invalid webhook url"})] * 2)
    postman.send_all()
    page = opened(told, "officer")
    click(page.narrow("failed"))
    line = page.view.lines[0]
    assert (line.standing, line.reason, line.said, line.may_again) == (
        "failed",
        "refused",
        "93000",
        True,
    )
    assert page.view.failed == 5
    clock.forward(days=1)
    click(page.again(line.id))
    assert (page.said.code, page.done) == ("", "again")
    click(page.again(line.id))
    assert page.said.code == "messages.not_failed"
    postman.send_all()
    click(page.load())
    assert (page.view.sent, page.view.failed) == (1, 4)
    with reading() as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.action == "message_again")).all()
        assert [entry.subject for entry in found] == [f"message:{line.id}"]


def test_a_digest_of_a_day_that_is_over_does_not_go_again(told, clock):
    entry = Entry(
        Purpose.DIGEST,
        told.people["head_a"],
        told.grids["a"],
        "2026-11-23",
        Way("sms"),
        {"parts": "…"},
        not_after=NOW + timedelta(hours=7),
    )
    with transaction() as session:
        put_in(session, [entry], NOW)
    postman.send_all()
    page = opened(told, "officer")
    (digest,) = [line for line in page.view.lines if line.purpose == "digest"]
    assert (digest.reason, digest.may_again) == ("not_set_up", True)
    clock.forward(hours=8)
    click(page.load())
    (digest,) = [line for line in page.view.lines if line.purpose == "digest"]
    assert not digest.may_again
    click(page.again(digest.id))
    assert page.said.code == "messages.day_over"


def test_a_line_is_tried_with_a_test_to_oneself_once_a_minute(cast, use, providers, clock):
    use("wecom")
    page = opened(cast, "officer")
    click(page.try_out({"channel": "wecom"}))
    assert (page.said.code, page.done) == ("", "test")
    click(page.try_out({"channel": "wecom"}))
    assert page.said.code == "messages.just_tested"
    postman.send_all()
    (got,) = providers.got
    assert got.json["text"]["mentioned_mobile_list"] == [cast.phones["officer"]]
    clock.forward(minutes=1)
    click(page.try_out({"channel": "wecom"}))
    assert page.said.code == ""


def test_a_line_that_is_not_set_up_cannot_be_tried(cast, use, providers):
    use("wecom")
    page = opened(cast, "officer")
    click(page.try_out({"channel": "sms"}))
    assert page.said.code == "messages.unknown_channel"


@pytest.mark.parametrize("who", ["secretary", "member_a"])
def test_who_has_no_right_tries_no_line(cast, use, providers, who):
    use("wecom")
    page = tab(MessagesState, cast.tokens[who])
    click(page.try_out({"channel": "wecom"}))
    assert page.said.code == "access.not_allowed"
    postman.send_all()
    assert providers.got == []


@pytest.mark.parametrize("name", ["narrow", "turn", "again", "try_out"])
def test_a_handler_called_with_nonsense_changes_nothing(told, name):
    page = opened(told, "officer")
    for argument in NONSENSE:
        click(getattr(page, name)(argument))
        assert page.phase == "ready"
    with reading() as session:
        assert len(session.exec(select(Message)).all()) == 5


def test_a_long_list_is_turned_page_by_page(told):
    officer, street = told.people["officer"], told.grids["street"]
    with transaction() as session:
        put_in(
            session,
            [
                Entry(Purpose.TEST, officer, street, str(number), Way("wecom"))
                for number in range(70)
            ],
            NOW,
        )
    page = opened(told, "officer")
    assert (page.view.waiting, page.view.pages, len(page.view.lines)) == (75, 3, 30)
    click(page.turn(3))
    assert len(page.view.lines) == 15
    click(page.turn(99))
    assert page.view.page == 3


def test_what_is_older_than_a_week_is_not_shown(told, clock):
    clock.forward(days=8)
    page = opened(told, "officer")
    assert (page.view.waiting, page.view.lines) == (0, ())
