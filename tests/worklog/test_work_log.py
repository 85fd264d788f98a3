"""The work record of a month: what was recorded stands in it by itself; who may see it."""

from datetime import UTC, datetime, timedelta

import pytest

from firegrid_app.database import reading, transaction
from firegrid_app.duties import choosing
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.rules.obligations import obligation_from
from firegrid_app.duties.ticking import tick_at_desk
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.patrols import service as patrols
from firegrid_app.refusals import Refused
from firegrid_app.shouts import service as shouts
from firegrid_app.visits import service as visits
from firegrid_app.worklog.cards import Numbers
from firegrid_app.worklog.service import work_log
from tests.cast import COMMUNITY, COUNTY, STREET, A, B
from tests.factories import NOW, report, stamp
from tests.meetings.days import held

BEGAN = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Half past eight of the cast's Monday."""


@pytest.fixture
def worked(cast):
    """A walk of an hour with two arrivals at one point, a hazard, a meeting."""
    with transaction() as session:
        member = cast.actor("member_a")
        walk = patrols.start(session, member, stamp(BEGAN), grid_code=A, now=NOW)
        session.flush()
        for minutes in (20, 40):
            patrols.arrive(
                session, member, stamp(BEGAN + timedelta(minutes=minutes)), patrol_id=walk.id,
                check_point_id=cast.check_points["a1"], all_fine=True, note="", now=NOW,
            )  # fmt: skip
        report(session, member, BEGAN + timedelta(minutes=50), patrol_id=walk.id)
        patrols.end(
            session, member, stamp(BEGAN + timedelta(minutes=60)), patrol_id=walk.id,
            note="3栋<b>楼道</b>已清", now=NOW,
        )  # fmt: skip
        asked = {"grid_code": COMMUNITY, "kind": "grid_regular", "roles": ("grid_head",)}
        held(session, cast.actor("secretary"), [cast.people["head_a"]], **asked)
    return cast


def log(cast, who, code, month=""):
    with reading() as session:
        return work_log(session, cast.actor(who), code, month, NOW)


def test_a_day_says_what_was_recorded_and_the_month_adds_it_up(worked):
    card = log(worked, "member_a", A)
    day = card.days[22]
    assert (day.label, day.is_workday) == ("11-23", True)
    numbers = day.numbers
    assert (numbers.minutes, numbers.points, numbers.found, numbers.closed) == (60, 1, 1, 0)
    (walk,) = day.walks
    assert (walk.hours, walk.name, walk.grid_name) == ("08:30–09:30", "姜龙", "")
    assert card.total == numbers
    assert card.days[21].walks == ()


def test_every_kind_of_work_is_counted(cast):
    with transaction() as session:
        member = cast.actor("member_a")
        for reached in (3, 9):
            shouts.log(
                session, member, stamp(), grid_code=A, patrol_id=None, script="ebike",
                means="loudhailer", people_reached=reached, where_words="", now=NOW,
            )  # fmt: skip
        for door in ("a1", "a1", "a2"):
            visits.log(
                session, member, stamp(), household_id=cast.doors[door], patrol_id=None,
                outcome="met", note="", now=NOW,
            )  # fmt: skip
        report(session, member)
        hazard = report(session, member, where_words="1栋1单元3层")
        hazard.status, hazard.closed_at = Status.CLOSED, NOW
    card = log(cast, "head_a", A)
    numbers = Numbers(doors=2, shouts=2, people_reached=12, found=2, closed=1)
    assert card.days[22].numbers == card.total == numbers
    assert log(cast, "member_b", B).total == Numbers()


def test_of_a_community_it_names_the_grid_and_what_the_community_held(worked):
    day = log(worked, "secretary", COMMUNITY).days[22]
    assert day.walks[0].grid_name == "小桥子社区第1网格"
    assert [one.sort for one in day.held] == ["meeting"]
    assert log(worked, "head_a", A).days[22].held == ()


