"""One writer for all phones: waiting requests share a transaction and its one durable commit.

A commit costs a disk flush, an ORM flush costs Python; both are paid once for all who wait.
Nobody is answered before the commit that holds their records has come back.
"""

import queue
import threading
import time
from concurrent.futures import Future
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.rules import Actor
from firegrid_app.access.service import actors_for_tokens, note_seen
from firegrid_app.database import transaction
from firegrid_app.refusals import Refused
from firegrid_app.sync.ahead import load_ahead
from firegrid_app.sync.delivery import Delivery
from firegrid_app.sync.envelope import Item, ItemAnswer
from firegrid_app.sync.kinds.kind import Body
from firegrid_app.sync.service import (
    answer_known,
    apply_item,
    is_own_record,
    keep_received,
    known_items,
)
from firegrid_app.sync.unaccepted import note_answers

Outcome = tuple[int, list[ItemAnswer]] | Refused
log = structlog.get_logger()
MOST_TOGETHER = 64
"""Requests in one transaction at most, so that none waits long for the others."""
_A_MOMENT = 0.0005
_ALONE = 1.5
_SHARE = 0.5
"""Of the time the last batch took, how long the next one waits for a crowd to be complete."""
_LONGEST = 0.02


class Writer:
    """A thread that takes whatever deliveries wait and commits them together."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Delivery] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def deliver(self, delivery: Delivery) -> Future[tuple[int, list[ItemAnswer]]]:
        """Hand over a request; its future ends with (person id, answers) or raises."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="sync-writer", daemon=True)
                self._thread.start()
        self._waiting.put(delivery)
        return delivery.answer

    def _run(self) -> None:
        crowd, expected, took = 1.0, 1, 0.0
        while True:
            together = self._gather(expected if crowd > _ALONE else 1, min(took * _SHARE, _LONGEST))
            # A crowd is remembered for some batches: it does not go because one came alone.
            crowd = max(len(together), crowd * 0.75)
            began = time.perf_counter()
            try:
                write_together(together)
            except Exception as error:
                # Whatever it was: nobody is left waiting for an answer that cannot come.
                for delivery in together:
                    if not delivery.answer.done():
                        delivery.answer.set_exception(error)
            took = time.perf_counter() - began
            # Who was just answered comes again, and who came meanwhile is there.
            expected = len(together) + self._waiting.qsize()
            for bell in {delivery.bell for delivery in together if delivery.bell}:
                bell.ring()

    def _gather(self, expected: int, patience: float) -> list[Delivery]:
        """Those who wait, at least one; for `expected` of them it waits so many seconds more.

        In a crowd others are at the door: half a batch costs nearly what a whole one does, and two
        halves in turn pay for two disk flushes. A phone alone never waits.
        """
        together = [self._waiting.get()]
        until = time.perf_counter() + patience
        while (
            self._waiting.qsize() + 1 < min(expected, MOST_TOGETHER) and time.perf_counter() < until
        ):
            time.sleep(_A_MOMENT)
        while len(together) < MOST_TOGETHER:
            try:
                together.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return together


def write_together(deliveries: list[Delivery]) -> None:
    """Write all in one transaction; if that fails, each alone, so that one cannot harm another."""
    try:
        outcomes = _write(deliveries, item_by_item=False)
    except Exception as error:
        log.warning("sync_write_failed", error=type(error).__name__, deliveries=len(deliveries))
        for delivery in deliveries:
            _write_alone(delivery)
        return
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        _answer(delivery, outcome)


def _write_alone(delivery: Delivery) -> None:
    """One delivery with a savepoint an item: what breaks is refused, the rest is kept."""
    try:
        (outcome,) = _write([delivery], item_by_item=True)
    except Exception as error:
        log.error("sync_delivery_failed", error=type(error).__name__)
        delivery.answer.set_exception(error)
        return
    _answer(delivery, outcome)


def _answer(delivery: Delivery, outcome: Outcome) -> None:
    if isinstance(outcome, Refused):
        delivery.answer.set_exception(outcome)
    else:
        delivery.answer.set_result(outcome)


