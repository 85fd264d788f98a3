"""Who shares a transaction: a crowd comes together whole, a phone alone never waits."""

import threading
import time

import pytest

from firegrid_app.sync import writer as writing
from firegrid_app.sync.delivery import Delivery
from firegrid_app.sync.writer import Writer
from tests.factories import NOW

PHONES = 10
BATCHES = 30
DISK = 0.04
"""Seconds a batch takes here: a slow disk's flush."""
WAY = 0.008
"""Seconds until a phone that was answered is back."""


@pytest.fixture
def batches(monkeypatch):
    """How many deliveries each batch held; nothing is written."""
    sizes = []

    def write(deliveries):
        time.sleep(DISK)
        sizes.append(len(deliveries))
        for delivery in deliveries:
            delivery.answer.set_result((1, []))

    monkeypatch.setattr(writing, "write_together", write)
    return sizes


@pytest.fixture
def moments(monkeypatch):
    """The moments the writer has waited for others."""
    waited, sleep = [], time.sleep

    def watched(seconds):
        if seconds == writing._A_MOMENT:
            waited.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(writing.time, "sleep", watched)
    return waited


def sends_again_and_again(writer, times):
    """A phone that sends its next request when the answer to the last has come to it."""
    for _ in range(times):
        writer.deliver(Delivery(None, NOW, [])).result(timeout=30)
        time.sleep(WAY)


def crowd(writer, times):
    """Ten phones, of which the second half comes while the first is being written."""
    phones = [
        threading.Thread(target=sends_again_and_again, args=(writer, times)) for _ in range(PHONES)
    ]
    for number, phone in enumerate(phones):
        if number == PHONES // 2:
            time.sleep(DISK / 2)
        phone.start()
    for phone in phones:
        phone.join()


def test_two_halves_of_a_crowd_become_one_batch(batches):
    crowd(Writer(), BATCHES)
    assert sum(batches) == PHONES * BATCHES
    assert batches.count(PHONES) > BATCHES / 2


def test_a_phone_alone_waits_for_nobody(batches, moments):
    sends_again_and_again(Writer(), 5)
    assert batches == [1] * 5
    assert moments == []


def test_a_crowd_that_has_gone_is_forgotten(batches, moments):
    writer = Writer()
    crowd(writer, 4)
    assert moments, "while it was there it was waited for"
    sends_again_and_again(writer, 10)
    moments.clear()
    sends_again_and_again(writer, 3)
    assert moments == []
