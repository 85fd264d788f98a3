"""Whatever a phone's record can be refused for, its outbox says what the person can do about it."""

import pytest

from firegrid_app.refusals import STATUS
from firegrid_app.texts import LANGUAGES, catalogue
from tests.house.code import calls, constants, modules

ON_A_RECORD = {
    "alarms.service",
    "alerts.service",
    "grids.service",
    "hazards.acting",
    "hazards.service",
    "patrols.service",
    "places.calls",
    "photos.processing",
    "photos.service",
    "rota.notes",
    "shouts.service",
    "shouts.sound",
    "sync.service",
    "sync.writer",
    "visits.service",
}
"""Where a record or photo from a phone is refused."""
NOT_A_RECORDS = {
    "sync.too_many",  # the request as a whole: the phone makes it smaller
    # What the desk does to a hazard.
    "hazards.second_person",
    "hazards.unknown_assignee",
    "hazards.has_it_already",
    "hazards.still_listed",
    "hazards.after_photo_missing",
    "grids.wrong_level",
    "alarms.bad_number",  # the desk's stock
}
SAID_BY_THE_DOOR = {
    "sync.conflict",
    "sync.malformed",
    "sync.other_person",
    "sync.unknown_kind",
    "sync.unknown_version",
    "server_error",
    "busy",
}
"""Answers that are made without raising."""


def codes():
    found = set(SAID_BY_THE_DOOR)
    for module in modules():
        if module.name in ON_A_RECORD:
            for call in calls(module.tree, "Refused"):
                found |= set(constants(call.args[0] if call.args else None))
    return (found & set(STATUS)) - NOT_A_RECORDS


def test_the_codes_are_found():
    assert {"patrols.other_grid", "visits.unknown_door", "photos.other_bytes", "sync.future"} <= (
        codes()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_a_record_can_get_has_a_way_out(language):
    told = catalogue(language)
    assert {code for code in codes() if f"outbox.help.{code}" not in told} == set()


def test_no_way_out_of_a_code_that_is_none():
    start = "outbox.help."
    told = {key.removeprefix(start) for key in catalogue("zh_CN") if key.startswith(start)}
    assert told <= set(STATUS)
