"""The bell: a loop is woken once for a batch, and who has gone away harms nobody."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from firegrid_app.sync.bell import Bell, bell_here


@pytest.fixture
def answers():
    return [Future() for _ in range(50)]


async def woken(loop, bell, answers, do):
    """What each waiter got while `do` ran in another thread, and how often the loop was woken."""
    waiting = [bell.until(answer) for answer in answers]
    wakings = []
    real = loop.call_soon_threadsafe
    loop.call_soon_threadsafe = lambda *given: (wakings.append(given), real(*given))[1]
    try:
        thread = threading.Thread(target=do)
        thread.start()
        got = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
        thread.join(10)
    finally:
        loop.call_soon_threadsafe = real
    return got, len(wakings)


def test_everybody_gets_their_own_answer_by_one_waking(answers):
    async def scene():
        bell = bell_here()

        def write():
            for number, answer in enumerate(answers):
                answer.set_result(number)
            bell.ring()

        return await woken(asyncio.get_running_loop(), bell, answers, write)

    got, wakings = asyncio.run(scene())
    assert got == list(range(50))
    assert wakings == 1


def test_a_refusal_reaches_only_whom_it_is_for(answers):
    async def scene():
        bell = bell_here()

        def write():
            answers[0].set_exception(ZeroDivisionError())
            for answer in answers[1:]:
                answer.set_result("kept")
            bell.ring()

        return await woken(asyncio.get_running_loop(), bell, answers, write)

    got, _ = asyncio.run(scene())
    assert isinstance(got[0], ZeroDivisionError)
    assert got[1:] == ["kept"] * 49


def test_who_no_longer_waits_stops_neither_the_writer_nor_the_others(answers):
    async def scene():
        bell = bell_here()
        gone, here = bell.until(answers[0]), bell.until(answers[1])
        gone.cancel()
        assert not answers[0].cancelled()
        for answer in answers[:2]:
            answer.set_result("kept")
        bell.ring()
        return await asyncio.wait_for(here, 10)

    assert asyncio.run(scene()) == "kept"


def test_a_closed_loop_is_nobodys_fault(answers):
    loop = asyncio.new_event_loop()
    bell = Bell(loop)
    bell.until(answers[0])
    loop.close()
    answers[0].set_result("kept")
    bell.ring()
