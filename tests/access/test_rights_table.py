"""The table of rights: who may do what, and where."""

from datetime import date

import pytest

from firegrid_app.access.rules import (
    ALLOWED,
    GRID_LEVELS,
    MAY_INVITE,
    Action,
    Actor,
    Held,
    Role,
    is_in_force,
)

COUNTY, STREET, COMMUNITY, GRID = "1/", "1/2/", "1/2/3/", "1/2/3/4/"
PATH = {0: COUNTY, 1: STREET, 2: COMMUNITY, 3: GRID}

EXPECTED = {
    # An independent copy, read from the issue and privacy.md: a change of rights changes both.
    "record": "secretary head member",
    "report_hazard": "administrator officer secretary head member leader",
    "see_grid": "administrator officer department secretary head member",
    "see_care": "secretary head member",
    "see_phones": "administrator officer secretary head",
    "grade_major": "administrator officer",
    "close_hazard": "administrator officer secretary head",
    "manage_people": "administrator officer secretary head",
    "manage_grids": "administrator officer",
    "supervise": "administrator officer secretary",
    "manage_points": "administrator officer secretary head",
    "set_rota": "administrator officer secretary head",
    "hold_meetings": "administrator officer secretary head",
    "post_up": "administrator officer secretary head",
    "approve_posting": "administrator officer secretary",
    "keep_training": "administrator officer secretary",
    "speak": "administrator officer secretary head",
    "keep_doors": "administrator officer secretary head",
    "keep_places": "administrator officer secretary head",
    "decide_focus": "administrator officer",
    "see_messages": "administrator officer",
    "set_duties": "administrator officer",
    "alert": "administrator officer secretary",
    "moderate": "administrator officer secretary",
    "take_in": "administrator officer secretary head",
    "reward": "administrator officer",
}
SHORT = {
    "administrator": Role.COUNTY_ADMINISTRATOR,
    "officer": Role.STREET_OFFICER,
    "department": Role.DEPARTMENT_HANDLER,
    "secretary": Role.COMMUNITY_SECRETARY,
    "head": Role.GRID_HEAD,
    "member": Role.GRID_MEMBER,
    "leader": Role.BUILDING_LEADER,
}
RANK = tuple(SHORT.values())


def somebody(*posts: tuple[Role, str]) -> Actor:
    held = tuple(Held(role, 1, path, path.count("/") - 1) for role, path in posts)
    return Actor(person_id=1, name="某人", session_id=1, posts=held)


@pytest.mark.parametrize("action", list(Action))
def test_each_action_is_given_to_exactly_these_posts(action):
    expected = {SHORT[name] for name in EXPECTED[action].split()}
    assert {role for role in Role if action in ALLOWED[role]} == expected


def test_every_post_has_rights_and_a_level():
    assert set(ALLOWED) == set(GRID_LEVELS) == set(Role)
    assert all(ALLOWED[role] and GRID_LEVELS[role] for role in Role)


@pytest.mark.parametrize("role", list(Role))
def test_a_post_reaches_its_own_grid_and_below_but_nothing_beside_or_above(role):
    actor = somebody((role, COMMUNITY))
    action = next(iter(ALLOWED[role]))
    assert actor.may(action, COMMUNITY)
    assert actor.may(action, GRID)
    assert not actor.may(action, STREET)
    assert not actor.may(action, "1/2/9/")
    assert not actor.may(action, "1/2/9/4/")


def test_a_code_that_begins_like_another_is_another_grid():
    assert not somebody((Role.GRID_MEMBER, "1/2/3/")).may(Action.RECORD, "1/2/33/")


def test_nobody_without_a_post_may_do_anything():
    assert not any(somebody().may(action, path) for action in Action for path in PATH.values())
    assert somebody().scopes(Action.SEE_GRID) == ()
    assert somebody().daily_target == 0


def test_several_posts_add_up_each_in_its_own_grid():
    actor = somebody((Role.GRID_MEMBER, "1/2/3/4/"), (Role.BUILDING_LEADER, "1/2/3/5/"))
    assert actor.may(Action.RECORD, "1/2/3/4/")
    assert not actor.may(Action.RECORD, "1/2/3/5/")
    assert actor.may(Action.REPORT_HAZARD, "1/2/3/5/")


def test_scopes_leave_out_a_grid_inside_another():
    actor = somebody((Role.GRID_HEAD, GRID), (Role.COMMUNITY_SECRETARY, COMMUNITY))
    assert actor.scopes(Action.RECORD) == (COMMUNITY,)
    assert actor.scopes(Action.GRADE_MAJOR) == ()


def test_scopes_keep_grids_beside_each_other():
    actor = somebody((Role.GRID_MEMBER, "1/2/3/4/"), (Role.GRID_MEMBER, "1/2/3/5/"))
    assert actor.scopes(Action.RECORD) == ("1/2/3/4/", "1/2/3/5/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COUNTY_ADMINISTRATOR])
def test_nobody_below_the_county_fills_a_post_at_their_own_level_or_above(role):
    for given in MAY_INVITE.get(role, frozenset()):
        assert RANK.index(given) > RANK.index(role)
        # Field work and care marks belong below; leading rights never come from below.
        assert ALLOWED[given] - ALLOWED[role] <= {Action.SEE_CARE, Action.RECORD}


def test_whoever_manages_people_fills_posts_and_nobody_else_does():
    managing = {role for role in Role if Action.MANAGE_PEOPLE in ALLOWED[role]}
    assert managing == {role for role in Role if MAY_INVITE.get(role)}


def test_a_head_gives_posts_in_the_own_grid_only():
    head = somebody((Role.GRID_HEAD, GRID))
    assert head.may_invite(Role.GRID_MEMBER, GRID)
    assert not head.may_invite(Role.GRID_MEMBER, "1/2/3/5/")
    assert not head.may_invite(Role.GRID_HEAD, GRID)
    assert not head.may_invite(Role.COMMUNITY_SECRETARY, COMMUNITY)


@pytest.mark.parametrize(
    ("roles", "minutes"),
    [
        ([Role.GRID_MEMBER], 120),
        ([Role.COMMUNITY_SECRETARY], 60),
        ([Role.COMMUNITY_SECRETARY, Role.GRID_HEAD], 120),
        ([Role.STREET_OFFICER, Role.BUILDING_LEADER], 0),
    ],
)
def test_the_daily_target_is_the_largest_of_the_posts(roles, minutes):
    assert somebody(*((role, GRID) for role in roles)).daily_target == minutes


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_day(starts, ends, held):
    assert is_in_force(starts, ends, date(2026, 11, 23)) is held
