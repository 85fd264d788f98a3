"""The one writer: many at once, the same at once, and one that breaks harms nobody else."""

import threading
from concurrent.futures import wait
from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from firegrid_app.database import engine
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.tables import Arrival
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync import writer as writing
from firegrid_app.sync.delivery import Delivery
from firegrid_app.sync.kinds import KINDS
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.sync.writer import Writer, write_together
from tests.cast import A, B
from tests.factories import NOW, hazard_body, item, report, send, shout_body


def count(session, table):
    session.rollback()
    return session.exec(select(func.count()).select_from(table)).one()


def delivery(cast, who, *items):
    return Delivery(token=cast.tokens[who], sent_at=NOW, items=items)


def shout(cast, who="member_a", **changes):
    return item(cast, who, "shout.log", shout_body(**changes))


def applied_by(monkeypatch, kind, apply):
    """From now on records of this kind are applied so."""
    monkeypatch.setitem(KINDS, kind, replace(KINDS[kind], apply=apply))


def outcomes(*deliveries):
    return [[one.status for one in given.answer.result(10)[1]] for given in deliveries]


@pytest.fixture
def flushes(monkeypatch):
    """How often `_write` ran, and in which way."""
    ran = []
    real = writing._write

    def counted(deliveries, *, item_by_item):
        ran.append((len(deliveries), item_by_item))
        return real(deliveries, item_by_item=item_by_item)

    monkeypatch.setattr(writing, "_write", counted)
    return ran


def test_many_deliveries_share_one_transaction_and_each_gets_its_own_answer(cast, session, flushes):
    given = [
        delivery(cast, "member_a", shout(cast), shout(cast)),
        delivery(cast, "member_b", shout(cast, "member_b", grid=B)),
        delivery(cast, "head_a", shout(cast, "head_a"), shout(cast, "head_a", script="poem")),
    ]
    write_together(given)
    assert flushes == [(3, False)]
    assert outcomes(*given) == [["created", "created"], ["created"], ["created", "refused"]]
    assert [one.answer.result()[0] for one in given] == [
        cast.people[name] for name in ("member_a", "member_b", "head_a")
    ]
    assert count(session, Shout) == 4


def test_somebody_not_logged_in_among_them_is_refused_alone(cast, session):
    stranger = Delivery(token="x", sent_at=NOW, items=[shout(cast)])
    nobody = Delivery(token=None, sent_at=NOW, items=[shout(cast)])
    member = delivery(cast, "member_a", shout(cast))
    write_together([stranger, member, nobody])
    assert outcomes(member) == [["created"]]
    for refused in (stranger, nobody):
        with pytest.raises(Refused, match="not_logged_in"):
            refused.answer.result(10)
    assert count(session, Shout) == 1


def test_the_same_item_in_two_deliveries_together_is_applied_once(cast, session):
    same = shout(cast)
    first, second = delivery(cast, "member_a", same), delivery(cast, "member_a", same)
    write_together([first, second])
    assert outcomes(first, second) == [["created"], ["already"]]
    assert count(session, Shout) == count(session, ReceivedItem) == 1


def test_an_item_that_breaks_the_database_harms_no_other(cast, session, flushes):
    """Its id is that of a hazard that came another way: the row cannot be written."""
    taken = report(session, cast.actor("member_a"), words="早先")
    session.commit()
    breaking = item(cast, "member_a", "hazard.report", hazard_body(), id=str(taken.id))
    first = delivery(cast, "member_a", shout(cast), breaking, shout(cast))
    second = delivery(cast, "member_b", shout(cast, "member_b", grid=B))
    write_together([first, second])
    assert flushes == [(2, False), (1, True), (1, True)]
    assert outcomes(first, second) == [["created", "refused", "created"], ["created"]]
    assert first.answer.result()[1][1].code == "server_error"
    assert (count(session, Shout), count(session, ReceivedItem)) == (3, 3)
    assert session.exec(select(Hazard.words)).all() == ["早先"]


