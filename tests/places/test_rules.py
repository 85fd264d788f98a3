"""The risk colour of a place, its next check, and what comes of a call (C.13)."""

from datetime import date, timedelta

import pytest

from firegrid_app.places.rules import (
    KINDS,
    Colour,
    OpenHazard,
    SmallKind,
    colour,
    kind_of,
    next_check,
    stand,
)

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)


def hazard(severity="general", due_on=NEXT_WEEK, status="open"):
    return OpenHazard(severity, status, due_on)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("hazards", "checked_on", "found"),
    [
        ([], None, Colour.GREY),
        ([], TODAY, Colour.GREEN),
        ([], ago(30), Colour.GREEN),
        ([], ago(31), Colour.YELLOW),
        ([hazard()], TODAY, Colour.YELLOW),
        ([hazard()], None, Colour.YELLOW),
        ([hazard(due_on=YESTERDAY)], TODAY, Colour.RED),
        ([hazard(due_on=YESTERDAY, status="corrected")], TODAY, Colour.RED),
        ([hazard("minor", YESTERDAY)], TODAY, Colour.YELLOW),
        ([hazard("minor"), hazard("suspected_major")], TODAY, Colour.RED),
        ([hazard("major")], None, Colour.RED),
    ],
)
def test_three_inputs_make_the_colour(hazards, checked_on, found):
    assert colour(hazards, checked_on, "", TODAY) is found


def test_the_next_check_follows_the_colour_and_comes_sooner_for_key_units():
    days = [(next_check(TODAY, one, "") - TODAY).days for one in ("red", "yellow", "green")]
    assert days == [7, 15, 30]
    assert next_check(TODAY, Colour.GREEN, "key_unit") == TODAY + timedelta(days=15)
    assert next_check(TODAY, Colour.RED, "high_risk") == TODAY + timedelta(days=7)
    assert next_check(None, Colour.GREEN, "") is None


def test_a_place_never_checked_is_due_at_once():
    found = stand([], None, None, "", "", TODAY)
    assert (found.colour, found.due_on, found.due) == (Colour.GREY, None, True)


def test_a_checked_one_leaves_the_list_until_its_day():
    assert not stand([], TODAY, TODAY, "checked", "", TODAY).due
    assert not stand([], ago(29), ago(29), "checked", "", TODAY).due
    assert stand([], ago(30), ago(30), "checked", "", TODAY).due


@pytest.mark.parametrize("outcome", ["locked", "refused"])
def test_a_locked_one_comes_back_the_next_day_though_it_was_checked_lately(outcome):
    today = stand([], ago(3), TODAY, outcome, "", TODAY)
    assert (today.due, today.due_on) == (False, TODAY + timedelta(days=2))
    assert stand([], ago(3), YESTERDAY, outcome, "", TODAY).due


@pytest.mark.parametrize("outcome", ["vacant", "closed", "moved"])
def test_where_nothing_is_left_nothing_is_due(outcome):
    found = stand([], None, ago(90), outcome, "", TODAY)
    assert (found.due, found.gone, found.due_on) == (False, True, None)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("小商店", "shop"),
        ("小学校幼儿园", "school"),
        ("小旅馆", "hotel"),
        ("农家乐", "hotel"),
        ("小歌舞娱乐", "entertainment"),
        ("小生产加工", "workshop"),
        ("小网吧", "leisure"),
        ("小美容洗浴", "leisure"),
        ("小诊所", "clinic"),
        ("小餐饮", "food"),
        ("烟花爆竹经营店", "flammables"),
        ("寺庙", "other"),
    ],
)
def test_words_of_registers_are_one_of_the_nine_kinds(category, kind):
    assert kind_of(category) == kind
    assert kind in KINDS


def test_there_are_nine_small_kinds():
    assert len(SmallKind) == 9
