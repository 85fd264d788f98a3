"""The desk's page of premises by its handlers: narrowed, opened, filed, kept as a list."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from firegrid_app.database import transaction
from firegrid_app.places.calls import note_call
from firegrid_app.places.cards import PlaceAsk
from firegrid_app.places.one_state import PlaceState
from firegrid_app.places.state import PlacesState
from firegrid_app.places.views import WHICH, places_view
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, A
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, report
from tests.tabs import click, goes_to, sent, tab


def opened(cast, who, cls=PlacesState):
    page = tab(cls, cast.tokens.get(who))
    click(page.load())
    return page


def tallies(view):
    return {one.which: one.count for one in view.tallies if one.count}


def test_the_list_begins_with_what_is_due(cast):
    page = opened(cast, "secretary")
    assert page.phase == "ready"
    assert tallies(page.view) == {"due": 2, "never": 2, "no_letter": 2, "no_card": 2, "all": 2}
    assert [row.name for row in page.view.rows] == ["A记旅馆", "B记旅馆"]
    with transaction() as session:
        note_call(session, cast.places["a"], "checked", NOW)
        note_call(session, cast.places["b"], "moved", NOW)
    click(page.load())
    assert tallies(page.view) == {"no_letter": 1, "no_card": 1, "gone": 1, "all": 2}
    assert page.view.rows == ()
    click(page.narrow("gone"))
    assert [(row.name, row.outcome) for row in page.view.rows] == [("B记旅馆", "moved")]


def test_red_comes_before_grey_and_a_tally_is_what_its_list_shows(session, cast):
    report(session, cast.actor("member_b"), grid_code=cast.codes["b"], place_id=cast.places["b"],
           severity="suspected_major")  # fmt: skip
    view = places_view(session, cast.actor("secretary"), PlaceAsk(which="all"), NOW)
    assert [row.colour for row in view.rows] == ["red", "grey"]
    for which in WHICH:
        one = places_view(session, cast.actor("secretary"), PlaceAsk(which=which), NOW)
        assert tallies(one).get(which, 0) == one.matches == len(one.rows)


def test_by_kind_and_by_words(cast):
    page = opened(cast, "secretary")
    click(page.choose_kind("school"))
    assert page.view.matches == 0
    click(page.choose_kind("hotel"))
    click(page.search("b记"))
    assert [row.name for row in page.view.rows] == ["B记旅馆"]


def test_a_member_sees_only_the_own_grid_and_no_list_to_keep(cast):
    page = opened(cast, "member_a")
    assert [row.name for row in page.view.rows] == ["A记旅馆"]
    assert page.view.export == ""
    assert "13900000001" not in sent(page)


def test_who_leads_nothing_is_sent_away(cast):
    page = tab(PlacesState, cast.tokens["leader_a"])
    assert goes_to(click(page.load())) == ["/"]
    assert page.view.rows == ()


def test_a_file_is_described_signed_and_proposed(cast):
    page = opened(cast, "secretary", PlaceState)
    click(page.open_place(cast.places["a"]))
    page.ask("describe")
    click(page.describe({"phone": "1"}))
    assert (page.form, page.form_said.code) == ("describe", "places.bad_phone")
    click(page.describe({"responsible_person": "龚丽", "area_m2": "60"}))
    assert (page.form, page.detail.responsible_person, page.detail.area_m2) == ("", "龚丽", "60")
    page.ask("paper")
    page.choose_paper("abilities")
    click(page.enter({"kind": "abilities", "signed_on": "2026-11-23", "remove_hazards": "y"}))
    assert page.form_said.code == "places.bad_paper"
    click(page.enter({"kind": "letter", "party": "owner", "signed_on": "2026-11-23"}))
    assert [one.standing for one in page.detail.papers] == ["good"]
    assert page.detail.row.letter == "good"
    click(page.take_out(page.detail.papers[0].id))
    assert page.detail.papers == ()
    page.ask("focus")
    click(page.propose({"reason": "多次锁门不让查", "ends_on": "2027-02-01"}))
    entry = page.detail.focus[0]
    assert (entry.standing, entry.may_decide) == ("proposed", False)
    click(page.decide(entry.id, True))
    assert page.form_said.code == "access.outside_grid"
    office = opened(cast, "officer", PlaceState)
    click(office.open_place(cast.places["a"]))
    assert office.detail.focus[0].may_decide
    click(office.decide(entry.id, True))
    assert office.detail.row.watched
    click(office.lift(entry.id))
    assert not office.detail.row.watched


def test_any_argument_is_answered(cast):
    page, one = opened(cast, "secretary"), opened(cast, "secretary", PlaceState)
    for value in NONSENSE:
        for handler in (page.pick, page.narrow, page.choose_kind, page.search, page.turn):
            click(handler(value))
        for handler in (one.open_place, one.describe, one.enter, one.propose, one.take_out):
            click(handler(value))
        one.ask(value)
        one.choose_paper(value)
        click(one.decide(value, value))
        click(one.lift(value))
    assert "server_error" not in (page.said.code, one.said.code, one.form_said.code)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_is_kept_as_a_file_whose_rows_are_the_lists(door, cast, kind):
    answer = door("head_a").get(f"/places/{A}/list.{kind}")
    assert answer.status_code == 200
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 2
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["名称"], line["红黄绿"], line["责任人电话"]) == (
        "A记旅馆",
        "没查过",
        "13900000001",
    )


def test_the_register_is_nobody_elses(door, cast):
    assert door("member_a").get(f"/places/{A}/list.csv").status_code == 403
    assert door("other_officer").get(f"/places/{COMMUNITY}/list.csv").status_code == 403
    assert door("head_a").get("/places/nowhere/list.csv").status_code == 404


def test_another_street_is_refused(session, cast):
    with pytest.raises(Refused, match=r"^access\.outside_grid$"):
        places_view(session, cast.actor("other_officer"), PlaceAsk(code=COMMUNITY), NOW)


def test_a_check_that_is_due_tomorrow_is_not_on_todays_list(session, cast):
    note_call(session, cast.places["a"], "checked", NOW - timedelta(days=29))
    session.flush()
    ask = PlaceAsk(code=A, which="due")
    assert places_view(session, cast.actor("head_a"), ask, NOW).matches == 0
    assert places_view(session, cast.actor("head_a"), ask, NOW + timedelta(days=1)).matches == 1