def test_a_fault_of_the_program_in_one_item_harms_no_other(cast, session, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError

    applied_by(monkeypatch, "visit.log", broken)
    visit = item(cast, "member_a", "visit.log", {"door": cast.doors["a1"], "outcome": "met"})
    given = delivery(cast, "member_a", shout(cast), visit, shout(cast))
    write_together([given])
    assert outcomes(given) == [["created", "refused", "created"]]
    assert count(session, Shout) == 2


def test_a_walk_whose_start_broke_is_not_walked_on(cast, session, flushes):
    """Its id is that of another person's walk: what names it stays out of that one."""
    theirs = item(cast, "head_a", "patrol.start", {"grid": A})
    write_together([delivery(cast, "head_a", theirs)])
    session.exec(sa.delete(ReceivedItem))
    session.commit()
    start = item(cast, "member_a", "patrol.start", {"grid": A}, id=theirs["id"])
    arrived = {"patrol": start["id"], "check_point": cast.check_points["a2"], "all_fine": True}
    given = delivery(cast, "member_a", start, item(cast, "member_a", "patrol.arrive", arrived))
    write_together([given])
    assert [each for _, each in flushes] == [False, False, True]
    codes = [one.code for one in given.answer.result()[1]]
    assert codes == ["server_error", "patrols.not_yours"]
    assert count(session, Arrival) == 0


def test_premises_called_at_are_locked_in_one_question(cast, session):
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    arrived = {"patrol": start["id"], "check_point": cast.check_points["a2"], "all_fine": True}
    calls = [item(cast, "member_a", "patrol.arrive", arrived) for _ in range(5)]
    asked = []

    def note(connection, cursor, statement, *rest):
        if "FROM place" in statement:
            asked.append(statement)

    sa.event.listen(engine(), "before_cursor_execute", note)
    try:
        write_together([delivery(cast, "member_a", start, *calls)])
    finally:
        sa.event.remove(engine(), "before_cursor_execute", note)
    assert len(asked) == 1
    session.rollback()
    assert session.get(Place, cast.places["a"]).outcome == "checked"


def test_while_the_database_is_busy_nothing_is_called_refused(cast, session, monkeypatch):
    def busy(*args):
        raise OperationalError("insert", {}, Exception("database is locked"))

    applied_by(monkeypatch, "shout.log", busy)
    given = delivery(cast, "member_a", shout(cast))
    write_together([given])
    with pytest.raises(OperationalError):
        given.answer.result(10)


def test_a_busy_database_is_answered_so_that_the_phone_tries_again(door, cast, monkeypatch):
    def busy(*args):
        raise OperationalError("insert", {}, Exception("database is locked"))

    applied_by(monkeypatch, "shout.log", busy)
    body = {"sent_at": NOW.isoformat(), "items": [shout(cast)]}
    answer = door("member_a").post("/api/sync", json=body)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")


def test_nobody_is_answered_before_the_commit(cast, monkeypatch):
    answered_at_commit = []
    given = delivery(cast, "member_a", shout(cast))
    real = writing.transaction

    from contextlib import contextmanager

    @contextmanager
    def watched():
        with real() as session:
            yield session
            answered_at_commit.append(given.answer.done())

    monkeypatch.setattr(writing, "transaction", watched)
    write_together([given])
    assert answered_at_commit == [False]
    assert given.answer.done()


def test_a_commit_that_fails_is_answered_to_nobody_as_created(cast, session, monkeypatch):
    from contextlib import contextmanager

    real = writing.transaction

    @contextmanager
    def failing():
        with real() as session:
            yield session
            raise OperationalError("commit", {}, Exception("disk full"))

    monkeypatch.setattr(writing, "transaction", failing)
    given = delivery(cast, "member_a", shout(cast))
    write_together([given])
    with pytest.raises(OperationalError):
        given.answer.result(10)
    assert count(session, Shout) == 0


def test_two_phones_sending_the_same_item_at_once_make_one_row(door, cast, session):
    same, together, found = shout(cast), threading.Barrier(4), []

    def one():
        client = door("member_a")
        together.wait(10)
        found.extend(answer["status"] for answer in send(client, same))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == ["already", "already", "already", "created"]
    assert count(session, Shout) == 1


def test_two_processes_writing_the_same_item_at_once_make_one_row(cast, session):
    """Two writers as in two worker processes; one finds the other's row when it flushes."""
    same, together, given = shout(cast), threading.Barrier(2), []

    def one():
        mine = delivery(cast, "member_a", same)
        given.append(mine)
        together.wait(10)
        write_together([mine])

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes(*given)) == [["already"], ["created"]]
    assert count(session, Shout) == count(session, ReceivedItem) == 1


def test_what_another_process_has_just_written_is_known_and_not_refused(cast, session, monkeypatch):
    """An end sent again is no second end, even if the first was written a moment ago."""
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    end = item(cast, "member_a", "patrol.end", {"patrol": start["id"]})
    other = item(cast, "member_a", "patrol.end", {"patrol": start["id"]})
    write_together([delivery(cast, "member_a", start, end)])

    def before_the_other_commits(session, ids):
        return {} if len(ids) == 2 else real(session, ids)

    real = writing.known_items
    monkeypatch.setattr(writing, "known_items", before_the_other_commits)
    again = delivery(cast, "member_a", end, other)
    write_together([again])
    assert outcomes(again) == [["already", "refused"]]
    assert count(session, ReceivedItem) == 2


def test_hundreds_of_deliveries_through_one_writer_all_arrive_once(cast, session):
    own = Writer()
    given = [delivery(cast, "member_a", shout(cast)) for _ in range(200)]
    wait([own.deliver(one) for one in given], timeout=60)
    assert outcomes(*given) == [["created"]] * 200
    assert count(session, Shout) == 200


def test_everybody_is_answered_when_even_the_log_of_a_failure_fails(cast, session, monkeypatch):
    class Broken:
        def __getattr__(self, level):
            raise OSError("no space left on device")

    own, given = Writer(), delivery(cast, "member_a", shout(cast))
    with monkeypatch.context() as broken:
        broken.setattr(writing, "log", Broken())
        broken.setattr(writing, "_write", lambda *a, **k: 1 / 0)
        with pytest.raises(OSError, match="no space"):
            own.deliver(given).result(10)
    assert own.deliver(delivery(cast, "member_a", shout(cast))).result(10)[1][0].status == "created"


def test_the_writer_survives_what_it_could_not_write(cast, session, monkeypatch):
    own = Writer()
    with monkeypatch.context() as broken:
        broken.setattr(writing, "_write", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            own.deliver(delivery(cast, "member_a", shout(cast))).result(10)
    assert own.deliver(delivery(cast, "member_a", shout(cast))).result(10)[1][0].status == "created"


def test_a_hazard_and_its_trail_come_in_one_flush_whatever_the_classes_are_called(
    cast, session, monkeypatch
):
    """SQLAlchemy sorts by class name where no relationship tells it who comes first."""
    from sqlalchemy import inspect

    monkeypatch.setattr(inspect(Hazard), "_sort_key", "zzz")
    one = item(cast, "member_a", "hazard.report", hazard_body(fixed_on_spot=True))
    given = delivery(cast, "member_a", one)
    write_together([given])
    assert outcomes(given) == [["created"]]
    row = session.get(Hazard, UUID(one["id"]))
    assert row.status == Status.CLOSED
