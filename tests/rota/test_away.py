"""Who is away from the field (YC-75, YC-88): nothing is asked of them, nothing is lost to them."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.service import actor_for_token
from firegrid_app.access.tables import Post
from firegrid_app.desk.grid import grid_detail
from firegrid_app.desk.rules import Standing
from firegrid_app.desk.service import overview
from firegrid_app.duties.lists import duties_below, inbox
from firegrid_app.rota.away import end_away, note_away
from firegrid_app.rota.month import rota_view
from firegrid_app.rota.state import RotaState
from firegrid_app.supervision.service import walks_view
from firegrid_app.sync.pack import pack_sections
from tests.cast import COMMUNITY, STREET, A, B
from tests.duties.test_ticks import WALK, ask, rule
from tests.factories import NOW, walk
from tests.rota.lists import add, draw, listed, refused
from tests.tabs import click, sent, tab

TODAY = date(2026, 11, 23)


def away(session, cast, who="member_b", by="secretary", **changes):
    """member_b helps with the census from today until Wednesday."""
    given = {
        "code": COMMUNITY,
        "person_id": cast.people[who],
        "why": "sent",
        "words": "人口普查",
        "first_on": TODAY,
        "last_on": TODAY + timedelta(days=2),
        "now": NOW,
    }
    return note_away(session, cast.actor(by), **given | changes)


def row(session, cast, code, now=NOW):
    found = walks_view(session, cast.actor("secretary"), COMMUNITY, "", now)
    return next(one for one in found.rows if one.code == code)


def test_who_is_sent_elsewhere_is_not_late_and_owes_no_minutes(session, cast):
    ask(session, cast, WALK)
    assert row(session, cast, B).progress == "late"
    assert [one.kind for one in inbox(session, cast.actor("member_b"), NOW)] == ["walk"]
    away(session, cast)
    assert (row(session, cast, B).progress, row(session, cast, B).target) == ("away", 0)
    assert row(session, cast, A).progress == "late"
    assert inbox(session, cast.actor("member_b"), NOW) == []
    owed = duties_below(session, cast.actor("secretary"), COMMUNITY, NOW)
    assert [one.grid for one in owed.duties] == [A]


def test_the_day_after_all_is_asked_again(session, cast):
    ask(session, cast, WALK)
    away(session, cast)
    after = NOW + timedelta(days=3)
    assert (row(session, cast, B, after).progress, row(session, cast, B, after).target) == (
        "late",
        120,
    )
    assert [one.kind for one in inbox(session, cast.actor("member_b"), after)] == ["walk"]


def test_the_leader_s_view_names_who_is_away_and_till_when(session, cast):
    away(session, cast)
    (gone,) = row(session, cast, B).away
    assert (gone.name, gone.why, gone.words, gone.last) == (
        "何芳",
        "sent",
        "人口普查",
        "2026-11-25",
    )
    assert row(session, cast, A).away == []
    assert row(session, cast, B, NOW + timedelta(days=3)).away == []
    away(session, cast, "member_a")
    named = row(session, cast, A)
    assert ([one.name for one in named.away], named.progress) == (["姜龙"], "late")


def test_why_is_for_who_keeps_the_list_only(session, cast):
    away(session, cast)
    post = session.exec(select(Post).where(Post.person_id == cast.people["head_a"])).one()
    session.add(
        Post(
            person_id=post.person_id,
            role="grid_member",
            grid_id=cast.grids["b"],
            starts_on=post.starts_on,
        )
    )
    session.flush()
    head = actor_for_token(session, cast.tokens["head_a"], NOW)
    (row,) = walks_view(session, head, B, "", NOW).rows
    assert [(one.name, one.why, one.words) for one in row.away] == [("何芳", "", "")]


def test_who_is_on_the_list_and_away_is_not_called_but_the_next_one_is(session, cast):
    add(session, cast, "member_a", day=TODAY, starts="08:30", ends="12:00")
    add(session, cast, "head_a", day=TODAY, starts="09:45", ends="17:30")
    assert (row(session, cast, A).progress, row(session, cast, A).usual) == ("late", "08:30")
    away(session, cast, "member_a")
    found = row(session, cast, A)
    assert [one.name for one in found.due] == ["龚丽"]
    assert (found.progress, found.usual, found.nobody_left) == ("not_yet", "09:45", False)


def test_where_all_on_the_list_are_away_somebody_is_to_step_in(session, cast):
    add(session, cast, "leader_a", day=TODAY, starts="08:30", ends="12:00")
    away(session, cast, "leader_a")
    found = row(session, cast, A)
    assert (found.progress, found.due, found.nobody_left) == ("not_yet", [], True)
    assert [(one.name, one.listed) for one in found.away] == [("罗强", True)]


def test_the_phone_says_why_nothing_is_asked_and_who_is_on_duty_all_the_same(session, cast):
    add(session, cast, "member_a", day=TODAY, starts="08:30", ends="17:30")
    add(session, cast, "head_a", day=TODAY, starts="08:30", ends="17:30")

    def packed():
        found = {one.name: one for one in pack_sections(session, cast.actor("member_a"), NOW)}
        shifts = json.loads(found["rota"].body)["rota"]["shifts"]
        return json.loads(found["day"].body)["away"], [(one["name"], one["away"]) for one in shifts]

    assert packed() == (None, [("姜龙", False), ("龚丽", False)])
    away(session, cast, "member_a")
    told = {"why": "sent", "words": "人口普查", "last": "2026-11-25"}
    assert packed() == (told, [("姜龙", True), ("龚丽", False)])


def test_what_is_walked_all_the_same_counts(session, cast):
    away(session, cast)
    walk(session, cast.actor("member_b"), NOW - timedelta(minutes=50), 40, grid_code=B)
    assert (row(session, cast, B).progress, row(session, cast, B).minutes) == ("done", 40)


def test_a_grid_is_asked_as_long_as_one_of_its_walkers_is_there(session, cast):
    away(session, cast, "member_a")
    assert (row(session, cast, A).progress, row(session, cast, A).target) == ("late", 120)
    away(session, cast, "head_a", why="leave", words="")
    assert row(session, cast, A).progress == "away"


def test_other_duties_stay_owed(session, cast):
    ask(session, cast, rule("check", "grid_member", 3, "week"))
    away(session, cast)
    assert [one.kind for one in inbox(session, cast.actor("member_b"), NOW)] == ["check"]


def test_a_secretary_away_owes_no_hour_among_the_grids(session, cast):
    ask(session, cast, rule("go_down", "community_secretary", 2, "workday", target=60))
    assert [one.kind for one in inbox(session, cast.actor("secretary"), NOW)] == ["go_down"]
    away(session, cast, "secretary", by="officer", code=STREET)
    assert inbox(session, cast.actor("secretary"), NOW) == []


def test_phone_and_desk_ask_nothing_either(session, cast):
    def asked():
        sections = {one.name: one for one in pack_sections(session, cast.actor("member_b"), NOW)}
        pack = json.loads(sections["day"].body)
        found = overview(session, cast.actor("secretary"), COMMUNITY, NOW)
        grid = next(one for one in found.rows if one.code == B)
        panel = grid_detail(session, cast.actor("secretary"), B, NOW)
        return pack["target_minutes"], grid.target, grid.standing, panel.target

    assert asked() == (120, 120, Standing.NOT_WALKED, 120)
    away(session, cast)
    assert asked() == (0, 0, Standing.REST_DAY, 0)


def test_a_list_is_drawn_up_without_who_is_away(session, cast):
    first = date(2026, 12, 1)
    away(session, cast, "member_a", by="head_a", code=A, first_on=first, last_on=first)
    draw(session, cast)
    assert listed(session, cast)[:2] == [("12-01", "head_a"), ("12-02", "member_a")]
    with refused("rota.away"):
        add(session, cast, "member_a", day=first, starts="18:00", ends="20:00")


def test_a_shift_of_somebody_away_is_marked(session, cast):
    add(session, cast, "member_a")
    away(session, cast, "member_a", by="head_a", code=A)
    view = rota_view(session, cast.actor("head_a"), A, "2026-11", NOW)
    (shift,) = view.days[23].shifts
    assert shift.away
    (line,) = view.away
    assert line.shifts == 1
    assert (line.name, line.why, line.words, line.noted_by) == ("姜龙", "sent", "人口普查", "龚丽")


def test_back_earlier_than_thought(session, cast):
    mark = away(session, cast, first_on=TODAY - timedelta(days=1))
    end_away(session, cast.actor("secretary"), COMMUNITY, mark.id, NOW)
    assert row(session, cast, B).progress == "late"
    assert mark.last_on == TODAY - timedelta(days=1)
    with refused("rota.unknown_away"):
        end_away(session, cast.actor("secretary"), COMMUNITY, mark.id, NOW)


def test_taken_back_before_it_began_it_never_was(session, cast):
    coming = {"first_on": TODAY + timedelta(days=3), "last_on": TODAY + timedelta(days=9)}
    mark = away(session, cast, **coming)
    end_away(session, cast.actor("secretary"), COMMUNITY, mark.id, NOW)
    assert row(session, cast, B, NOW + timedelta(days=3)).progress == "late"
    assert rota_view(session, cast.actor("secretary"), COMMUNITY, "2026-11", NOW).away == []
    away(session, cast, **coming)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_on": TODAY - timedelta(days=1)}, "rota.bad_away"),
        ({"last_on": TODAY + timedelta(days=93)}, "rota.bad_away"),
        ({"first_on": TODAY - timedelta(days=32)}, "rota.bad_away"),
        ({"why": "ill"}, "rota.bad_away"),
        ({"words": " "}, "rota.no_away_words"),
        ({"code": "nowhere"}, "grids.unknown"),
        ({"by": "head_a"}, "access.outside_grid"),
        ({"by": "other_secretary"}, "access.outside_grid"),
        ({"by": "member_b", "code": B}, "access.outside_grid"),
        ({"by": "head_a", "code": A}, "rota.not_here"),
        ({"who": "resident"}, "rota.not_here"),
        ({"who": "switched_off"}, "rota.not_here"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_away(session, cast, changes, code):
    with refused(code):
        away(session, cast, **changes)
    assert row(session, cast, B).progress == "late"


def test_nobody_is_away_twice(session, cast):
    away(session, cast)
    with refused("rota.away_twice"):
        away(session, cast, first_on=TODAY + timedelta(days=2), last_on=TODAY + timedelta(days=5))


def test_a_neighbour_ends_nobody_s(session, cast):
    mark = away(session, cast)
    with refused("access.outside_grid"):
        end_away(session, cast.actor("head_a"), COMMUNITY, mark.id, NOW)
    with refused("rota.unknown_away"):
        end_away(session, cast.actor("head_a"), A, mark.id, NOW)


def test_of_leave_nothing_is_kept_but_the_days(session, cast):
    assert away(session, cast, why="leave", words="生病").words == ""


def test_on_the_page(cast):
    page = tab(RotaState, cast.tokens["secretary"])
    click(page.load())
    form = {
        "person": str(cast.people["member_b"]),
        "why": "sent",
        "words": "",
        "first": "2026-11-23",
        "last": "2026-11-25",
    }
    click(page.note_away(form))
    assert (page.away_said.code, page.view.away) == ("rota.no_away_words", [])
    click(page.note_away(form | {"words": "清雪"}))
    assert page.away_said.code == ""
    assert [(one.name, one.words) for one in page.view.away] == [("何芳", "清雪")]
    click(page.back(page.view.away[0].id))
    assert page.view.away == []
    member = tab(RotaState, cast.tokens["member_b"])
    click(member.load())
    click(member.note_away(form | {"words": "清雪"}))
    assert member.away_said.code == "access.outside_grid"
    assert "清雪" not in sent(member)
