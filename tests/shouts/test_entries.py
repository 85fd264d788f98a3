"""The table of the five entries is what the logs say, and nothing else."""

from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from firegrid_app.households import one_door
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.shouts import service as shouts
from firegrid_app.shouts.cards import EntriesAsk
from firegrid_app.shouts.entries import entries_list, entries_view
from firegrid_app.shouts.rules import period_of
from firegrid_app.shouts.state import EntriesState
from firegrid_app.shouts.tables import Shout
from firegrid_app.training import courses
from firegrid_app.visits import service as visits
from tests.cast import COMMUNITY, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, item, send, stamp
from tests.tabs import click, sent, tab

TODAY = date(2026, 11, 23)


def shout(session, cast, who="member_a", at=NOW, **changes):
    given = {
        "grid_code": A,
        "patrol_id": None,
        "script": "ebike",
        "means": "own_voice",
        "people_reached": 5,
        "where_words": "",
    }
    shouts.log(session, cast.actor(who), stamp(at), now=NOW, **given | changes)
    session.flush()


def knock(session, cast, door, outcome):
    visits.log(
        session, cast.actor("member_a"), stamp(NOW), household_id=cast.doors[door],
        patrol_id=None, outcome=outcome, note="", now=NOW,
    )  # fmt: skip
    session.flush()


def view(session, cast, who="secretary", **ask):
    return entries_view(session, cast.actor(who), EntriesAsk(**ask), NOW)


def tallies(found):
    return {one.entry: (one.reached, one.of, one.times) for one in found.tallies}


def test_nothing_was_reached_yet(session, cast):
    assert tallies(view(session, cast)) == {
        "community": (0, 1, 0),
        "school": (0, 0, 0),
        "enterprise": (0, 2, 0),
        "village": (0, 0, 0),
        "family": (0, 8, 0),
    }


def test_a_shout_counts_for_the_place_it_names_else_for_its_community(session, cast):
    shout(session, cast)
    shout(session, cast, place_id=cast.places["a"], leaflets=20, cards=3)
    session.get(Place, cast.places["b"]).category = "小学校幼儿园"
    shout(session, cast, "member_b", grid_code=B, place_id=cast.places["b"], leaflets=7)
    found = view(session, cast)
    assert tallies(found)["community"] == (1, 1, 1)
    assert tallies(found)["enterprise"] == (1, 1, 1)
    assert tallies(found)["school"] == (1, 1, 1)
    (row,) = view(session, cast, entry="enterprise").rows
    assert (row.name, row.leaflets, row.cards, row.last_on) == ("A记旅馆", 20, 3, "2026-11-23")


def test_the_table_adds_up_to_the_log(session, cast):
    for days, place in enumerate(("a", None, None, "a")):
        shout(
            session, cast, at=NOW - timedelta(days=days * 10), leaflets=days, cards=1,
            place_id=cast.places[place] if place else None,
        )  # fmt: skip
    shout(session, cast, at=NOW - timedelta(days=200), leaflets=99)
    found = view(session, cast)
    log = session.exec(
        select(func.count(), func.sum(Shout.leaflets), func.sum(Shout.cards)).where(
            Shout.happened_at > NOW - timedelta(days=90)
        )
    ).one()
    sums = [sum(getattr(one, name) for one in found.tallies) for name in ("leaflets", "cards")]
    assert (sum(one.times for one in found.tallies), *sums) == tuple(log) == (4, 6, 4)


def test_families_are_the_doors_that_opened(session, cast):
    knock(session, cast, "a1", "met")
    knock(session, cast, "a1", "met")
    knock(session, cast, "a2", "no_answer")
    assert tallies(view(session, cast))["family"] == (1, 8, 2)


def test_a_door_that_left_the_register_counts_on_neither_side(session, cast):
    knock(session, cast, "a1", "met")
    knock(session, cast, "a2", "met")
    one_door.erase(session, cast.actor("secretary"), cast.doors["a1"], NOW, off=True)
    assert tallies(view(session, cast))["family"] == (1, 7, 1)


