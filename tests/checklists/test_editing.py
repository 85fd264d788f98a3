"""A street words its own checklists: versions are kept, old findings keep their words."""

from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.checklists.editing import (
    as_shipped,
    checklist_view,
    move_item,
    switch_item,
    word_item,
)
from firegrid_app.checklists.rules import MOST_ITEMS, SHIPPED
from firegrid_app.checklists.service import lists_of_streets, words_by_code
from firegrid_app.checklists.shipped import checklists
from firegrid_app.checklists.state import ChecklistState
from firegrid_app.checklists.tables import ChecklistVersion
from firegrid_app.database import reading, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.sync.kinds.patrols import MOST_FAULTS
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, item, statuses
from tests.rota.lists import refused
from tests.tabs import click, goes_to, tab

LANE = checklists()["lane"].items


def word(session, cast, who="officer", **changes):
    given = {
        "street": STREET,
        "checklist": "lane",
        "code": LANE[0].code,
        "zh_CN": "消防车通道畅通，地上有标线",
        "en": "Fire lane free and marked",
        "category": "fire_lane_blocked",
        "source": "街道要求",
        "now": NOW,
    }
    return word_item(session, cast.actor(who), **given | changes)


def view(session, cast, who="officer", street=STREET, checklist="lane"):
    return checklist_view(session, cast.actor(who), street, checklist, NOW)


def words(found):
    return [one.zh_CN for one in found.lines]


def test_the_list_as_it_ships_is_where_one_begins(session, cast):
    found = view(session, cast)
    assert (found.number, words(found)) == (0, [one.zh_CN for one in LANE])
    assert [code for code, _ in found.lists] == list(SHIPPED)
    assert lists_of_streets(session, [session.get(Grid, cast.grids["a"])]) == {}


def test_other_words_stand_in_the_same_place_under_a_code_of_their_own(session, cast):
    word(session, cast)
    found = view(session, cast)
    assert words(found)[0] == "消防车通道畅通，地上有标线"
    assert found.lines[0].code != LANE[0].code
    assert found.lines[0].own
    assert words(found)[1:] == [one.zh_CN for one in LANE[1:]]
    known = words_by_code(session, cast.grids["street"], "lane")
    assert known[LANE[0].code].zh_CN == LANE[0].zh_CN
    assert known[found.lines[0].code].zh_CN == "消防车通道畅通，地上有标线"


def test_an_item_keeps_where_it_is_looked_at_when_it_is_reworded(session, cast):
    (old, *_) = [one for one in checklists()["residence"].items if one.at]
    word(session, cast, checklist="residence", code=old.code)
    grid = session.get(Grid, cast.grids["a"])
    sent = lists_of_streets(session, [grid])[STREET]["residence"]["items"]
    place = [one.code for one in checklists()["residence"].items].index(old.code)
    assert tuple(sent[place]["at"]) == old.at


def test_korean_is_kept_when_given_and_never_made_up(session, cast):
    word(session, cast, code="", zh_CN="夜市摊位收摊后断电", ko="야시장을 거둔후 전기를 끊음")
    word(session, cast, code="", zh_CN="夜市摊位不用明火")
    assert [one.ko for one in view(session, cast).lines[-2:]] == ["야시장을 거둔후 전기를 끊음", ""]
    with refused("checklists.bad_words"):
        word(session, cast, code="", zh_CN="夜市摊位断电", ko="전" * 121)


def test_a_version_kept_before_there_was_korean_speaks_it_where_it_is_as_shipped(session, cast):
    switch_item(session, cast.actor("officer"), STREET, "lane", LANE[0].code, NOW)
    (version,) = session.exec(select(ChecklistVersion))
    version.items = [{key: one[key] for key in one if key != "ko"} for one in version.items]
    session.flush()
    assert [one.ko for one in view(session, cast).lines] == [one.ko for one in LANE]


def test_added_left_out_taken_in_and_moved(session, cast):
    word(session, cast, code="", zh_CN="夜市摊位收摊后断电", en="")
    found = view(session, cast)
    added = found.lines[-1]
    assert (added.zh_CN, added.en, added.on) == ("夜市摊位收摊后断电", "夜市摊位收摊后断电", True)
    officer = cast.actor("officer")
    switch_item(session, officer, STREET, "lane", LANE[0].code, NOW)
    move_item(session, officer, STREET, "lane", added.code, True, NOW)
    found = view(session, cast)
    assert not found.lines[0].on
    assert found.lines[-2].code == added.code
    grid = session.get(Grid, cast.grids["a"])
    sent = [one["code"] for one in lists_of_streets(session, [grid])[STREET]["lane"]["items"]]
    assert LANE[0].code not in sent
    assert added.code in sent
    switch_item(session, officer, STREET, "lane", LANE[0].code, NOW)
    assert view(session, cast).lines[0].on
    assert [one.number for one in view(session, cast).versions] == [4, 3, 2, 1]
    # The ends stay where they are, and nothing changed is no version.
    assert move_item(session, officer, STREET, "lane", LANE[0].code, True, NOW) is None
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "set_checklist")).all()
    assert [one.subject for one in noted] == [f"{STREET} lane {n}" for n in (1, 2, 3, 4)]


def test_as_it_ships_is_a_version_too(session, cast):
    word(session, cast)
    as_shipped(session, cast.actor("officer"), STREET, "lane", NOW)
    found = view(session, cast)
    assert (found.number, words(found)) == (2, [one.zh_CN for one in LANE])
    assert as_shipped(session, cast.actor("officer"), STREET, "lane", NOW) is None


