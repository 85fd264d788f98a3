"""The outbox: in with its cause, sent once by one worker, tried again, given up with a reason."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.database import reading, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.messages.outbox import Entry, Way, put_in, sweep, take
from firegrid_app.messages.rules import KEPT, LEASE, Purpose
from firegrid_app.messages.sending import send_round
from firegrid_app.messages.tables import Message
from firegrid_app.messages.urgent import tell_of_major_hazard
from firegrid_app.serving import postman
from tests.factories import NOW
from tests.messages.providers import hang_up, say


def messages():
    with reading() as session:
        found = list(session.exec(select(Message).order_by(Message.id)))
        session.expunge_all()
        return found


def put(cast, who="member_a", about="1", channel="wecom", purpose=Purpose.MAJOR_HAZARD):
    entry = Entry(
        purpose,
        cast.people[who],
        cast.grids["a"],
        about,
        Way(channel),
        {"grid": "小桥子社区第1网格"},
    )
    with transaction() as session:
        return put_in(session, [entry], NOW)


def test_it_goes_once_and_says_when(cast, use, providers, clock):
    use("wecom")
    assert put(cast)
    postman.send_all()
    postman.send_all()
    (row,) = messages()
    assert (row.sent_at, row.next_try_at, row.tries, row.reason) == (NOW, None, 1, "")
    (got,) = providers.got
    assert got.json["text"]["mentioned_mobile_list"] == [cast.phones["member_a"]]
    assert got.json["text"]["content"] == (
        "【消防网格】小桥子社区第1网格上报一处疑似重大火灾隐患，请立即登录核查处置。"
        " https://firegrid.example.cn/"
    )


def test_what_is_put_in_twice_goes_once(cast, use, providers):
    use("wecom")
    assert put(cast)
    assert not put(cast)
    assert put(cast, about="2")
    postman.send_all()
    assert len(messages()) == 2


def test_what_is_rolled_back_is_never_sent(cast, use, providers):
    use("wecom")

    def fails_late():
        with transaction() as session:
            grid = session.get(Grid, cast.grids["a"])
            assert tell_of_major_hazard(session, uuid4(), grid, 0, NOW) == 3
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_late()
    postman.send_all()
    assert providers.got == []


def test_people_of_one_group_get_one_post_that_names_them_all(cast, use, providers):
    use("wecom", "dingtalk")
    for who in ("head_a", "member_a", "secretary"):
        put(cast, who)
    put(cast, "officer", channel="dingtalk")
    postman.send_all()
    assert len(providers.got) == 2
    (together,) = [got for got in providers.got if "mentioned_mobile_list" in got.body.decode()]
    named = together.json["text"]["mentioned_mobile_list"]
    assert named == [cast.phones[who] for who in ("head_a", "member_a", "secretary")]
    assert all(row.sent_at for row in messages())


def test_an_sms_goes_to_each_by_itself(cast, use, providers):
    use("gateway")
    for who in ("head_a", "member_a"):
        put(cast, who, channel="sms")
    postman.send_all()
    assert [got.json["phone"] for got in providers.got] == [
        cast.phones[who] for who in ("head_a", "member_a")
    ]


def test_a_fault_is_tried_again_later_and_later_and_then_given_up(cast, use, providers, clock):
    use("wecom")
    put(cast)
    tried = []
    providers.next.extend([say(500, "oops")] * 20)
    for _ in range(12 * 60):
        before = len(providers.got)
        postman.send_all()
        if len(providers.got) > before:
            tried.append((clock.now() - NOW) / timedelta(minutes=1))
        clock.forward(minutes=1)
    assert tried == [0, 1, 6, 21, 81, 261]
    (row,) = messages()
    assert (row.sent_at, row.next_try_at) == (None, None)
    assert (row.reason, row.said, row.tries) == ("provider_fault", "HTTP 500", 6)


def test_a_limit_is_waited_for_and_then_it_goes(cast, use, providers, clock):
    use("dingtalk")
    put(cast, channel="dingtalk")
    providers.next.append(say(200, {"errcode": 130101, "errmsg": "send too fast"}))
    postman.send_all()
    (row,) = messages()
    assert (row.reason, row.said) == ("too_many", "130101")
    assert row.next_try_at == NOW + timedelta(minutes=10)
    clock.forward(minutes=10)
    postman.send_all()
    (row,) = messages()
    assert row.sent_at == clock.now()
    assert row.reason == ""


def test_where_no_answer_came_it_goes_once_more_and_no_further(cast, use, providers, clock):
    use("wecom")
    put(cast)
    providers.next.extend([hang_up] * 5)
    for _ in range(60):
        postman.send_all()
        clock.forward(minutes=1)
    assert len(providers.got) == 2
    (row,) = messages()
    assert (row.next_try_at, row.reason) == (None, "no_answer")


def test_a_refused_one_waits_for_a_person(cast, use, providers, clock):
    use("wecom", wecom_robots="guessed")
    put(cast)
    postman.send_all()
    clock.forward(hours=1)
    postman.send_all()
    (row,) = messages()
    assert (row.reason, row.said, row.tries) == ("refused", "93000", 1)


def test_a_line_that_is_gone_from_the_settings_is_said(cast, use, providers):
    use("wecom")
    put(cast, channel="dingtalk")
    postman.send_all()
    (row,) = messages()
    assert (row.reason, row.next_try_at) == ("not_set_up", None)


def test_urgent_news_of_yesterday_is_no_news(cast, use, providers, clock):
    use("wecom")
    put(cast)
    clock.forward(hours=13)
    postman.send_all()
    (row,) = messages()
    assert (row.reason, row.next_try_at, providers.got) == ("too_late", None, [])


def test_who_was_switched_off_meanwhile_gets_nothing(cast, use, providers):
    use("wecom")
    put(cast)
    with transaction() as session:
        session.get(Person, cast.people["member_a"]).switched_off_at = NOW
    postman.send_all()
    (row,) = messages()
    assert (row.reason, providers.got) == ("off", [])


def test_a_fault_of_ours_harms_no_other_message(cast, use, providers, monkeypatch):
    from firegrid_app.messages.channels.robots import WeComRobot

    use("wecom", "gateway")
    put(cast)
    put(cast, "head_a", channel="sms")
    monkeypatch.setattr(WeComRobot, "send", lambda *_: 1 / 0)
    postman.work_once()
    first, second = messages()
    assert (first.reason, first.said) == ("fault", "ZeroDivisionError")
    assert second.sent_at == NOW


def test_what_somebody_took_nobody_else_takes_until_the_lease_is_over(cast, use, providers, clock):
    use("wecom")
    put(cast)
    with transaction() as session:
        (taken,) = take(session, NOW)
    # That worker was killed here.
    postman.send_all()
    assert providers.got == []
    clock.forward(seconds=LEASE.total_seconds())
    postman.send_all()
    (row,) = messages()
    assert (row.tries, row.sent_at, taken.tries) == (2, clock.now(), 1)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_workers_take_different_ones_and_wait_for_nobody(cast, use, providers):
    use("wecom")
    for number in range(3):
        put(cast, about=str(number))
    with transaction() as one:
        assert len(take(one, NOW)) == 3
        with transaction() as other:
            assert take(other, NOW) == []


def test_many_workers_send_each_message_once(cast, use, providers):
    use("gateway")
    for number in range(30):
        put(cast, about=str(number), channel="sms")
    together = threading.Barrier(4)

    def work():
        together.wait(10)
        while send_round():
            pass

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    keys = [got.headers["idempotency-key"] for got in providers.got]
    assert len(keys) == len(set(keys)) == 30
    assert all(row.sent_at and row.tries == 1 for row in messages())


def test_what_there_was_no_time_for_is_given_back(cast, use, providers, monkeypatch):
    from firegrid_app.messages import sending

    use("gateway")
    for number in range(3):
        put(cast, about=str(number), channel="sms")
    monkeypatch.setattr(sending, "TIME_FOR_ALL", -1)
    assert send_round() == 3
    assert [(row.tries, row.next_try_at) for row in messages()] == [(0, NOW)] * 3
    monkeypatch.undo()
    use("gateway")


def test_urgent_ones_do_not_wait_behind_digests(cast, use, providers):
    use("gateway")
    member, grid = cast.people["member_a"], cast.grids["a"]
    with transaction() as session:
        put_in(
            session,
            [
                Entry(Purpose.DIGEST, member, grid, str(number), Way("sms"), {"parts": "…"})
                for number in range(120)
            ],
            NOW - timedelta(minutes=5),
        )
    put(cast, channel="sms")
    send_round()
    assert providers.got[0].json["purpose"] == "major_hazard"


def test_old_ones_leave(cast, use, providers):
    use("wecom")
    put(cast)
    put(cast, "head_a", about="waits", channel="dingtalk")
    with transaction() as session:
        for row in session.exec(select(Message)):
            row.made_at = NOW - KEPT - timedelta(days=1)
            row.next_try_at = None if row.channel == "wecom" else NOW
    with transaction() as session:
        sweep(session, NOW)
    assert [row.channel for row in messages()] == ["dingtalk"]
