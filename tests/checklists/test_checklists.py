"""The lists are whole, lead to hazards there are, and open where they belong."""

import csv
import json

import pytest

from firegrid_app.checklists.rules import SHIPPED, checklist_for, seen_at
from firegrid_app.checklists.shipped import FOLDER, as_module, checklists
from firegrid_app.hazards.rules.kinds import CATEGORY
from firegrid_app.importing.pilot import FILES
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.points.rules import PointKind


def test_every_file_is_a_list_and_every_list_a_file():
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == sorted(SHIPPED)
    assert {code: one.code for code, one in checklists().items()} == {c: c for c in SHIPPED}


@pytest.mark.parametrize("code", SHIPPED)
def test_every_item_is_whole_and_names_a_hazard(code):
    one = checklists()[code]
    assert one.name["zh_CN"]
    assert one.name["en"]
    assert one.name["ko"]
    assert one.source
    assert len({item.code for item in one.items}) == len(one.items) >= 6
    for item in one.items:
        assert item.category in CATEGORY, item.code
        assert item.source
        assert any("\u4e00" <= sign <= "\u9fff" for sign in item.zh_CN)
        assert item.en.isascii()
        assert any("\uac00" <= sign <= "\ud7a3" for sign in item.ko)
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in item.ko)
        assert set(item.at) <= {kind.value for kind in PointKind}


def test_the_numbers_of_items_are_those_of_the_plans():
    sizes = {code: len(one.items) for code, one in checklists().items()}
    assert sizes["residence"] == 16
    assert sizes["nine_small"] == 15
    assert sizes["street_shop"] == 12
    assert sizes["farm_house"] == 14
    assert sizes["construction"] == 12
    assert sizes["elder_care"] == 14
    assert sizes["crowded_place"] == 6


@pytest.mark.parametrize("kind", [kind.value for kind in PointKind])
def test_every_kind_of_point_has_something_to_look_at(kind):
    one = checklists()[checklist_for(kind)]
    assert len([item for item in one.items if seen_at(item, kind)]) >= 3


@pytest.mark.parametrize(
    ("category", "code"),
    [
        ("小餐饮", "nine_small"),
        ("小商店", "street_shop"),
        ("小学校幼儿园", "nine_small"),
        ("农家乐", "nine_small"),
        ("沿街门店", "street_shop"),
        ("养老机构", "elder_care"),
        ("小养老院", "elder_care"),
        ("施工现场", "construction"),
        ("农户", "farm_house"),
        ("商场", "crowded_place"),
        ("", "nine_small"),
        ("什么都不是", "nine_small"),
    ],
)
def test_premises_get_the_list_of_their_category(category, code):
    assert checklist_for("place", category) == code


def test_the_pilots_premises_are_nine_small_or_shops():
    with FILES[FileKind.PLACES].open(encoding="utf-8") as file:
        found = {checklist_for("place", row["category"]) for row in csv.DictReader(file)}
    assert found == {"nine_small", "street_shop"}


def test_phones_get_all_of_it_as_one_module():
    module = as_module()
    lists = json.loads(module.removeprefix("export default ").removesuffix(";\n"))
    assert set(lists) == set(SHIPPED)
    assert set(lists["lane"]["items"][0]) == {"code", "zh_CN", "en", "ko", "category", "at"}
