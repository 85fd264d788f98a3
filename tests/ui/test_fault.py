"""What a page says when a handler broke."""

import redis
from reflex.event import Event

from firegrid_app.ui.fault import FaultState, answer_fault
from tests.tabs import tab


def test_the_page_is_told_in_our_words_and_can_put_it_away():
    (event,) = Event.from_event_type([answer_fault(ZeroDivisionError("SELECT secret"))])
    assert event.name.endswith("fault_state.tell")
    assert event.payload == {}
    fault = tab(FaultState)
    fault.tell()
    assert fault.broken
    fault.put_away()
    assert not fault.broken


def test_a_store_that_is_away_is_not_told_by_the_store():
    assert answer_fault(redis.exceptions.ConnectionError()) is None
