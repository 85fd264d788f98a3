"""Deadlines, the moves a hazard may make, and the chain that shows tampering."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from firegrid_app.hazards.rules.deadlines import is_overdue
from firegrid_app.hazards.rules.kinds import CATEGORIES, Severity, law_behind
from firegrid_app.hazards.rules.steps import BY_RESIDENTS, MOVES, Status, Step, next_status
from firegrid_app.hazards.rules.trail import chain_hash
from firegrid_app.texts import LANGUAGES, catalogue

FOUND = date(2026, 11, 23)


def test_the_last_day_itself_is_not_overdue():
    assert not is_overdue(Status.OPEN, FOUND, FOUND)
    assert is_overdue(Status.OPEN, FOUND, FOUND + timedelta(days=1))
    assert is_overdue(Status.CORRECTED, FOUND, FOUND + timedelta(days=1))


def test_what_is_closed_is_never_overdue():
    assert not is_overdue(Status.CLOSED, FOUND, FOUND + timedelta(days=99))


ALLOWED = {
    (None, "reported"): "open",
    ("open", "fixed_on_spot"): "closed",
    **{
        (status, step): status
        for status in ("open", "corrected")
        for step in (
            "assigned",
            "reminded",
            "released",
            "stepped_up",
            "skipped",
            "urged",
            "answered",
            "commented",
            "dissuaded",
            "graded",
            "listed",
            "transferred",
            "whistled",
            "checked_in",
            "replied",
        )
    },
    ("corrected", "delisted"): "corrected",
    ("open", "corrected"): "corrected",
    ("corrected", "reopened"): "open",
    ("corrected", "closed"): "closed",
    ("open", "merged"): "merged",
    ("corrected", "merged"): "merged",
    ("merged", "unmerged"): "open",
    ("closed", "found_gone"): "closed",
    ("closed", "found_there"): "open",
}


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("status", [None, *Status])
def test_only_these_moves_are_allowed(status, step):
    assert next_status(status, step) == ALLOWED.get((status, step))


def test_only_a_resident_leads_out_of_closed_and_everything_else_leads_there():
    from_closed = {step for step, move in MOVES.items() if Status.CLOSED in move.starts}
    assert from_closed == BY_RESIDENTS
    assert all(MOVES[step].right is None and not MOVES[step].finder for step in BY_RESIDENTS)
    reached = {None}
    for _ in MOVES:
        reached |= {
            next_status(start, step)
            for step, move in MOVES.items()
            for start in reached & set(move.starts)
        }
    assert reached == {None, *Status}


def test_every_step_has_its_move_and_its_names():
    assert set(MOVES) == set(Step)
    for language in LANGUAGES:
        for step in Step:
            assert catalogue(language)[f"loop.step.{step}"]
        for status in Status:
            assert catalogue(language)[f"hazards.status.{status}"]


def test_categories_have_one_code_each_a_known_severity_and_names():
    codes = [category.code for category in CATEGORIES]
    assert len(set(codes)) == len(codes)
    for category in CATEGORIES:
        assert category.severity in set(Severity) - {Severity.MAJOR}
        for language in LANGUAGES:
            assert catalogue(language)[f"hazards.category.{category.code}"]


def content(**changes):
    values = {
        "hazard_id": "h",
        "number": 1,
        "step": "reported",
        "person_id": 7,
        "facts": "",
        "at": datetime(2026, 11, 23, 2, 0, 0, 5, tzinfo=UTC),
        "note": "",
    }
    return values | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"hazard_id": "g"},
        {"number": 2},
        {"step": "closed"},
        {"person_id": 8},
        {"at": datetime(2026, 11, 23, 2, 0, 0, 6, tzinfo=UTC)},
        {"note": "x"},
        {"facts": '{"owner_id":8}'},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_every_part_of_a_step_is_in_its_hash(changes):
    assert chain_hash("", **content()) != chain_hash("", **content(**changes))


def test_the_hash_before_is_in_the_hash():
    assert chain_hash("", **content()) != chain_hash("x", **content())


def test_the_same_moment_in_another_zone_is_the_same_hash():
    shanghai = timezone(timedelta(hours=8))
    moved = content()["at"].astimezone(shanghai)
    assert chain_hash("", **content()) == chain_hash("", **content(at=moved))


def test_a_step_without_facts_hashes_as_before_there_were_any():
    """Trails in the field were written so: they must hold for ever."""
    found = chain_hash("", **content())
    assert found == "00b53dfb549e2629e7be05f0b819b304e1c8063ef5abf34ff424821f328b6a3b"


@pytest.mark.parametrize(
    ("basis", "law"),
    [
        ("消防法 28, 60", "《中华人民共和国消防法》第28条、第60条"),
        ("HZ-20; 消防法 24", "《中华人民共和国消防法》第24条"),
        ("YB-64", ""),
        ("", ""),
        ("GB 35181-2017 6.10", "GB 35181-2017 6.10"),
    ],
)
def test_a_paper_names_the_law_and_no_row_of_a_plan(basis, law):
    assert law_behind(basis) == law


def test_every_law_behind_a_kind_is_named_in_full():
    named = "".join(law_behind(category.basis) for category in CATEGORIES)
    assert not re.search(r"[A-Z]{2}-\d|(?<!第)61号|令5号", named)