def test_a_street_next_door_keeps_its_own(session, cast):
    word(session, cast)
    assert view(session, cast, "other_officer", OTHER_STREET).number == 0
    assert view(session, cast, "administrator").number == 1


@pytest.mark.parametrize("who", ["other_officer", "secretary", "head_a", "member_a", "department"])
def test_nobody_else_words_a_streets_list(session, cast, who):
    with refused("access.outside_grid"):
        word(session, cast, who)
    for change in (switch_item, lambda *given: move_item(*given[:-1], True, NOW)):
        with refused("access.outside_grid"):
            change(session, cast.actor(who), STREET, "lane", LANE[0].code, NOW)
    assert session.exec(select(ChecklistVersion)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"zh_CN": "x"}, "checklists.bad_words"),
        ({"zh_CN": "字" * 121}, "checklists.bad_words"),
        ({"en": "x" * 121}, "checklists.bad_words"),
        ({"zh_CN": "一\u200b二三"}, "checklists.bad_words"),
        ({"category": "imagined"}, "checklists.bad_category"),
        ({"code": "imagined"}, "checklists.unknown_item"),
        ({"checklist": "imagined"}, "checklists.unknown"),
        ({"street": COMMUNITY}, "checklists.street_only"),
        ({"street": COUNTY, "who": "administrator"}, "checklists.street_only"),
        ({"street": COMMUNITY, "who": "administrator"}, "checklists.street_only"),
        ({"street": "nowhere"}, "grids.unknown"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(session, cast, changes, code):
    with refused(code):
        word(session, cast, **changes)
    assert session.exec(select(ChecklistVersion)).all() == []


def test_a_list_has_as_many_items_as_an_arrival_can_speak_of(session, cast):
    assert MOST_ITEMS == MOST_FAULTS
    for number in range(MOST_ITEMS - len(LANE)):
        word(session, cast, code="", zh_CN=f"第{number}项看一看")
    with refused("checklists.too_many"):
        word(session, cast, code="")


def test_one_item_stays(session, cast):
    officer = cast.actor("officer")
    for one in LANE[1:]:
        switch_item(session, officer, STREET, "lane", one.code, NOW)
    with refused("checklists.nothing_left"):
        switch_item(session, officer, STREET, "lane", LANE[0].code, NOW)


def test_a_finding_keeps_its_words_after_its_item_has_left(cast, door):
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    body = {
        "patrol": start["id"],
        "check_point": cast.check_points["a1"],
        "checklist": "lane",
        "faults": [{"item": LANE[0].code, "hazard": str(uuid4())}, {"item": "gone_app"}],
        "all_fine": False,
    }
    arrival = item(cast, "member_a", "patrol.arrive", body, version=3)
    assert statuses(door("member_a"), start, arrival) == ["created", "created"]
    with transaction() as session:
        word(session, cast)
    with reading() as session:
        found = view(session, cast).faults
        assert [one.words for one in found] == [LANE[0].zh_CN, "gone_app"]
        assert (found[0].grid_name, found[0].point_name) == ("小桥子社区第1网格", "1栋1单元")
        assert view(session, cast, "other_officer", OTHER_STREET).faults == []


def test_the_phone_gets_the_streets_version_and_only_what_changed(cast, door):
    before = door("member_a").get("/api/pack", headers={"FireGrid-Have": ""}).json()
    assert not [name for name in before["changed"] if name.startswith("checklists:")]
    with transaction() as session:
        word(session, cast)
    tags = "".join(tag for tag, _ in before["changed"].values())
    after = door("member_a").get("/api/pack", headers={"FireGrid-Have": tags}).json()
    assert list(after["changed"]) == [f"checklists:{STREET}"]
    pack = door("member_a").get("/api/pack").json()
    assert pack["checklists"][STREET]["lane"]["items"][0]["en"] == "Fire lane free and marked"


def opened(cast, who):
    page = tab(ChecklistState, cast.tokens.get(who))
    click(page.load())
    return page


def test_an_officer_words_an_item_at_the_desk(cast):
    page = opened(cast, "officer")
    click(page.choose("lane"))
    page.ask_words(LANE[0].code)
    click(page.word({"zh_CN": "", "category": "other"}))
    assert (page.form_said.code, page.wording) == ("checklists.bad_words", LANE[0].code)
    click(page.word({"zh_CN": "通道畅通、有标线", "en": "", "category": "fire_lane_blocked"}))
    assert (page.form_said.code, page.wording, page.view.number) == ("", "", 1)
    page.ask_add()
    click(page.word({"zh_CN": "夜市摊位断电", "category": "wiring_unsafe", "source": ""}))
    code = page.view.lines[-1].code
    click(page.move(code, True))
    click(page.switch(code))
    assert (page.view.lines[-2].code, page.view.lines[-2].on) == (code, False)
    click(page.restore())
    assert (page.view.number, page.view.lines[0].zh_CN) == (5, LANE[0].zh_CN)


@pytest.mark.parametrize("who", ["secretary", "head_a", "member_a", "resident"])
def test_who_keeps_no_list_is_sent_home(cast, who):
    assert goes_to(click(tab(ChecklistState, cast.tokens[who]).load())) == ["/"]


@pytest.mark.parametrize("handler", ["pick", "choose", "ask_words", "word", "switch"])
def test_any_argument_is_answered(cast, handler):
    page = opened(cast, "officer")
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
        click(page.move(nonsense, nonsense))
        assert page.phase == "ready"
        assert page.form_said.code != "server_error"
    with reading() as session:
        assert session.exec(select(ChecklistVersion)).all() == []
