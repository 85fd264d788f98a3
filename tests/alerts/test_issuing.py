"""Issue, correct, lift: who may, for which grids, with which tasks, and what the trail says."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.alerts.issuing import correct, issue, lift
from firegrid_app.alerts.service import posted_alerts
from firegrid_app.alerts.tables import Alert, AlertEvent, AlertTarget
from firegrid_app.alerts.views import alert_view
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.tables import Duty, DutyTick, ObligationRule
from firegrid_app.duties.ticking import tick
from firegrid_app.grids.tables import Grid
from firegrid_app.messages.rules import Purpose
from firegrid_app.messages.tables import Message
from firegrid_app.refusals import Refused
from tests.alerts.making import WORDS, draft, warn
from tests.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, OTHER_STREET, STREET, A, B, C
from tests.factories import NOW, stamp

HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 23)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def on_phone(door, who):
    return door(who).get("/api/pack").json()["alerts"]


def test_it_stands_on_every_phone_concerned_at_once_and_on_no_other(cast, door, session):
    alert = warn(session, cast, home=COMMUNITY)
    session.commit()
    (found,) = on_phone(door, "member_a")
    assert (found["id"], found["title"], found["words"]) == (alert.id, "暴雨橙色预警", WORDS)
    assert (found["grids"], found["passed"], found["seen"]) == ([A], [], False)
    assert {one["id"] for who in ("head_a", "member_b", "secretary", "officer", "administrator")
            for one in on_phone(door, who)} == {alert.id}  # fmt: skip
    assert on_phone(door, "secretary")[0]["grids"] == [COMMUNITY, A, B]
    for who in ("other_secretary", "other_officer", "resident"):
        assert on_phone(door, who) == [], who
    # Who reports and does not record reads it, and has no receipt to give.
    assert on_phone(door, "leader_a")[0]["grids"] == []


def test_a_phone_is_not_told_which_other_grids_it_is_for(cast, door, session):
    warn(session, cast, codes=[A, C])
    session.commit()
    text = door("member_a").get("/api/pack").text
    assert A in text
    assert C not in text
    assert on_phone(door, "member_b") == []


@pytest.mark.parametrize(
    ("who", "home", "codes", "code"),
    [
        ("member_a", A, [A], "access.outside_grid"),
        ("head_a", A, [A], "access.outside_grid"),
        ("department", STREET, [STREET], "access.outside_grid"),
        ("resident", A, [A], "access.outside_grid"),
        ("secretary", OTHER_COMMUNITY, [C], "access.outside_grid"),
        ("secretary", STREET, [A], "access.outside_grid"),
        ("secretary", COMMUNITY, [C], "access.outside_grid"),
        ("officer", STREET, [OTHER_STREET], "access.outside_grid"),
        ("administrator", STREET, [OTHER_STREET], "access.outside_grid"),
        ("officer", STREET, ["nowhere"], "grids.unknown"),
        ("officer", STREET, [], "alerts.no_grids"),
    ],
)
def test_only_who_manages_the_grid_issues_and_only_for_grids_in_it(
    cast, session, who, home, codes, code
):
    actor = cast.actor(who)
    with refused(code):
        issue(session, actor, home, codes, draft(), NOW)
    assert session.exec(select(Alert)).all() == []


def test_a_grid_inside_another_chosen_one_is_the_same_target(cast, session):
    alert = warn(session, cast, codes=[COMMUNITY, A, B, C])
    found = session.exec(
        select(Grid.code).join(AlertTarget).where(AlertTarget.alert_id == alert.id)
    ).all()
    assert sorted(found) == sorted([COMMUNITY, C])


def test_a_closed_grid_gets_none(cast, session):
    grid = session.get(Grid, cast.grids["c"])
    grid.valid_to = TODAY
    session.flush()
    with refused("duties.grid_closed"):
        issue(session, cast.actor("officer"), STREET, [C], draft(), NOW)


def test_the_button_pressed_twice_issues_once(cast, session):
    alert = warn(session, cast)
    with refused("alerts.twice"):
        warn(session, cast)
    lift(session, cast.actor("officer"), alert.id, "", NOW)
    assert warn(session, cast).id != alert.id


def test_a_correction_keeps_what_stood_there_and_by_whom(cast, session):
    alert = warn(session, cast)
    later = NOW + HOUR
    correct(
        session,
        cast.actor("administrator"),
        alert.id,
        {"title": "暴雨橙色预警（更正）", "words": WORDS, "ends_at": NOW + 30 * HOUR},
        later,
        anew=False,
        why="结束时间推后",
    )
    assert (alert.title, alert.edition) == ("暴雨橙色预警（更正）", 1)
    found = alert_view(session, cast.actor("officer"), alert.id, STREET, "", later)
    corrected, issued = found.trail
    assert (issued.what, issued.who, issued.at) == ("issued", "曹英", "11-23 10:00")
    assert (corrected.what, corrected.who, corrected.at) == ("corrected", "文静", "11-23 11:00")
    assert corrected.note == "结束时间推后"
    assert [(one.field, one.was) for one in corrected.changes] == [
        ("title", "暴雨橙色预警"),
        ("ends_at", "11-24 10:00"),
    ]


def test_bad_corrections_are_refused_and_leave_it_as_it_is(cast, session):
    alert = warn(session, cast)
    officer = cast.actor("officer")
    for changes, code in (
        ({"title": alert.title}, "alerts.nothing_changed"),
        ({"title": ""}, "alerts.no_title"),
        ({"words": ""}, "alerts.no_words"),
        ({"ends_at": NOW - HOUR}, "alerts.ends_before"),
        ({"deadline_at": NOW + 40 * HOUR}, "alerts.bad_deadline"),
    ):
        with refused(code):
            correct(session, officer, alert.id, changes, NOW, anew=True)
    assert (alert.title, alert.words, alert.edition) == ("暴雨橙色预警", WORDS, 1)
    with refused("alerts.unknown"):
        correct(session, officer, 999_999, {"title": "没有的"}, NOW, anew=True)


@pytest.mark.parametrize("who", ["secretary", "other_officer", "member_a", "resident"])
def test_who_did_not_have_the_grid_neither_corrects_nor_lifts(cast, session, who):
    alert = warn(session, cast)
    for call in (
        lambda actor: correct(session, actor, alert.id, {"title": "改掉"}, NOW, anew=False),
        lambda actor: lift(session, actor, alert.id, "", NOW),
    ):
        with pytest.raises(Refused, match=r"^access\."):
            call(cast.actor(who))


def test_lifted_it_leaves_phones_and_boards_and_cannot_be_changed(cast, door, session):
    alert = warn(session, cast)
    grid = session.get(Grid, cast.grids["a"])
    assert [one.title for one in posted_alerts(session, grid, NOW)] == ["暴雨橙色预警"]
    lift(session, cast.actor("officer"), alert.id, "雨停了", NOW + HOUR)
    session.commit()
    assert on_phone(door, "member_a") == []
    assert posted_alerts(session, grid, NOW + HOUR) == []
    event = session.exec(select(AlertEvent).where(AlertEvent.what == "lifted")).one()
    assert (event.note, event.person_id) == ("雨停了", cast.people["officer"])
    for call in (
        lambda: lift(session, cast.actor("officer"), alert.id, "", NOW + HOUR),
        lambda: correct(
            session, cast.actor("officer"), alert.id, {"title": "改掉"}, NOW + HOUR, anew=False
        ),
    ):
        with refused("alerts.lifted"):
            call()


def test_what_is_over_leaves_by_itself_and_what_is_coming_is_there_already(
    cast, door, session, clock
):
    warn(session, cast)
    warn(
        session,
        cast,
        title="大风蓝色预警",
        weather="gale",
        colour="blue",
        starts_at=NOW + 20 * HOUR,
        ends_at=NOW + 60 * HOUR,
        deadline_at=NOW + 20 * HOUR,
    )
    session.commit()
    titles = [one["title"] for one in on_phone(door, "member_a")]
    assert titles == ["暴雨橙色预警", "大风蓝色预警"]
    grid = session.get(Grid, cast.grids["a"])
    assert [one.title for one in posted_alerts(session, grid, NOW)] == ["暴雨橙色预警"]
    clock.forward(hours=24)
    assert [one["title"] for one in on_phone(door, "member_a")] == ["大风蓝色预警"]


def test_a_document_for_the_grids_own_people_is_on_no_board(cast, client, session):
    warn(session, cast, kind="document", weather="", colour="", to_residents=False,
         title="关于冬春火灾防控的通知", number="永南街发〔2026〕12号")  # fmt: skip
    warn(session, cast, codes=[B], title="只给第2网格")
    warn(session, cast)
    session.commit()
    page = client.get(f"/g/{A}").text
    assert "暴雨橙色预警" in page
    assert WORDS in page
    assert "冬春火灾防控" not in page
    assert "只给第2网格" not in page
    of_community = client.get(f"/g/{COMMUNITY}").text
    assert "只给第2网格" in of_community
    assert "小桥子社区第2网格" in of_community


def mine(session, cast, who="member_a", now=NOW):
    return [card for card in inbox(session, cast.actor(who), now) if card.source != ""]


def test_its_tasks_are_duties_of_the_grids_below_for_its_days_alone(cast, session):
    alert = warn(session, cast, home=COMMUNITY, who="secretary",
                 measures=["shout_twice", "wiring_water"], own_task=" 看一眼  河边的棚 ",
                 number="永气发3号")  # fmt: skip
    cards = mine(session, cast)
    assert {(card.kind, card.rhythm, card.wanted, card.words) for card in cards} == {
        ("shout", "day", 2, ""),
        ("other", "once", 0, "查低洼处、地下室和电动车棚的电箱是否进水"),
        ("other", "once", 0, "看一眼 河边的棚"),
    }
    assert {card.source for card in cards} == {"永气发3号"}
    assert mine(session, cast, "member_b") != []
    days = session.exec(
        select(Duty.first_on)
        .join(ObligationRule, ObligationRule.id == Duty.rule_id)
        .where(ObligationRule.code == f"alert:{alert.id}", ObligationRule.kind == "shout")
        .where(Duty.grid_id == cast.grids["a"])
    ).all()
    assert sorted(days) == [TODAY, TODAY + timedelta(days=1)]
    assert session.exec(select(Duty).where(Duty.grid_id == cast.grids["c"])).all() == []


def test_tasks_of_a_weekend_are_asked_on_the_weekend(cast, session):
    friday = NOW + timedelta(days=4)
    alert = warn(session, cast, starts_at=friday, ends_at=friday + timedelta(days=3),
                 deadline_at=friday, measures=["check_daily"])  # fmt: skip
    days = session.exec(
        select(Duty.due_on)
        .join(ObligationRule, ObligationRule.id == Duty.rule_id)
        .where(ObligationRule.code == f"alert:{alert.id}", Duty.grid_id == cast.grids["a"])
    ).all()
    assert [day.isoweekday() for day in sorted(days)] == [5, 6, 7, 1]


def test_lifting_takes_back_what_is_not_done_and_keeps_what_is(cast, session):
    alert = warn(session, cast, measures=["check_daily", "wiring_water"])
    (card,) = [card for card in mine(session, cast) if card.rhythm == "once"]
    period = {"rule_id": card.rule, "grid_code": A, "first_on": date.fromisoformat(card.first)}
    tick(session, cast.actor("member_a"), stamp(), number=1, note="电箱都是干的", now=NOW, **period)
    session.flush()
    lift(session, cast.actor("officer"), alert.id, "", NOW + HOUR)
    assert [(card.kind, card.standing) for card in mine(session, cast)] == [("other", "done")]
    assert mine(session, cast, "member_b") == []
    assert session.exec(select(DutyTick)).one().note == "电箱都是干的"


def test_a_longer_warning_asks_longer_and_a_shorter_one_less(cast, session):
    alert = warn(session, cast, measures=["check_daily"], ends_at=NOW + timedelta(days=2))
    officer = cast.actor("officer")

    def days():
        found = session.exec(
            select(Duty.first_on)
            .join(ObligationRule, ObligationRule.id == Duty.rule_id)
            .where(ObligationRule.code == f"alert:{alert.id}", Duty.grid_id == cast.grids["a"])
        ).all()
        return [(day - TODAY).days for day in sorted(found)]

    assert days() == [0, 1, 2]
    correct(session, officer, alert.id, {"ends_at": NOW + timedelta(days=4)}, NOW, anew=False)
    assert days() == [0, 1, 2, 3, 4]
    correct(session, officer, alert.id, {"ends_at": NOW + timedelta(days=1)}, NOW, anew=False)
    assert days() == [0, 1]


def test_an_unknown_task_is_refused(cast, session):
    with refused("alerts.unknown_measure"):
        warn(session, cast, measures=["sing"])


def test_the_county_warns_all_its_streets(cast, door, session):
    warn(session, cast, "administrator", COUNTY)
    session.commit()
    assert len(on_phone(door, "other_officer")) == len(on_phone(door, "member_b")) == 1


def told_of_it(session):
    rows = session.exec(select(Message).where(Message.purpose == Purpose.WARNING))
    return [row.person_id for row in rows]


def test_a_red_warning_is_told_at_once_to_who_leads_and_again_only_when_it_begins_anew(
    cast, session
):
    warn(session, cast, colour="orange", title="暴雨橙色预警")
    assert told_of_it(session) == []
    alert = warn(session, cast, codes=[A, B], colour="red", title="暴雨红色预警")
    leaders = sorted(cast.people[who] for who in ("officer", "secretary", "head_a"))
    assert sorted(told_of_it(session)) == leaders
    officer = cast.actor("officer")
    correct(session, officer, alert.id, {"number": "3号"}, NOW, anew=False)
    assert sorted(told_of_it(session)) == leaders
    correct(session, officer, alert.id, {"words": "马上离开地下室。"}, NOW, anew=True)
    assert sorted(told_of_it(session)) == sorted(leaders * 2)
