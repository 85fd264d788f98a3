"""The digest: one a workday, in working hours, to whom something waits for, by one worker."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.alerts.issuing import lift
from firegrid_app.database import reading, transaction
from firegrid_app.duties import choosing
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.hazards.telling import see
from firegrid_app.messages import waiting
from firegrid_app.messages.digest import GIVEN_UP_BY_ITS_MAKER, make_digests
from firegrid_app.messages.tables import DigestDay, Message, MessageChoice
from firegrid_app.presence.tables import PresenceFlag
from firegrid_app.rota.swapping import ask_swap
from firegrid_app.serving import postman
from tests.alerts.making import warn
from tests.cast import COMMUNITY, COUNTY
from tests.factories import NOW, report
from tests.meetings.days import TODAY, planned
from tests.messages.providers import say
from tests.rewards.test_rewards import granted, set_up, taken_on
from tests.rota.lists import add

SHANGHAI = timedelta(hours=8)


def made():
    with reading() as session:
        rows = session.exec(
            select(Person.name, Message)
            .join(Message, Message.person_id == Person.id)
            .order_by(Message.id)
        )
        return {name: message.text for name, message in rows}


@pytest.fixture
def hazard(cast):
    """One for the head of grid a, past its last day; the head has looked at it."""
    with transaction() as session:
        found = report(session, cast.actor("member_a"), NOW - timedelta(days=9))
        see(session, cast.actor("head_a"), found.id, NOW)
    return cast


def flag(cast, who="member_a", grid="a"):
    from uuid import uuid4

    with transaction() as session:
        session.add(
            PresenceFlag(
                record_id=uuid4(),
                grid_id=cast.grids[grid],
                person_id=cast.people[who],
                happened_at=NOW,
                reason="clock",
            )
        )


def test_who_has_something_waiting_is_told_in_figures(hazard):
    assert make_digests() == 1
    assert made() == {"龚丽": "【消防网格】今日待办：隐患临期或超期1处。"}


def test_where_nothing_waits_nobody_is_told(cast):
    assert make_digests() == 0
    assert made() == {}


def test_a_hazard_far_from_its_last_day_or_closed_is_no_news(cast):
    with transaction() as session:
        report(session, cast.actor("member_a"), NOW - timedelta(days=9), fixed_on_spot=True)
        found = report(session, cast.actor("member_a"), NOW)
        see(session, cast.actor("head_a"), found.id, NOW)
    assert make_digests() == 0


def test_a_hazard_one_was_told_of_and_has_not_looked_at_is_news(cast):
    with transaction() as session:
        found = report(session, cast.actor("member_a"), NOW).id
    make_digests()
    assert made() == {"龚丽": "【消防网格】今日待办：隐患有新情况1处。"}
    with transaction() as session:
        assert waiting._news(session, cast.actor("member_a"), NOW) == {"news": 0}
        see(session, cast.actor("head_a"), found, NOW)
        assert waiting._news(session, cast.actor("head_a"), NOW) == {"news": 0}


def test_duties_stand_in_it_but_not_the_walk_of_every_workday(cast):
    with transaction() as session:
        choosing.choose_preset(session, cast.actor("administrator"), COUNTY, "chongqing_2021", NOW)
    with reading() as session:
        rows = waiting._duties(session, cast.actor("member_a"), NOW)
        every = waiting.inbox(session, cast.actor("member_a"), NOW)
    assert "workday" in {card.rhythm for card in every if card.standing == "today"}
    due = [card for card in every if card.rhythm != "workday"]
    assert rows == {
        "overdue": sum(card.standing == "overdue" for card in due),
        "today": sum(card.standing == "today" for card in due),
    }


def test_what_comes_up_before_the_next_digest_stands_in_it(cast):
    friday = NOW + timedelta(days=4)
    with transaction() as session:
        officer = cast.actor("officer")
        for day in (TODAY + timedelta(days=1), TODAY + timedelta(days=7)):
            planned(session, officer, day=day, kind="special")
    with reading() as session:
        secretary = cast.actor("secretary")
        assert waiting._coming(session, secretary, NOW) == {"coming": 1}
        assert waiting._coming(session, cast.actor("other_officer"), NOW) == {"coming": 0}
    with reading() as session:
        # After Friday's there is none before Monday's.
        assert waiting._coming(session, secretary, friday) == {"coming": 1}


def test_whoever_is_asked_for_a_swap_hears_of_it_and_who_asks_does_not(cast):
    with transaction() as session:
        shift = add(session, cast, "member_a")
        ask_swap(
            session, cast.actor("member_a"), shift_id=shift.id, person_id=cast.people["head_a"],
            other_shift_id=None, words="", now=NOW,
        )  # fmt: skip
    with reading() as session:
        assert waiting._swaps(session, cast.actor("head_a"), NOW) == {"swaps": 1}
        assert waiting._swaps(session, cast.actor("member_a"), NOW) == {"swaps": 0}
        assert waiting._swaps(session, cast.actor("member_b"), NOW) == {"swaps": 0}


def test_rewards_to_decide_on_go_to_the_street_once_they_can_be_decided(cast):
    with transaction() as session:
        set_up(session, cast)
        taken_on(session, cast)
        taken_on(session, cast, severity="suspected_major", where_words="2栋1单元楼道")
        granted(session, cast, where_words="3栋1单元楼道")
    with reading() as session:
        assert waiting._rewards(session, cast.actor("officer"), NOW) == {"rewards": 1}
        for who in ("secretary", "other_officer", "member_a"):
            assert waiting._rewards(session, cast.actor(who), NOW) == {"rewards": 0}
        assert waiting._rewards(session, cast.actor("administrator"), NOW) == {}


def test_flags_go_to_those_who_look_at_them_and_not_to_the_county_or_oneself(cast):
    flag(cast)
    flag(cast, "secretary")
    make_digests()
    assert made() == {
        "曹英": "【消防网格】今日待办：待核记录2条。",
        "石珍": "【消防网格】今日待办：待核记录1条。",
    }


def test_another_community_hears_nothing_of_ours(hazard):
    flag(hazard)
    make_digests()
    assert {"何芳", "汪洋", "邓波"} & set(made()) == set()


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (datetime(2026, 11, 23, 0, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 23, 9, 29, tzinfo=UTC), 1),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), 0),
    ],
    ids=["8:59", "9:00", "17:29", "17:30", "midnight"],
)
def test_only_within_working_hours(hazard, clock, moment, count):
    clock.moment = moment
    assert make_digests() == count


def test_not_at_weekends_nor_on_holidays_but_on_make_up_days(hazard, clock):
    with transaction() as session:
        session.add(CalendarDay(day=NOW.date(), is_workday=False, name="停课停工"))
        session.add(CalendarDay(day=datetime(2026, 11, 28, tzinfo=UTC).date(), is_workday=True))
    assert make_digests() == 0
    clock.forward(days=5)
    assert make_digests() == 1
    clock.forward(days=1)
    assert make_digests() == 0


def test_one_a_day_however_often_one_asks(hazard, clock):
    assert make_digests() == 1
    assert make_digests() == 0
    clock.forward(days=1)
    assert make_digests() == 1
    assert len(made()) == 1


def test_a_maker_that_was_killed_in_the_middle_is_followed_by_another(hazard, clock):
    flag(hazard)
    with transaction() as session:
        session.add(DigestDay(day=NOW.date(), begun_at=NOW))
    assert make_digests() == 0
    clock.forward(seconds=GIVEN_UP_BY_ITS_MAKER.total_seconds() + 1)
    assert make_digests() == 3
    with reading() as session:
        assert session.get(DigestDay, NOW.date()).made_at == clock.now()


def test_what_one_made_before_it_was_killed_is_not_made_twice(hazard, clock):
    flag(hazard)
    assert make_digests() == 3
    with transaction() as session:
        session.get(DigestDay, NOW.date()).made_at = None
    clock.forward(minutes=11)
    assert make_digests() == 0


def test_who_switched_it_off_gets_none(hazard):
    with transaction() as session:
        session.add(
            MessageChoice(
                person_id=hazard.people["head_a"], digest=False, language="zh_CN", chosen_at=NOW
            )
        )
    assert make_digests() == 0


def test_it_is_said_in_the_language_of_its_reader(hazard):
    with transaction() as session:
        session.add(MessageChoice(person_id=hazard.people["head_a"], language="en", chosen_at=NOW))
    make_digests()
    assert made() == {"龚丽": "[FireGrid] Today: 1 hazards near or past their last day."}


def test_in_a_group_no_figure_of_a_persons_is_read_by_others(hazard, use, providers):
    use("wecom")
    flag(hazard)
    postman.work_once()
    assert set(made().values()) == {
        "【消防网格】今天有待办事项，请打开消防网格查看。 https://firegrid.example.cn/"
    }
    (got,) = providers.got
    assert len(got.json["text"]["mentioned_mobile_list"]) == 3


def test_a_template_gets_all_figures(hazard, use, providers):
    use("aliyun")
    postman.work_once()
    (got,) = providers.got
    assert got.form["TemplateParam"] == (
        '{"overdue": "0", "today": "0", "coming": "0", "swaps": "0", '
        '"hazards": "1", "news": "0", "flags": "0", '
        '"warnings": "0", "certificates": "0", "equipment": "0", "reports": "0", "rewards": "0", '
        '"exposures": "0", "refused": "0", "refused_below": "0", "backup": "0"}'
    )


def test_one_that_could_not_go_before_evening_does_not_go_at_night(hazard, use, providers, clock):
    use("wecom")
    providers.next.extend([say(500, "")] * 9)
    clock.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for _ in range(24 * 12):
        postman.work_once()
        clock.forward(minutes=5)
        if clock.now() > datetime(2026, 11, 24, 0, 50, tzinfo=UTC):
            break
    with reading() as session:
        (row,) = session.exec(select(Message)).all()
        session.expunge_all()
    assert (row.sent_at, row.next_try_at, row.reason) == (None, None, "provider_fault")
    # 17:00, 17:05, 17:10, 17:25; the next would be at half past six.
    assert len(providers.got) == 4


def test_a_warning_in_force_stands_in_the_digest_of_those_it_is_for(cast):
    with transaction() as session:
        warn(session, cast, "secretary", COMMUNITY)
        warn(session, cast, title="傍晚有大风", starts_at=NOW + timedelta(hours=5))
    make_digests()
    assert set(made().values()) == {"【消防网格】今日待办：生效预警1条。"}
    assert {"石珍", "龚丽", "姜龙", "何芳", "罗强", "曹英"} <= set(made())
    assert not {"汪洋", "邓波"} & set(made())


def test_a_lifted_warning_does_not(cast):
    with transaction() as session:
        alert = warn(session, cast)
        lift(session, cast.actor("officer"), alert.id, "雨停了", NOW)
    assert make_digests() == 0
