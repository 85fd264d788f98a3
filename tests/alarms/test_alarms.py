"""Alarms in homes: noted from phone and desk, the last note counts, figures and stock."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.alarms import service
from firegrid_app.alarms.figures import alarms_view
from firegrid_app.alarms.rules import end_is_wrong, standing, usual_end
from firegrid_app.alarms.state import AlarmsState
from firegrid_app.alarms.tables import AlarmNote
from firegrid_app.campaigns.service import campaign_card
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Household
from tests.campaigns.test_campaigns import make
from tests.cast import COMMUNITY, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, item, send, stamp
from tests.tabs import click, goes_to, sent, tab

TODAY = date(2026, 11, 23)
IN_TEN_YEARS = date(2036, 11, 23)


def note(session, cast, door="a1", who="member_a", at=NOW, **changes):
    values = {
        "household_id": cast.doors.get(door, 999_999), "patrol_id": None, "kind": "smoke",
        "step": "installed", "maker": "issued", "expires_on": None, "now": NOW,
    }  # fmt: skip
    made = service.note(session, cast.actor(who), stamp(at), **values | changes)
    session.flush()
    return made


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_how_an_alarm_stands():
    assert standing("installed", IN_TEN_YEARS, TODAY) == "works"
    assert standing("tested", TODAY, TODAY) == "soon"
    assert standing("tested", TODAY - timedelta(1), TODAY) == "expired"
    assert standing("faulty", IN_TEN_YEARS, TODAY) == "faulty"
    assert standing("removed", IN_TEN_YEARS, TODAY) == "none"
    assert usual_end("gas", date(2028, 2, 29)) == date(2033, 2, 28)
    assert end_is_wrong(TODAY - timedelta(1), TODAY)
    assert end_is_wrong(date(2060, 1, 1), TODAY)
    assert not end_is_wrong(IN_TEN_YEARS, TODAY)


def test_an_installed_one_gets_its_usual_end_and_a_test_keeps_it(session, cast):
    assert note(session, cast).expires_on == IN_TEN_YEARS
    later = NOW + timedelta(hours=1)
    assert note(session, cast, at=later, step="tested", maker="").expires_on == IN_TEN_YEARS
    assert note(session, cast, kind="gas", expires_on=date(2029, 1, 1)).expires_on.year == 2029


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"door": "none"}, "visits.unknown_door"),
        ({"kind": "horn"}, "alarms.unknown_kind"),
        ({"step": "eaten"}, "alarms.unknown_kind"),
        ({"maker": ""}, "alarms.unknown_maker"),
        ({"maker": "thief"}, "alarms.unknown_maker"),
        ({"expires_on": TODAY - timedelta(1)}, "alarms.bad_end"),
        ({"expires_on": date(2090, 1, 1)}, "alarms.bad_end"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(session, cast, changes, code):
    with refused(code):
        note(session, cast, **changes)
    assert session.exec(select(AlarmNote)).all() == []


@pytest.mark.parametrize("who", ["member_b", "officer", "other_secretary", "leader_a", "resident"])
def test_who_does_not_work_in_the_grid_notes_nothing_there(session, cast, who):
    with refused("access.outside_grid"):
        note(session, cast, who=who)


@pytest.mark.parametrize("who", ["member_a", "member_b", "other_officer", "department"])
def test_who_does_not_keep_the_doors_sees_no_page_and_adds_no_stock(session, cast, who):
    with pytest.raises(Refused, match=r"access\."):
        alarms_view(session, cast.actor(who), A, NOW)
    with refused("access.outside_grid"):
        service.add_stock(
            session, cast.actor(who), grid_code=A, kind="smoke", number=5, words="", now=NOW
        )


def test_by_phone_it_is_in_the_next_pack_of_the_grid_only(session, cast, door):
    body = {"door": cast.doors["a1"], "alarm": "smoke", "step": "installed", "maker": "own"}
    one = item(cast, "member_a", "alarm.noted", body)
    assert [answer["status"] for answer in send(door("member_a"), one, one)] == [
        "created",
        "already",
    ]
    (found,) = door("member_a").get("/api/pack").json()["alarms"]
    assert (found["door"], found["kind"], found["step"]) == (cast.doors["a1"], "smoke", "installed")
    assert found["expires_on"] == "2036-11-23"
    assert door("member_b").get("/api/pack").json()["alarms"] == []


def test_of_two_phones_the_later_note_counts_whichever_came_first(session, cast):
    note(session, cast, at=NOW + timedelta(hours=2), step="faulty", maker="")
    note(session, cast, at=NOW)
    session.commit()
    grid = session.get(Grid, cast.grids["a"])
    assert [one.step for one in service.alarms_of(session, [grid])] == ["faulty"]


def test_the_figure_of_care_homes_is_the_same_in_page_and_campaign(session, cast):
    homes = session.exec(
        select(Household.id).where(Household.grid_id == cast.grids["a"], Household.care_mark != "")
    ).all()
    first = next(key for key, number in cast.doors.items() if number == homes[0])
    note(session, cast, door=first)
    note(session, cast, door="a1" if first != "a1" else "a6", kind="gas", maker="own")
    view = alarms_view(session, cast.actor("head_a"), A, NOW)
    assert (view.total.care_covered, view.total.care_homes) == (1, len(homes))
    assert (view.total.covered, view.total.doors) == (1, 6)
    assert [line.standing for line in view.lines] == ["none"] * (len(homes) - 1)
    card = campaign_card(session, cast.actor("head_a"), make(session, cast).id, NOW)
    assert (card.care_covered, card.care_homes) == (1, len(homes))
    noted = session.exec(select(AuditEntry.subject).where(AuditEntry.action == "see_care")).all()
    assert f"alarms:{A}" in noted


def test_an_expired_or_faulty_one_covers_nobody_and_stands_on_the_list(session, cast):
    note(session, cast, expires_on=TODAY)
    view = alarms_view(session, cast.actor("head_a"), A, NOW + timedelta(days=2))
    assert (view.total.covered, view.total.bad) == (0, 1)
    assert "expired" in {line.standing for line in view.lines}


def test_an_officer_sees_figures_grid_by_grid_and_no_door(session, cast):
    note(session, cast)
    view = alarms_view(session, cast.actor("officer"), "", NOW)
    assert [one.code for one in view.grids][:2] == [A, B]
    assert (view.lines, view.doors) == ((), ())
    small = alarms_view(session, cast.actor("officer"), A, NOW)
    assert small.lines == ()


def test_stock_is_what_came_less_what_was_given_out(session, cast):
    actor = cast.actor("secretary")
    for number in (20, -3):
        service.add_stock(
            session, actor, grid_code=COMMUNITY, kind="smoke", number=number, words="", now=NOW
        )
    note(session, cast)
    note(session, cast, door="a2", maker="own")
    smoke, gas = alarms_view(session, actor, COMMUNITY, NOW).stock
    assert (smoke.came, smoke.given, smoke.left) == (17, 1, 16)
    assert (gas.came, gas.left) == (0, 0)
    with refused("places.too_long"):
        service.add_stock(
            session, actor, grid_code=COMMUNITY, kind="gas", number=1, words="字" * 61, now=NOW
        )
    for number in (0, 100_001, -100_001):
        with refused("alarms.bad_number"):
            service.add_stock(
                session, actor, grid_code=COMMUNITY, kind="gas", number=number, words="", now=NOW
            )


def test_at_the_desk_a_door_is_named_as_it_is_read(cast):
    page = tab(AlarmsState, cast.tokens["head_a"])
    click(page.load())
    name = page.view.doors[0]
    form = {"door": f" {name} ", "kind": "smoke", "step": "installed", "maker": "issued"}
    page.ask("note")
    click(page.note(form | {"door": "nowhere"}))
    assert (page.form, page.form_said.code) == ("note", "visits.unknown_door")
    click(page.note(form | {"expires_on": "soon"}))
    assert page.form_said.code == "access.bad_date"
    click(page.note(form))
    assert (page.form, page.view.total.covered) == ("", 1)
    click(page.add_stock({"kind": "smoke", "number": "many"}))
    assert page.form_said.code == "alarms.bad_number"
    click(page.add_stock({"kind": "smoke", "number": "12"}))
    assert page.view.stock[0].came == 12


def test_who_may_not_is_sent_home_and_any_argument_is_borne(cast):
    away = tab(AlarmsState, cast.tokens["member_b"])
    assert goes_to(click(away.load())) == ["/"]
    page = tab(AlarmsState, cast.tokens["head_a"])
    click(page.load())
    for value in NONSENSE:
        click(page.pick(value))
        page.ask(value)
        click(page.note(value))
        click(page.add_stock(value))
    click(page.pick(A))
    assert "server_error" not in sent(page)
