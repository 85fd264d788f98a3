"""Changes of a map: few bytes, the whole of it, told to whoever may see it and to nobody else."""

import asyncio
import json
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.database import mark, transaction
from firegrid_app.maps import live
from firegrid_app.maps.cards import MapToday
from firegrid_app.maps.changes import _CELLS, MOST_CELLS, difference, moment_of
from firegrid_app.maps.live import Listener, Watch
from tests.cast import COMMUNITY, OTHER_COMMUNITY, STREET, A
from tests.factories import NOW, walk

CHANGES = "/api/map/changes"
CASE = json.loads(Path(__file__).with_name("change_case.json").read_text(encoding="utf-8"))


def card(figures):
    told = {name: tuple(v) if isinstance(v, list) else v for name, v in figures.items()}
    return MapToday(**told | {"tallies": tuple(tuple(one) for one in figures["tallies"])})


BEFORE, AFTER = card(CASE["before"]), card(CASE["after"])


def patched(figures, news):
    """The reading of assets/map/grid-data.js, in Python."""
    made = json.loads(json.dumps(figures))
    for cell, row in news["cells"].items():
        for name, value in zip(_CELLS, row, strict=True):
            made[name][int(cell)] = value
    made["sums"] |= news.get("sums", {})
    made["tallies"] = news.get("tallies", made["tallies"])
    return made


def test_the_case_that_phones_test_is_what_the_server_says():
    before, now = moment_of(BEFORE), moment_of(AFTER)
    assert json.loads(difference(before, now)) == {
        "was": before.tag,
        "tag": now.tag,
        **CASE["news"],
    }


@given(st.data())
def test_a_change_put_into_the_figures_makes_the_new_ones(data):
    columns = {
        name: tuple(data.draw(st.lists(st.integers(0, 4), min_size=3, max_size=3)))
        for name in _CELLS
    }
    sums = {name: data.draw(st.integers(0, 9)) for name in BEFORE.sums}
    after = replace(BEFORE, **columns, sums=sums)
    news = json.loads(difference(moment_of(BEFORE), moment_of(after)))
    told = json.loads(json.dumps(asdict(BEFORE)))
    assert patched(told, news) == json.loads(json.dumps(asdict(after)))


@pytest.mark.parametrize("changed", [{"tree": "u"}, {"day": "2026-11-24"}, {"targets": (0, 0, 0)}])
def test_another_map_is_asked_for_as_a_whole(changed):
    news = json.loads(difference(moment_of(BEFORE), moment_of(replace(BEFORE, **changed))))
    assert news["again"] is True


def test_very_many_cells_are_asked_for_as_a_whole():
    many = (0,) * (MOST_CELLS + 1)
    before = replace(BEFORE, **dict.fromkeys(_CELLS, many))
    after = replace(before, minutes=(1,) * len(many))
    assert json.loads(difference(moment_of(before), moment_of(after)))["again"] is True


def test_first_comes_the_tag_of_the_figures_as_they_are(door, cast):
    officer = door("officer")
    today = officer.get("/api/map/today", params={"grid": STREET})
    answer = officer.get(CHANGES, params={"grid": STREET, "seconds": 0})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "private, no-store"
    told = json.loads(answer.text.removeprefix("data: "))
    assert today.headers["etag"] == f'W/"{told["tag"]}"'


@pytest.mark.parametrize(
    ("who", "grid"), [("member_b", A), ("other_secretary", COMMUNITY), ("resident", A)]
)
def test_the_neighbour_is_told_nothing(door, who, grid):
    answer = door(who).get(CHANGES, params={"grid": grid, "seconds": 0})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


def test_who_comes_after_too_many_asks_by_itself(door, cast, monkeypatch):
    monkeypatch.setattr(live, "MOST", 0)
    answer = door("officer").get(CHANGES, params={"grid": STREET, "seconds": 0})
    assert (answer.status_code, answer.content) == (204, b"")


def test_of_what_others_write_there_is_a_mark(session, cast):
    first = mark()
    assert mark() == first
    with transaction() as writing:
        walk(writing, cast.actor("member_a"), NOW - timedelta(hours=1), 10)
    assert mark() != first


async def heard(listener, events, *, at_least):
    """The next events that say something, until there are so many."""
    said = []
    while len(said) < at_least:
        event = await asyncio.wait_for(anext(events), 10)
        said.append(json.loads(event.removeprefix(b"data: ")))
    return said


def watched(cast, scene):
    """`scene` with a watch and a way to open maps in it."""

    async def play():
        watch = Watch()

        def opens(who, code):
            listener = Listener(code, cast.tokens[who])
            return listener, watch.listen(listener, "t", 30)

        return await scene(watch, opens)

    return asyncio.run(play())


def test_all_who_look_are_told_of_one_record_in_a_few_bytes(cast):
    async def scene(watch, opens):
        maps = [opens("officer", STREET), opens("secretary", COMMUNITY)]
        other = opens("other_secretary", OTHER_COMMUNITY)
        for listener, events in (*maps, other):
            await heard(listener, events, at_least=1)
        waiting = [asyncio.ensure_future(heard(*one, at_least=1)) for one in (*maps, other)]
        while len(watch._known) < 3:
            await asyncio.sleep(0.05)
        await asyncio.to_thread(record)
        told = await asyncio.gather(*waiting[:2])
        await asyncio.sleep(0.5)
        assert not waiting[2].done()
        waiting[2].cancel()
        return told

    def record():
        with transaction() as session:
            walk(session, cast.actor("member_a"), NOW - timedelta(hours=1), 7)

    street, community = watched(cast, scene)
    for (news,) in (street, community):
        assert [row[1] for row in news["cells"].values()] == [7]
        assert len(json.dumps(news)) < 300


def test_who_comes_while_others_look_is_given_the_tag_they_have(cast):
    async def scene(watch, opens):
        assert watch.tag_now(STREET) == ""
        listener, events = opens("officer", STREET)
        await heard(listener, events, at_least=1)
        waiting = asyncio.ensure_future(heard(listener, events, at_least=1))
        while not watch.tag_now(STREET):
            await asyncio.sleep(0.05)
        first = watch.tag_now(STREET)
        await asyncio.to_thread(record)
        ((news,),) = await asyncio.gather(waiting)
        return first, news, watch.tag_now(STREET)

    def record():
        with transaction() as session:
            walk(session, cast.actor("member_a"), NOW - timedelta(hours=1), 7)

    first, news, last = watched(cast, scene)
    assert (news["was"], news["tag"]) == (first, last)


def test_who_is_switched_off_hears_no_more(cast):
    async def scene(watch, opens):
        listener, events = opens("officer", STREET)
        await heard(listener, events, at_least=1)
        rest = asyncio.ensure_future(drain(events))
        while STREET not in watch._known:
            await asyncio.sleep(0.05)
        await asyncio.to_thread(switch_off)
        return await asyncio.wait_for(rest, 10)

    async def drain(events):
        return [event async for event in events]

    def switch_off():
        with transaction() as session:
            person = session.exec(select(Person).where(Person.id == cast.people["officer"])).one()
            person.switched_off_at = NOW

    assert watched(cast, scene) == []


def test_with_nobody_looking_nothing_is_looked_at(cast):
    async def scene(watch, opens):
        listener, events = opens("officer", STREET)
        await heard(listener, events, at_least=1)
        waiting = asyncio.ensure_future(heard(listener, events, at_least=1))
        while STREET not in watch._known:
            await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.wait_for(watch._task, 10)
        return watch._known

    assert watched(cast, scene) == {}
