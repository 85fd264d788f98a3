"""Logging a shout, counting them, and which scripts come first."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.refusals import Refused
from firegrid_app.shouts import service as shouts
from firegrid_app.shouts.rules import MEANS, SCRIPTS, in_season
from firegrid_app.shouts.tables import Shout
from firegrid_app.texts import LANGUAGES, catalogue
from tests.cast import A, B
from tests.factories import NOW, stamp, walk


def log(session, actor, at=NOW, **changes):
    values = {
        "grid_code": A,
        "patrol_id": None,
        "script": "ebike",
        "means": "loudhailer",
        "people_reached": 12,
        "where_words": "广场",
        "now": NOW,
    }
    shout = shouts.log(session, actor, stamp(at), **values | changes)
    session.flush()
    return shout


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_shout_is_kept_with_script_means_and_people(session, cast):
    log(session, cast.actor("member_a"))
    session.commit()
    row = session.exec(select(Shout)).one()
    assert (row.script, row.means, row.people_reached) == ("ebike", "loudhailer", 12)
    assert (row.where_words, row.grid_id) == ("广场", cast.grids["a"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"script": "poem"}, r"shouts\.unknown_script"),
        ({"means": "telepathy"}, r"shouts\.unknown_means"),
        ({"grid_code": "nowhere"}, r"grids\.unknown"),
    ],
)
def test_wrong_input_is_told_apart_and_nothing_is_written(session, cast, changes, code):
    with refused(code):
        log(session, cast.actor("member_a"), **changes)
    session.flush()
    assert session.exec(select(Shout)).all() == []


@pytest.mark.parametrize(
    "who", ["member_b", "leader_a", "officer", "other_secretary", "department", "resident"]
)
def test_who_does_not_work_in_the_grid_logs_no_shout_there(session, cast, who):
    with refused(r"access\.outside_grid"):
        log(session, cast.actor(who))
    assert session.exec(select(Shout)).all() == []


def test_a_shout_moves_the_open_end_of_its_patrol(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    log(session, member, NOW + timedelta(minutes=7), patrol_id=patrol.id)
    assert patrol.last_record_at == NOW + timedelta(minutes=7)


def test_shouts_are_counted_per_grid_and_day_on_the_street(session, cast):
    member, midnight = cast.actor("member_a"), NOW + timedelta(hours=14)
    log(session, member)
    log(session, member, midnight - timedelta(seconds=1))
    log(session, member, midnight)
    log(session, cast.actor("member_b"), grid_code=B)
    ids = [cast.grids["a"], cast.grids["b"], cast.grids["c"]]
    monday = shouts.shouts_by_grid(session, ids, date(2026, 11, 23))
    assert monday == {cast.grids["a"]: 2, cast.grids["b"]: 1}
    assert shouts.shouts_by_grid(session, ids, date(2026, 11, 24)) == {cast.grids["a"]: 1}


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_all_scripts_its_own_first(month):
    order = in_season(month)
    assert sorted(order, key=SCRIPTS.index) == list(SCRIPTS)
    own = [month in script.months for script in order]
    assert own == sorted(own, reverse=True)


def test_in_november_heating_comes_before_the_rest():
    assert [script.code for script in in_season(11)][:3] == [
        "gas_power",
        "winter_heating",
        "harvest",
    ]


def test_every_script_and_means_has_its_words():
    for language in LANGUAGES:
        texts = catalogue(language)
        assert all(texts[f"shouts.script.{script.code}"] for script in SCRIPTS)
        assert all(texts[f"shouts.means.{means}"] for means in MEANS)
