"""Hazards as listed and counted."""

from datetime import date, timedelta
from uuid import uuid4

from firegrid_app.hazards.cards import HazardCounts
from firegrid_app.hazards.lists import counts_by_grid, open_hazards
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.photos.tables import Photo
from tests.cast import A, B
from tests.factories import NOW, report

TODAY = date(2026, 11, 23)


def grids(session, cast, *keys):
    return [cast.grids[key] for key in keys]


def test_open_hazards_of_the_asked_grids_the_most_overdue_first(session, cast):
    member = cast.actor("member_a")
    report(session, member, words="今天")
    report(session, member, NOW - timedelta(days=10), words="十天前")
    report(session, member, words="当场", fixed_on_spot=True)
    report(session, cast.actor("member_b"), grid_code=B, words="邻格")
    cards = open_hazards(session, grids(session, cast, "a"), TODAY)
    assert [(card.words, card.overdue) for card in cards] == [("十天前", True), ("今天", False)]
    assert {card.grid for card in cards} == {A}
    assert (cards[0].owner_name, cards[0].reporter_name) == ("龚丽", "姜龙")
    assert cards[0].due_on == "2026-11-20"


def test_what_is_said_to_be_put_right_is_still_listed(session, cast):
    made = report(session, cast.actor("member_a"))
    move(session, cast.actor("member_a"), made.id, Step.CORRECTED, "", NOW)
    session.flush()
    (card,) = open_hazards(session, grids(session, cast, "a"), TODAY)
    assert card.status == "corrected"


def test_photos_are_listed_when_their_bytes_have_come_and_counted_before(session, cast):
    made = report(session, cast.actor("member_a"))
    # Whatever the ids are, the first one taken comes first.
    later, first, awaited = sorted(uuid4() for _ in range(3))
    taken = {first: NOW, later: NOW + timedelta(minutes=1), awaited: NOW}
    for photo_id, stored_at in ((later, NOW), (first, NOW), (awaited, None)):
        session.add(
            Photo(
                id=photo_id,
                record_kind="hazard",
                record_id=made.id,
                grid_id=made.grid_id,
                person_id=made.person_id,
                sha256="0" * 64,
                taken_at=taken[photo_id],
                stored_at=stored_at,
            )
        )
    session.flush()
    (card,) = open_hazards(session, grids(session, cast, "a"), TODAY)
    assert (card.photos, card.photos_awaited) == ((str(first), str(later)), 1)


def test_counts_are_of_what_is_open_and_of_that_overdue(session, cast):
    member = cast.actor("member_a")
    for at in (NOW, NOW - timedelta(days=10), NOW - timedelta(days=20)):
        report(session, member, at)
    report(session, member, NOW - timedelta(days=20), fixed_on_spot=True)
    ids = [cast.grids["a"], cast.grids["b"]]
    assert counts_by_grid(session, ids, TODAY) == {cast.grids["a"]: HazardCounts(3, 2)}
    assert counts_by_grid(session, [], TODAY) == {}


def test_counts_and_list_agree_on_the_last_day_and_the_day_after(session, cast):
    report(session, cast.actor("member_a"), severity="minor")
    for days, overdue in ((0, 0), (1, 1)):
        day = TODAY + timedelta(days=days)
        (card,) = open_hazards(session, grids(session, cast, "a"), day)
        counts = counts_by_grid(session, [cast.grids["a"]], day)
        assert counts == {cast.grids["a"]: HazardCounts(1, overdue)}
        assert card.overdue is bool(overdue)