def test_a_course_reaches_its_community_once_it_was_held(session, cast):
    course = courses.plan_course(
        session, cast.actor("secretary"), grid_code=COMMUNITY, kind="topical",
        subject="professional", title="冬季用电", audience="committees", day=TODAY, hours="1",
        trainer="", place="", now=NOW,
    )  # fmt: skip
    assert tallies(view(session, cast))["community"] == (0, 1, 0)
    courses.note_who_was_there(
        session, cast.actor("secretary"), course.id, came=[], others="30", now=NOW
    )
    assert tallies(view(session, cast))["community"] == (1, 1, 1)


def test_what_nobody_reached_comes_first(session, cast):
    shout(session, cast, place_id=cast.places["a"])
    rows = view(session, cast, entry="enterprise").rows
    assert [row.name for row in rows] == ["B记旅馆", "A记旅馆"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("", "2026-11-24"),
        ("2026-11-24", ""),
        ("2020-01-01", ""),
        ("gestern", ""),
        ("0001-01-01", "0001-01-02"),
    ],
)
def test_no_period_is_refused(session, cast, first, last):
    if (first, last) == ("0001-01-01", "0001-01-02"):
        assert period_of("", "0001-01-02", TODAY) is None
        return
    with pytest.raises(Refused, match=r"^shouts\.bad_period$"):
        view(session, cast, first=first, last=last)


def test_another_street_is_refused_and_a_member_sees_the_own_grid(session, cast):
    with pytest.raises(Refused, match=r"^access\.outside_grid$"):
        view(session, cast, "other_officer", code=STREET)
    shout(session, cast)
    assert tallies(view(session, cast, "member_a"))["community"] == (1, 1, 1)
    assert tallies(view(session, cast, "member_b"))["community"] == (0, 1, 0)


def test_only_who_words_scripts_is_led_to_them(session, cast):
    assert view(session, cast, "officer").may_word
    assert not view(session, cast, "secretary").may_word


def test_a_phone_says_the_place_and_what_it_handed_out(door, cast, session):
    body = {"grid": A, "script": "ebike", "means": "own_voice", "place": cast.places["a"],
            "leaflets": 4, "cards": 1}  # fmt: skip
    elsewhere = body | {"place": cast.places["b"]}
    client = door("member_a")
    (kept,) = send(client, item(cast, "member_a", "shout.log", body, version=3))
    (refused,) = send(client, item(cast, "member_a", "shout.log", elsewhere, version=3))
    assert (kept["status"], refused["code"]) == ("created", "places.unknown")
    row = session.exec(select(Shout)).one()
    assert (row.place_id, row.leaflets, row.cards) == (cast.places["a"], 4, 1)


def test_by_the_handlers_of_the_page(cast):
    page = tab(EntriesState, cast.tokens["secretary"])
    click(page.load())
    click(page.choose("family"))
    assert [row.doors for row in page.view.rows] == [6, 2]
    click(page.period({"first": "2026-11-30", "last": "2026-11-01"}))
    assert (page.form_said.code, page.view.entry) == ("shouts.bad_period", "family")
    click(page.period({"first": "2026-11-01", "last": "2026-11-23"}))
    assert (page.form_said.code, page.view.first) == ("", "2026-11-01")
    for value in NONSENSE:
        for handler in (page.pick, page.choose, page.turn, page.period):
            click(handler(value))
    assert "server_error" not in sent(page)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_has_every_target_of_all_five(session, cast, door, kind):
    shout(session, cast, leaflets=7)
    knock(session, cast, "a1", "met")
    session.commit()
    answer = door("secretary").get(f"/entries/{COMMUNITY}.{kind}")
    assert answer.status_code == 200
    assert "filename" in answer.headers["content-disposition"]
    name, headings, rows = entries_list(
        session, cast.actor("secretary"), EntriesAsk(code=COMMUNITY), NOW, "zh_CN"
    )
    assert (len(headings), headings[:2]) == (10, ["五进", "对象"])
    assert name.endswith(TODAY.isoformat())
    tallies = view(session, cast, code=COMMUNITY).tallies
    assert sum(row[4] for row in rows) == sum(one.times for one in tallies) == 2
    assert sum(row[6] for row in rows) == 7
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(rows)


def test_the_file_of_a_period_that_is_none_or_of_another_grid_is_refused(cast, door):
    bad = door("secretary").get(f"/entries/{COMMUNITY}.csv?first=2026-12-31")
    assert bad.status_code == 422
    assert door("member_b").get(f"/entries/{A}.csv").status_code == 403