def test_what_was_ticked_stands_in_it_with_its_words(cast):
    with transaction() as session:
        own = {"code": "own", "kind": "other", "role": "grid_head", "level": 3, "rhythm": "month"}
        rule = obligation_from({**own, "words": "检查消火栓", "times": 1, "target": 0})
        choosing.add_rule(session, cast.actor("administrator"), COUNTY, rule, NOW)
    with transaction() as session:
        head = cast.actor("head_a")
        (duty,) = [one for one in inbox(session, head, NOW) if one.words == "检查消火栓"]
        tick_at_desk(
            session, head, rule_id=duty.rule, grid_code=A,
            first_on=datetime.fromisoformat(duty.first).date(), number=1, note="水压正常", now=NOW,
        )  # fmt: skip
    (done,) = log(cast, "head_a", A).days[22].done
    assert (done.words, done.name, done.note) == ("检查消火栓", "龚丽", "水压正常")


def test_a_month_ends_today_and_goes_back_and_on(worked):
    this, before = log(worked, "head_a", A), log(worked, "head_a", A, "2026-10")
    assert (len(this.days), this.before, this.after) == (23, "2026-10", "")
    assert (len(before.days), before.before, before.after) == (31, "2026-09", "2026-11")
    assert before.total.minutes == 0


@pytest.mark.parametrize("who", ["member_b", "other_secretary", "leader_a", "resident"])
def test_the_neighbour_is_refused(worked, who):
    with pytest.raises(Refused):
        log(worked, who, A)


def test_of_a_street_it_has_a_row_a_community_that_says_what_theirs_says(worked, door):
    card = log(worked, "officer", STREET)
    rows = {row.code: row.numbers for row in card.rows}
    assert rows[COMMUNITY] == log(worked, "secretary", COMMUNITY).total == card.total
    assert rows[COMMUNITY].minutes == 60
    assert [row.code for row in card.rows] == sorted(rows)
    page = door("officer").get(f"/worklog/{STREET}").text
    assert f"/worklog/{COMMUNITY}?month=2026-11" in page
    with pytest.raises(Refused):
        log(worked, "secretary", STREET)


def test_what_the_street_itself_held_stands_below_its_communities(cast, door):
    with transaction() as session:
        asked = {"grid_code": STREET, "kind": "risk_analysis", "roles": ("community_secretary",)}
        held(session, cast.actor("officer"), [cast.people["secretary"]], **asked)
    assert [one.sort for one in log(cast, "officer", STREET).held] == ["meeting"]
    page = door("officer").get(f"/worklog/{STREET}").text
    assert "本级的会议" in page
    assert 'href="/"' in page, "an installed app has no way back of its own"


def test_a_county_is_too_wide_and_a_month_to_come_or_none_is_no_month(worked):
    for who, code, month, no in (
        ("administrator", COUNTY, "", "worklog.too_wide"),
        ("head_a", A, "2026-12", "worklog.bad_month"),
        ("head_a", A, "2026-13", "worklog.bad_month"),
        ("head_a", A, "gestern", "worklog.bad_month"),
        ("head_a", "nowhere", "", "grids.unknown"),
    ):
        with pytest.raises(Refused) as refused:
            log(worked, who, code, month)
        assert refused.value.code == no


def test_the_page_is_whole_escaped_and_in_the_reader_s_language(worked, door):
    answer = door("head_a").get(f"/worklog/{A}")
    assert answer.status_code == 200
    assert "script-src" not in answer.headers["content-security-policy"]
    for words in ("工作记录 2026年11月", "08:30–09:30", "3栋&lt;b&gt;楼道&lt;/b&gt;已清", "合计"):
        assert words in answer.text, words
    assert "Work record" not in answer.text
    english = door("head_a").get(f"/worklog/{A}?lang=en").text
    assert "work record 2026-11" in english
    assert door("member_b").get(f"/worklog/{A}").status_code == 403
    assert B not in answer.text
