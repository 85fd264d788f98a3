"""A street's own scripts: added and ended at the desk, on phones with the day pack, in the log."""

from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.shouts import scripts
from firegrid_app.shouts.rules import in_window, own_id, season_of
from firegrid_app.shouts.script_state import ScriptsState
from firegrid_app.shouts.service import shouts_of_day
from firegrid_app.shouts.tables import Shout, ShoutScript
from tests.cast import COMMUNITY, STREET, A, C
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, item, send
from tests.tabs import click, goes_to, sent, tab


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def add(session, cast, who="officer", **changes):
    given = {
        "grid_code": STREET,
        "title": "炉灰要凉透",
        "words": "炉灰凉透再倒，柴草离灶台远一点。",
        "language": "zh_CN",
        "dialect": "永川话",
        "first_day": "11-15",
        "last_day": "03-15",
        "kinds": ["food", "hotel"],
        "audience": "villagers",
    }
    return scripts.add_script(session, cast.actor(who), now=NOW, **given | changes)


@pytest.mark.parametrize(
    ("first", "last", "day", "found"),
    [
        ("11-15", "03-15", (11, 15), "now"),
        ("11-15", "03-15", (3, 15), "now"),
        ("11-15", "03-15", (3, 16), "other"),
        ("03-15", "06-15", (3, 14), "other"),
        ("03-15", "06-15", (5, 1), "now"),
        ("", "", (5, 1), "all_year"),
    ],
)
def test_a_season_may_go_over_the_new_year(first, last, day, found):
    assert season_of(first, last, date(2026, *day)) == found
    assert in_window(first, last, date(2026, *day)) is (found != "other")


@pytest.mark.parametrize("code", ["ebike", "own_", "own_-1", "own_x", "own_" + "9" * 12])
def test_what_is_no_code_of_a_street(code):
    assert own_id(code) is None


def test_it_is_on_the_phones_of_its_street_and_no_other(session, cast, door):
    script = add(session, cast)
    session.commit()
    (found,) = door("member_a").get("/api/pack").json()["own_scripts"]
    assert (found["code"], found["season"], found["street"]) == (f"own_{script.id}", "now", STREET)
    assert found["kinds"] == ["food", "hotel"]
    assert "own_scripts" not in door("other_officer").get("/api/pack").json()


def test_it_is_called_out_and_the_log_has_its_title_also_after_its_end(session, cast, door):
    code = f"own_{add(session, cast).id}"
    scripts.end_script(session, cast.actor("officer"), own_id(code), NOW)
    session.commit()
    assert "own_scripts" not in door("member_a").get("/api/pack").json()
    body = {"grid": A, "script": code, "means": "loudhailer", "people_reached": 3}
    (answer,) = send(door("member_a"), item(cast, "member_a", "shout.log", body))
    assert answer["status"] == "created"
    (card,) = shouts_of_day(session, session.get(Grid, cast.grids["a"]), NOW.date())
    assert (card.script, card.title) == (code, "炉灰要凉透")


def test_a_script_of_another_street_is_unknown_here(session, cast, door):
    code = f"own_{add(session, cast, 'administrator', grid_code=cast.codes['other_street']).id}"
    session.commit()
    body = {"grid": C, "script": code, "means": "loudhailer"}
    client = door("other_secretary")
    (answer,) = send(client, item(cast, "other_secretary", "shout.log", body))
    assert answer["code"] == "shouts.unknown_script"
    body["script"] = "own_999999"
    (answer,) = send(client, item(cast, "other_secretary", "shout.log", body))
    assert answer["code"] == "shouts.unknown_script"
    assert session.exec(select(Shout)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grid_code": COMMUNITY}, "shouts.street_only"),
        ({"words": "火"}, "shouts.no_words"),
        ({"words": "火" * 301}, "shouts.no_words"),
        ({"title": " "}, "shouts.no_words"),
        ({"language": "tlh"}, "shouts.unknown_language"),
        ({"last_day": ""}, "shouts.bad_season"),
        ({"first_day": "13-01"}, "shouts.bad_season"),
        ({"first_day": "冬天"}, "shouts.bad_season"),
        ({"audience": "dogs"}, "shouts.unknown_audience"),
        ({"kinds": ["castle"]}, "shouts.unknown_audience"),
        ({"dialect": "话" * 21}, "places.too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(session, cast, changes, code):
    with refused(code):
        add(session, cast, **changes)
    assert session.exec(select(ShoutScript)).all() == []


@pytest.mark.parametrize("who", ["secretary", "head_a", "member_a", "other_officer"])
def test_only_the_street_words_them(session, cast, who):
    script = add(session, cast)
    with refused("access.outside_grid"):
        add(session, cast, who, words="另外一条内容。")
    with refused("access.outside_grid"):
        scripts.end_script(session, cast.actor(who), script.id, NOW)


def test_twice_the_same_and_too_many_are_refused(session, cast, monkeypatch):
    add(session, cast)
    with refused("shouts.script_twice"):
        add(session, cast, title="别的标题")
    monkeypatch.setattr(scripts, "MOST_SCRIPTS", 1)
    with refused("shouts.too_many_scripts"):
        add(session, cast, words="另外一条内容。")


def test_by_the_handlers_of_the_page(cast):
    page = tab(ScriptsState, cast.tokens["officer"])
    click(page.load())
    page.ask_add()
    click(page.add({"title": "炉灰", "words": "短"}))
    assert (page.adding, page.form_said.code) == (True, "shouts.no_words")
    form = {"title": "炉灰", "words": "炉灰凉透再倒。", "language": "zh_CN", "audience": "all"}
    click(page.add(form | {"kind food": "on", "kind castle": "on"}))
    (line,) = page.view.lines
    assert (page.adding, line.kinds, line.in_season, line.called) == (False, ("food",), True, 0)
    for value in NONSENSE:
        click(page.pick(value))
        click(page.add(value))
        click(page.end(value))
    click(page.load())
    click(page.end(line.id))
    assert page.view.lines == ()
    assert "server_error" not in sent(page)


def test_who_words_none_is_sent_away(cast):
    page = tab(ScriptsState, cast.tokens["secretary"])
    assert goes_to(click(page.load())) == ["/"]