def _write(deliveries: list[Delivery], *, item_by_item: bool) -> list[Outcome]:
    now = clock.now()
    # Records are flushed together at the end; a service flushes where a later one must see them.
    with transaction() as session, session.no_autoflush:
        good = [
            one
            for delivery in deliveries
            for one in delivery.read
            if not isinstance(one, ItemAnswer)
        ]
        actors = actors_for_tokens(session, {delivery.token for delivery in deliveries}, now)
        known = known_items(session, [item.id for item, _, _ in good]) if good else {}
        # Held until all are applied: what is in use, the session finds without asking again.
        held = load_ahead(session, [(item.kind, body) for item, body, _ in good])
        applying = _Applying(session, actors, known, now, item_by_item)
        outcomes = [applying.delivery(delivery) for delivery in deliveries]
        session.flush()
        keep_received(session, applying.received)
        note_answers(session, applying.answered, now)
        del held
    return outcomes


class _Applying:
    """The state of one transaction: who is asking, items known before or applied in it."""

    def __init__(
        self,
        session: Session,
        actors: dict[str | None, Actor | Refused],
        known: dict[UUID, str],
        now: datetime,
        item_by_item: bool,
    ) -> None:
        self.session = session
        self.actors = actors
        self.known = known
        self.now = now
        self.item_by_item = item_by_item
        self.received: list[dict[str, Any]] = []
        self.answered: list[tuple[int, str, ItemAnswer]] = []
        """Person, kind and answer of what is a record of the person who sends it."""

    def delivery(self, delivery: Delivery) -> Outcome:
        """Person and answers of one request, or why nobody stands behind it."""
        actor = self.actors[delivery.token]
        if isinstance(actor, Refused):
            return actor
        note_seen(self.session, actor, self.now)
        answers = [
            one if isinstance(one, ItemAnswer) else self._item(actor, *one, delivery)
            for one in delivery.read
        ]
        for raw, answer in zip(delivery.items, answers, strict=True):
            if is_own_record(raw, actor.person_id):
                self.answered.append((actor.person_id, raw["kind"], answer))
        return actor.person_id, answers

    def _item(
        self, actor: Actor, item: Item, body: Body, digest: str, delivery: Delivery
    ) -> ItemAnswer:
        if item.made_by != actor.person_id:
            return ItemAnswer(id=str(item.id), status="refused", code="sync.other_person")
        seen = self.known.get(item.id)
        if seen is not None:
            return answer_known(item.id, seen, digest)
        try:
            if self.item_by_item:
                with self.session.begin_nested():
                    received = self._apply(actor, item, body, digest, delivery)
                    self.session.flush()
                    keep_received(self.session, [received])
            else:
                self.received.append(self._apply(actor, item, body, digest, delivery))
        except Refused as refused:
            # Another worker may have written this very item since `known` was read: a phone that
            # did not hear the answer sends again at once, and its walk is ended by itself.
            if item.id in (written := known_items(self.session, [item.id])):
                return answer_known(item.id, written[item.id], digest)
            return ItemAnswer(
                id=str(item.id), status="refused", code=refused.code, details=refused.details
            )
        except OperationalError:
            # The database is busy or gone: not this item's fault, the phone tries again.
            raise
        except Exception as error:
            if not self.item_by_item:
                raise
            log.error("sync_item_failed", kind=item.kind, error=type(error).__name__)
            return ItemAnswer(id=str(item.id), status="refused", code="server_error")
        self.known[item.id] = digest
        return ItemAnswer(id=str(item.id), status="created")

    def _apply(
        self, actor: Actor, item: Item, body: Body, digest: str, delivery: Delivery
    ) -> dict[str, Any]:
        offset = delivery.offsets.get(str(item.id))
        return apply_item(
            self.session, actor, item, body, digest, delivery.sent_at, self.now, offset
        )


writer = Writer()
"""The writer of this process."""
