"""A campaign from its making to its figures: rights, editions, late knocks, one count."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.campaigns import managing, progress, service
from firegrid_app.campaigns.asking import questions_of
from firegrid_app.campaigns.listing import list_of
from firegrid_app.campaigns.progress import picture, progress_rows, total_of
from firegrid_app.campaigns.rules import state_of
from firegrid_app.campaigns.tables import Campaign
from firegrid_app.grids.tables import Grid
from firegrid_app.households.one_door import erase
from firegrid_app.refusals import Refused
from firegrid_app.visits.service import Asked
from firegrid_app.visits.tables import Visit
from tests.cast import COMMUNITY, STREET, A, B, C
from tests.factories import NOW, item, send, statuses
from tests.visits.test_visit import knock, refused

TODAY = date(2026, 11, 23)
FINE = dict.fromkeys(("corridor", "balcony", "kitchen", "power", "fire", "gas"), "fine")


def make(session, cast, who="secretary", **changes):
    values = {
        "grid_code": COMMUNITY, "name": "冬季敲门", "purpose": "三清三关", "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=30), "areas": (), "done": (), "now": NOW,
    }  # fmt: skip
    return managing.make_campaign(session, cast.actor(who), **values | changes)


def ask(campaign, answers=None, **more):
    return {
        "asked": Asked(campaign.id, campaign.edition, answers or {}, []),
    } | more


def body(cast, campaign, door="a1", /, **changes):
    return {
        "door": cast.doors[door], "outcome": "met", "campaign": campaign.id,
        "edition": campaign.edition, "answers": FINE,
    } | changes  # fmt: skip


def visit_item(cast, campaign, door="a1", who="member_a", /, **changes):
    return item(cast, who, "visit.log", body(cast, campaign, door, **changes), version=2)


def carried(session, cast, who="member_a", *keys):
    grids = [session.get(Grid, cast.grids[key]) for key in keys or ("a",)]
    return service.running_for(session, grids, NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "campaigns.ends_before_start"),
        (
            {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=2)},
            "campaigns.over_already",
        ),
        ({"ends_on": TODAY + timedelta(days=400)}, "campaigns.too_long"),
        ({"name": " "}, "campaigns.bad_name"),
        ({"done": ("none",)}, "campaigns.nothing_is_done"),
        ({"purpose": "火" * 301}, "places.too_long"),
        ({"grid_code": A, "areas": (B,)}, "campaigns.foreign_area"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_and_nothing_is_written(session, cast, changes, code):
    with pytest.raises(Refused) as told:
        make(session, cast, **changes)
    assert told.value.code == code
    assert session.exec(select(Campaign)).all() == []


@pytest.mark.parametrize(
    "who", ["member_a", "leader_a", "department", "resident", "other_secretary"]
)
def test_who_does_not_keep_the_doors_makes_and_sees_no_campaign(session, cast, who):
    with refused(r"access\.outside_grid"):
        make(session, cast, who)
    campaign = make(session, cast)
    for use_case in (managing.end_campaign, managing.drop_question):
        more = ("gas",) if use_case is managing.drop_question else ()
        with refused(r"access\.outside_grid"):
            use_case(session, cast.actor(who), campaign.id, *more, NOW)
    with refused(r"access\.outside_grid"):
        service.campaign_card(session, cast.actor(who), campaign.id, NOW)
    with refused(r"access\.outside_grid"):
        list_of(session, cast.actor(who), campaign.id, "progress", "zh_CN")


def test_phones_carry_what_runs_today_in_their_grids(session, cast):
    campaign = make(session, cast, areas=(A,))
    make(session, cast, name="以后", starts_on=TODAY + timedelta(days=1))
    (card,) = carried(session, cast, "member_a", "a", "b")
    assert (card.id, card.grids, card.edition) == (campaign.id, [A], 1)
    assert card.done_outcomes == ["met", "refused", "vacant"]
    assert [one["code"] for one in card.questions][:2] == ["corridor", "balcony"]
    assert carried(session, cast, "member_b", "b") == []
    knock(session, cast, **ask(campaign))
    knock(session, cast, door="a3", outcome="no_answer", **ask(campaign))
    (card,) = carried(session, cast)
    assert (card.done, card.back) == ([cast.doors["a1"]], [cast.doors["a3"]])
    managing.end_campaign(session, cast.actor("secretary"), campaign.id, NOW)
    assert carried(session, cast) == []


def test_the_pack_carries_it(door, cast, session):
    campaign = make(session, cast)
    session.commit()
    (card,) = door("member_a").get("/api/pack").json()["campaigns"]
    assert (card["id"], card["name"]) == (campaign.id, "冬季敲门")
    assert door("leader_a").get("/api/pack").json()["campaigns"] == []


def test_answers_are_kept_with_their_edition_and_faults(door, cast, session):
    campaign = make(session, cast)
    session.commit()
    answers = FINE | {"gas": "fault", "leaflets": 2}
    faults = [{"question": "gas", "hazard": None}]
    one = visit_item(cast, campaign, answers=answers, faults=faults)
    assert statuses(door("member_a"), one, one) == ["created", "already"]
    session.rollback()
    (row,) = session.exec(select(Visit)).all()
    assert (row.campaign_id, row.edition, row.answers, row.faults) == (
        campaign.id, 1, answers, faults,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answers": {"gas": "perhaps"}}, "campaigns.answer_outside"),
        ({"answers": {"nothing": "x"}}, "campaigns.answer_outside"),
        ({"answers": FINE, "outcome": "no_answer"}, "campaigns.nobody_met"),
        ({"edition": 7}, "campaigns.unknown"),
        ({"campaign": 999_999}, "campaigns.unknown"),
        ({"door": 999_999}, "visits.unknown_door"),
    ],
)
def test_an_answer_outside_the_questions_is_refused_and_nothing_is_written(
    door, cast, session, changes, code
):
    campaign = make(session, cast)
    session.commit()
    (answer,) = send(door("member_a"), visit_item(cast, campaign, **changes))
    assert (answer["status"], answer["code"]) == ("refused", code)
    assert answer["message"]
    session.rollback()
    assert session.exec(select(Visit)).all() == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh_CN", "清厨房：灶边没有可燃杂物"), ("ko", "부엌 정리"), ("en", "Kitchen clear")],
)
def test_such_an_answer_is_told_by_its_question_in_the_members_language(
    door, cast, session, language, said
):
    campaign = make(session, cast)
    session.commit()
    client = door("member_a")
    client.cookies.set("firegrid_language", language)
    (answer,) = send(client, visit_item(cast, campaign, answers={"kitchen": "perhaps"}))
    assert said in answer["message"]


def test_answers_nobody_asked_for_are_rejected(door, cast):
    loose = item(
        cast, "member_a", "visit.log",
        {"door": cast.doors["a1"], "outcome": "met", "answers": {"gas": "fine"}}, version=2,
    )  # fmt: skip
    (answer,) = send(door("member_a"), loose)
    assert (answer["status"], answer["fields"]) == ("rejected", {"item": "no_campaign"})


def test_somebody_elses_campaign_is_unknown(door, cast, session):
    campaign = make(session, cast, "administrator", grid_code=cast.codes["other_street"])
    session.commit()
    (answer,) = send(door("member_a"), visit_item(cast, campaign))
    assert answer["code"] == "campaigns.unknown"


def test_a_knock_on_its_way_while_its_campaign_ends_is_kept_and_counted(door, cast, session):
    campaign = make(session, cast)
    waiting = visit_item(cast, campaign)
    managing.end_campaign(session, cast.actor("secretary"), campaign.id, NOW)
    with refused(r"campaigns\.ended_already"):
        managing.end_campaign(session, cast.actor("secretary"), campaign.id, NOW)
    session.commit()
    assert statuses(door("member_a"), waiting) == ["created"]
    session.rollback()
    assert total_of(progress_rows(session, campaign)).done == 1


def change(session, cast, campaign, who="secretary", **days):
    managing.change_dates(
        session, cast.actor(who), campaign.id,
        **{"starts_on": TODAY, "ends_on": TODAY, **days}, now=NOW,
    )  # fmt: skip


def test_a_knock_on_its_way_while_its_dates_change_is_kept_and_counted(door, cast, session):
    campaign = make(session, cast)
    waiting = visit_item(cast, campaign)
    change(
        session, cast, campaign,
        starts_on=TODAY + timedelta(days=3), ends_on=TODAY + timedelta(days=9),
    )  # fmt: skip
    session.commit()
    assert door("member_a").get("/api/pack").json()["campaigns"] == []
    assert statuses(door("member_a"), waiting) == ["created"]
    session.rollback()
    assert total_of(progress_rows(session, campaign)).done == 1


def test_one_that_is_over_runs_again_with_what_it_has(door, cast, session):
    campaign = make(session, cast)
    session.commit()
    assert statuses(door("member_a"), visit_item(cast, campaign)) == ["created"]
    session.rollback()
    campaign.starts_on, campaign.ends_on = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    session.commit()
    assert door("member_a").get("/api/pack").json()["campaigns"] == []
    session.rollback()
    change(session, cast, campaign, starts_on=campaign.starts_on)
    session.commit()
    (one,) = door("member_a").get("/api/pack").json()["campaigns"]
    assert (one["ends_on"], one["done"]) == (TODAY.isoformat(), [cast.doors["a1"]])


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_before_start"),
        (
            {"starts_on": TODAY - timedelta(days=5), "ends_on": TODAY - timedelta(days=1)},
            "over_already",
        ),
        ({"ends_on": TODAY + timedelta(days=400)}, "too_long"),
    ],
)
def test_dates_that_cannot_be_are_refused_and_those_before_stay(session, cast, days, code):
    campaign = make(session, cast)
    before = (campaign.starts_on, campaign.ends_on)
    with refused(rf"campaigns\.{code}"):
        change(session, cast, campaign, **days)
    with refused(r"access\.outside_grid"):
        change(session, cast, campaign, "other_secretary")
    managing.end_campaign(session, cast.actor("secretary"), campaign.id, NOW)
    with refused(r"campaigns\.ended_already"):
        change(session, cast, campaign)
    assert (campaign.starts_on, campaign.ends_on) == before


def test_a_phone_with_older_questions_goes_on_answering_them(door, cast, session):
    campaign = make(session, cast)
    secretary = cast.actor("secretary")
    old = visit_item(cast, campaign)
    managing.drop_question(session, secretary, campaign.id, "gas", NOW)
    managing.add_question(
        session, secretary, campaign.id, kind="single", words="有烟感吗",
        choices="有\n!没有\n坏了", show_if="corridor=fine", required=True, now=NOW,
    )  # fmt: skip
    session.commit()
    assert campaign.edition == 3
    newest = questions_of(session, campaign.id, 3)
    assert newest[-1].show_if == ("corridor", "fine")
    assert [bool(one.hazard) for one in newest[-1].choices] == [False, True, False]
    assert statuses(door("member_a"), old) == ["created"]
    late = visit_item(cast, campaign, "a3")
    (answer,) = send(door("member_a"), late)
    assert answer["code"] == "campaigns.answer_outside", "gas is asked no more in edition 3"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "drawing"}, "bad_kind"),
        ({"words": " "}, "bad_words"),
        ({"choices": "一个"}, "bad_choices"),
        ({"show_if": "gas=never"}, "bad_show_if"),
        ({"show_if": "nothing=fine"}, "bad_show_if"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(session, cast, changes, code):
    campaign = make(session, cast)
    values = {
        "kind": "single", "words": "有烟感吗", "choices": "有\n没有", "show_if": "",
        "required": False, "now": NOW,
    }  # fmt: skip
    with refused(rf"campaigns\.{code}"):
        managing.add_question(session, cast.actor("secretary"), campaign.id, **values | changes)
    assert campaign.edition == 1


def test_no_more_questions_than_one_can_answer_at_a_door(session, cast):
    campaign = make(session, cast)
    with refused(r"campaigns\.too_many_questions"):
        for number in range(30):
            managing.add_question(
                session, cast.actor("secretary"), campaign.id, kind="text", words=f"问{number}",
                choices="", show_if="", required=False, now=NOW,
            )  # fmt: skip


def test_a_question_another_hangs_on_stays_before_it(session, cast):
    campaign = make(session, cast)
    secretary = cast.actor("secretary")
    managing.add_question(
        session, secretary, campaign.id, kind="text", words="哪里", choices="",
        show_if="gas=fault", required=False, now=NOW,
    )  # fmt: skip
    with refused(r"campaigns\.bad_show_if"):
        managing.drop_question(session, secretary, campaign.id, "gas", NOW)
    managing.move_question(session, secretary, campaign.id, "gas", NOW)
    codes = [one.code for one in questions_of(session, campaign.id, campaign.edition)]
    assert codes.index("gas") == 4
    managing.move_question(session, secretary, campaign.id, "corridor", NOW)
    assert questions_of(session, campaign.id, campaign.edition)[0].code == "corridor"


def test_list_and_picture_and_rule_say_the_same(session, cast):
    campaign = make(session, cast)
    knocks = {
        "a1": ("met", "no_answer"), "a2": ("no_answer",), "a3": ("let", "vacant"),
        "a4": ("come_back", "refused", "come_back"), "b1": ("met",),
    }  # fmt: skip
    for door, outcomes in knocks.items():
        who = "member_b" if door == "b1" else "member_a"
        for number, outcome in enumerate(outcomes):
            at = NOW + timedelta(minutes=number)
            knock(session, cast, who, door=door, outcome=outcome, at=at, **ask(campaign))
    knock(session, cast, door="a5", outcome="met")
    rows = progress_rows(session, campaign)
    of_a = next(row for row in rows if row.grid == A)
    shown = picture(session, campaign, session.get(Grid, cast.grids["a"]), "1栋")
    squares = [door for storey in shown for door in storey.doors]
    counted = Counter(square.state for square in squares)
    assert (of_a.done, of_a.back, of_a.never) == (
        counted["done"], counted["back"], counted["never"],
    ) == (3, 1, 2)  # fmt: skip
    names = {ident: key for key, ident in cast.doors.items()}
    for square in squares:
        outcomes = knocks.get(names[square.id], ())
        assert square.state == state_of(outcomes, campaign.done_outcomes)
        assert square.outcome == (outcomes[-1] if outcomes else "")
    total = total_of(rows)
    assert (total.doors, total.done, total.back, total.never) == (8, 4, 1, 3)
    assert total.doors == sum(row.doors for row in rows)
    card = service.campaign_card(session, cast.actor("secretary"), campaign.id, NOW)
    sums = {one.grid: (one.total.doors, one.total.done, one.total.back) for one in card.grids}
    assert sums == {A: (6, 3, 1), B: (2, 1, 0)}
    assert [row for one in card.grids for row in one.buildings] == rows


def test_a_door_off_the_register_leaves_the_figures_and_words_are_erased(session, cast):
    campaign = make(session, cast)
    managing.add_question(
        session, cast.actor("secretary"), campaign.id, kind="text", words="说了什么", choices="",
        show_if="", required=False, now=NOW,
    )  # fmt: skip
    said = questions_of(session, campaign.id, 2)[-1].code
    visit = knock(session, cast, **ask(campaign, {"gas": "fine", said: "独自在家"}))
    erase(session, cast.actor("secretary"), cast.doors["a1"], NOW)
    session.refresh(visit)
    assert visit.answers == {"gas": "fine"}
    assert total_of(progress_rows(session, campaign)).doors == 8
    erase(session, cast.actor("secretary"), cast.doors["a1"], NOW, off=True)
    assert total_of(progress_rows(session, campaign)).doors == 7


def test_doors_one_by_one_are_for_people_of_the_grid(session, cast):
    campaign = make(session, cast)
    wanted = f"{A}|1栋"
    assert service.campaign_card(
        session, cast.actor("secretary"), campaign.id, NOW, picture_of=wanted
    ).picture
    with refused(r"campaigns\.not_to_the_door"):
        service.campaign_card(session, cast.actor("officer"), campaign.id, NOW, picture_of=wanted)
    assert service.campaign_card(session, cast.actor("officer"), campaign.id, NOW).total.doors == 8


def test_a_head_sees_the_own_grid_of_the_communitys_campaign_and_changes_nothing(session, cast):
    campaign = make(session, cast)
    card = service.campaign_card(session, cast.actor("head_a"), campaign.id, NOW)
    assert ({one.grid for one in card.grids}, card.may_change) == ({A}, False)
    with refused(r"access\.outside_grid"):
        managing.end_campaign(session, cast.actor("head_a"), campaign.id, NOW)
    view = service.campaigns_view(session, cast.actor("head_a"), "", NOW)
    assert [one.name for one in view.campaigns] == ["冬季敲门"]


def test_the_lists_to_keep_count_and_name_no_door(session, cast):
    campaign = make(session, cast)
    knock(session, cast, **ask(campaign, FINE | {"leaflets": 2}))
    knock(session, cast, door="a3", **ask(campaign, FINE | {"gas": "fault", "leaflets": 3}))
    name, headings, rows = list_of(
        session, cast.actor("secretary"), campaign.id, "answers", "zh_CN"
    )
    assert name == "冬季敲门-答案"
    counts = {(one[0][:2], one[1]): one[2] for one in rows}
    assert counts["关气", "做到"] == 1
    assert counts["关气", "有隐患"] == 1
    assert counts["发放", "合计"] == 5
    assert len(headings) == 3
    _, headings, rows = list_of(session, cast.actor("secretary"), campaign.id, "progress", "en")
    assert rows[0][1:] == ["1栋", 6, 2, 0, 4]
    assert not any("101" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_comes_by_its_route(door, cast, session, kind):
    campaign = make(session, cast)
    session.commit()
    answer = door("secretary").get(f"/campaigns/{campaign.id}/progress.{kind}")
    assert (answer.status_code, len(answer.content) > 50) == (200, True)
    assert door("member_a").get(f"/campaigns/{campaign.id}/progress.{kind}").status_code == 403
    assert door("secretary").get(f"/campaigns/999999/progress.{kind}").status_code == 404


def test_a_page_lists_so_many_buildings_and_says_how_many_more_while_sums_and_file_have_all(
    session, cast, monkeypatch
):
    campaign = make(session, cast)
    officer = cast.actor("officer")
    whole = service.campaign_card(session, officer, campaign.id, NOW)
    assert ([one.grid for one in whole.grids], whole.left_out) == ([A, B], 0)
    monkeypatch.setattr(progress, "MOST_ROWS", len(whole.grids[0].buildings))
    card = service.campaign_card(session, officer, campaign.id, NOW)
    assert [one.grid for one in card.grids] == [A]
    assert card.left_out == len(whole.grids[1].buildings) > 0
    assert card.total == whole.total
    _, _, rows = list_of(session, officer, campaign.id, "progress", "zh_CN")
    assert sum(row[2] for row in rows) == whole.total.doors


def test_who_sees_another_s_campaign_gets_the_figures_of_the_own_grids(session, cast):
    campaign = make(session, cast, "officer", grid_code=STREET)
    card = service.campaign_card(session, cast.actor("secretary"), campaign.id, NOW)
    assert [one.grid for one in card.grids] == [A, B]
    whole = service.campaign_card(session, cast.actor("officer"), campaign.id, NOW)
    assert [one.grid for one in whole.grids] == [A, B, C]
