"""Who may do what: one table of role x action, and scope as a prefix of the grid path."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

MIN_PASSWORD = 8
MAX_PASSWORD = 128
FREE_GUESSES = 5
LOCK_STEP = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)


class Role(StrEnum):
    """Posts a person can hold in a grid."""

    COUNTY_ADMINISTRATOR = "county_administrator"
    STREET_OFFICER = "street_officer"
    DEPARTMENT_HANDLER = "department_handler"
    COMMUNITY_SECRETARY = "community_secretary"
    GRID_HEAD = "grid_head"
    GRID_MEMBER = "grid_member"
    BUILDING_LEADER = "building_leader"


class Action(StrEnum):
    """What can be asked for. Every handler, route and map frame names one of these."""

    RECORD = "record"
    """Patrol, shout, knock: work in the field of one's own grid."""
    REPORT_HAZARD = "report_hazard"
    SEE_GRID = "see_grid"
    """Work and hazards of a grid, on desk, list and map."""
    SEE_CARE = "see_care"
    """Coarse care marks of households (privacy E.3); every look is logged."""
    SEE_PHONES = "see_phones"
    """Phone numbers of the people of a grid in full."""
    GRADE_MAJOR = "grade_major"
    CLOSE_HAZARD = "close_hazard"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_GRIDS = "manage_grids"
    SUPERVISE = "supervise"
    """Look at what was flagged, check a walk unannounced against its record (HZ-58)."""
    MANAGE_POINTS = "manage_points"
    """Check points: print their codes, add, rename, close them."""
    SET_DUTIES = "set_duties"
    """The workday calendar, the plan a street follows, rules and seasons, checklists."""
    SET_ROTA = "set_rota"
    """The duty list: who is on duty when."""
    SEE_MESSAGES = "see_messages"
    """What went out by SMS or group robot and what failed; send again, test a line."""
    ALERT = "alert"
    """Warn and notify one's grids, correct and lift it, see who passed it on (YC-46, YB-59)."""
    TAKE_IN = "take_in"
    """Hand in, in their makers' names, records that phones of a grid could not send."""
    HOLD_MEETINGS = "hold_meetings"
    """Plan and hold meetings, courses and drills of a grid; decide what becomes duties (YC-26)."""
    POST_UP = "post_up"
    """Boards, notices, cards, badges and signs: print them, note where they hang (YC-59)."""
    APPROVE_POSTING = "approve_posting"
    """Which fields of a person the public may see, and on what basis (privacy E.4)."""
    SPEAK = "speak"
    """Speak scripts for one's grids, in the way people speak there, and take a recording off."""
    KEEP_DOORS = "keep_doors"
    """The register of doors, campaigns at them, and how far these are (YB-92)."""
    MODERATE = "moderate"
    """Reports of residents: take them on, join them, turn them down. Who reported is shown to
    whoever may, when they ask, and each look is logged (privacy E.1)."""
    KEEP_TRAINING = "keep_training"
    """The training register by name: certificates, and who is still to come to a course (HZ-09)."""
    KEEP_PLACES = "keep_places"
    """Files of premises: people in charge, papers, who is to be watched (LY-71, YC-16)."""
    DECIDE_FOCUS = "decide_focus"
    """Say yes or no to a place on the list of those to be watched (HZ-11)."""
    REWARD = "reward"
    """Rewards of residents' reports: set amounts, decide on each, note what was paid (YB-72)."""


_FIELD = {Action.RECORD, Action.REPORT_HAZARD, Action.SEE_GRID, Action.SEE_CARE}
_LEADS = {
    Action.SEE_GRID,
    Action.SEE_PHONES,
    Action.REPORT_HAZARD,
    Action.CLOSE_HAZARD,
    Action.MANAGE_POINTS,
    Action.SET_ROTA,
    Action.TAKE_IN,
    Action.HOLD_MEETINGS,
    Action.POST_UP,
    Action.KEEP_DOORS,
    Action.SPEAK,
    Action.KEEP_PLACES,
}
_ABOVE = {
    Action.GRADE_MAJOR,
    Action.MANAGE_PEOPLE,
    Action.MANAGE_GRIDS,
    Action.SEE_MESSAGES,
    Action.SET_DUTIES,
    Action.SUPERVISE,
    Action.KEEP_TRAINING,
    Action.ALERT,
    Action.APPROVE_POSTING,
    Action.DECIDE_FOCUS,
    Action.MODERATE,
    Action.REWARD,
}

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.COUNTY_ADMINISTRATOR: frozenset({*_LEADS, *_ABOVE}),
    Role.STREET_OFFICER: frozenset({*_LEADS, *_ABOVE}),
    Role.DEPARTMENT_HANDLER: frozenset({Action.SEE_GRID}),
    Role.COMMUNITY_SECRETARY: frozenset(
        {
            *_LEADS,
            Action.SEE_CARE,
            Action.RECORD,
            Action.MANAGE_PEOPLE,
            Action.SUPERVISE,
            Action.KEEP_TRAINING,
            Action.ALERT,
            Action.APPROVE_POSTING,
            Action.MODERATE,
        }
    ),
    Role.GRID_HEAD: frozenset({*_FIELD, *_LEADS, Action.MANAGE_PEOPLE}),
    Role.GRID_MEMBER: frozenset(_FIELD),
    Role.BUILDING_LEADER: frozenset({Action.REPORT_HAZARD}),
}
"""The whole rights table. A post gives its actions in its grid and everything below it."""

FIELD_RIGHTS = frozenset({Action.RECORD, Action.SEE_CARE})
"""What waits for the training before the post, where a street asks for it (YB-31). A hazard can be
reported before, and what lies in the grid can be seen."""
NEEDS_PRE_POST = frozenset({Role.GRID_HEAD, Role.GRID_MEMBER})

MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.COUNTY_ADMINISTRATOR: frozenset(Role),
    Role.STREET_OFFICER: frozenset(
        {
            Role.DEPARTMENT_HANDLER,
            Role.COMMUNITY_SECRETARY,
            Role.GRID_HEAD,
            Role.GRID_MEMBER,
            Role.BUILDING_LEADER,
        }
    ),
    Role.COMMUNITY_SECRETARY: frozenset({Role.GRID_HEAD, Role.GRID_MEMBER, Role.BUILDING_LEADER}),
    Role.GRID_HEAD: frozenset({Role.GRID_MEMBER, Role.BUILDING_LEADER}),
}
"""Which posts a post may fill, always in its own grids: nobody lifts anyone above themselves."""

GRID_LEVELS: dict[Role, frozenset[int]] = {
    Role.COUNTY_ADMINISTRATOR: frozenset({0}),
    Role.STREET_OFFICER: frozenset({1}),
    Role.DEPARTMENT_HANDLER: frozenset({0, 1}),
    Role.COMMUNITY_SECRETARY: frozenset({2}),
    Role.GRID_HEAD: frozenset({3}),
    Role.GRID_MEMBER: frozenset({2, 3}),
    Role.BUILDING_LEADER: frozenset({3}),
}
"""Grid levels a post can be held at (0 county, 1 street, 2 community or village, 3 small grid)."""

DAILY_TARGET_MINUTES: dict[Role, int] = {
    Role.COMMUNITY_SECRETARY: 60,
    Role.GRID_HEAD: 120,
    Role.GRID_MEMBER: 120,
}
"""Field minutes of a workday: 1 h or more at the second level (YC-29), 2 h at the third (YC-33)."""


@dataclass(frozen=True)
class Held:
    """One post in force: role, and the grid it is held in."""

    role: Role
    grid_id: int
    grid_path: str
    grid_level: int
    untrained: bool = False
    """The training before this post is asked for and not on record yet."""

    def gives(self, action: Action) -> bool:
        """Does this post give `action` in its grid?"""
        return action in ALLOWED[self.role] and not (self.untrained and action in FIELD_RIGHTS)


@dataclass(frozen=True)
class HeldBefore:
    """A post that is over, and its days; both count."""

    held: Held
    starts_on: date
    ends_on: date


LATE_RECORDS = timedelta(days=30)
"""What was recorded while a post was held is still taken so long after its end."""


@dataclass(frozen=True)
class Actor:
    """Who is asking, with the posts in force today. Made anew for every request."""

    person_id: int
    name: str
    session_id: int
    posts: tuple[Held, ...]
    last_seen_at: datetime | None = None
    """When this device was last noted; note_seen() asks."""
    before: tuple[HeldBefore, ...] = ()
    """Posts that ended within `LATE_RECORDS`. They open nothing by themselves: `on_day` asks."""

    def on_day(self, day: date) -> "Actor":
        """The same person with the posts held on `day` too: for what was recorded on that day.

        A member moved to another grid, or whose grid was drawn anew, still hands in what the phone
        kept of the old one.
        """
        over = tuple(
            one.held for one in self.before if is_in_force(one.starts_on, one.ends_on, day)
        )
        return replace(self, posts=self.posts + over) if over else self

    def may(self, action: Action, grid_path: str) -> bool:
        """Does any post give `action` in the grid with this path?"""
        return any(
            post.gives(action) and grid_path.startswith(post.grid_path) for post in self.posts
        )

    def is_to_be_trained(self, action: Action, grid_path: str) -> bool:
        """Is `action` here only kept from this person until the training before the post?"""
        return not self.may(action, grid_path) and any(
            post.untrained and action in ALLOWED[post.role] and grid_path.startswith(post.grid_path)
            for post in self.posts
        )

    def scopes(self, action: Action) -> tuple[str, ...]:
        """Grid paths of the subtrees where `action` is allowed, without those inside another."""
        paths = sorted({p.grid_path for p in self.posts if p.gives(action)})
        return tuple(
            path for path in paths if not any(path != up and path.startswith(up) for up in paths)
        )

    def may_invite(self, role: Role, grid_path: str) -> bool:
        """May this person give `role` to someone in the grid with this path?"""
        return any(
            role in MAY_INVITE.get(post.role, frozenset()) and grid_path.startswith(post.grid_path)
            for post in self.posts
        )

    @property
    def daily_target(self) -> int:
        """Field minutes expected on a workday: the largest of the posts' targets, 0 if none."""
        return max((DAILY_TARGET_MINUTES.get(post.role, 0) for post in self.posts), default=0)


def is_in_force(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Is a post with these dates held on `day`? Both ends count."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


def lock_for(failures: int) -> timedelta:
    """How long guessing is stopped after so many wrong passwords: none at first, then doubling."""
    if failures < FREE_GUESSES:
        return timedelta(0)
    return min(LOCK_STEP * (1 << min(failures - FREE_GUESSES, 10)), LONGEST_LOCK)


def is_phone(text: str) -> bool:
    """Eleven digits beginning with 1, as every mobile number in China."""
    return len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1"


def is_strong_enough(password: str, phone: str) -> bool:
    """Eight characters or more of at least two kinds, and not the phone number itself."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD or phone in password:
        return False
    kinds = (str.isdigit, str.islower, str.isupper, lambda c: not c.isalnum())
    return sum(any(kind(c) for c in password) for kind in kinds) >= 2


def mask_phone(phone: str) -> str:
    """First three and last four digits (privacy E.5)."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "****"
