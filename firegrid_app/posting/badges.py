"""Use cases of badges (YC-63): issue, withdraw, print, and what a scanned one tells a resident."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, is_in_force
from firegrid_app.access.service import audit, holds_pilot_data
from firegrid_app.access.tables import Person, Post
from firegrid_app.boards.contacts import posted
from firegrid_app.boards.service import supervision_line
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id, paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.points.rules import is_tag
from firegrid_app.posting.cards import BadgeCheck, BadgeFace, BadgeLine, BadgesPaper, Sheet
from firegrid_app.posting.contents import face_bytes, qr_svg
from firegrid_app.posting.deciding import holders
from firegrid_app.posting.rules import BADGE_LASTS, LANGUAGES
from firegrid_app.posting.tables import Badge, Face
from firegrid_app.printing.pictures import photo_svg
from firegrid_app.refusals import Refused
from firegrid_app.routes import badge as badge_address
from firegrid_app.settings import settings
from firegrid_app.texts import LANGUAGES as SPOKEN

MOST_PRINTED = 60


def issue(session: Session, actor: Actor, grid_code: str, holder: str, now: datetime) -> Badge:
    """A badge for a year to who holds a post in the grid; the one before is withdrawn.

    Refuses `grids.unknown`, `access.outside_grid`, `posting.no_post`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.APPROVE_POSTING)
    today = local_day(now, settings().zone)
    found = [one for one in holders(session, grid, today) if one.value == holder]
    if not found:
        raise Refused("posting.no_post")
    for old in _standing(session, grid):
        if (old.person_id, old.role) == (found[0].person_id, found[0].role):
            old.withdrawn_on = today
    badge = Badge(
        number="",
        person_id=found[0].person_id,
        grid_id=grid.id or 0,
        role=found[0].role,
        issued_on=today,
        ends_on=today + BADGE_LASTS,
        issued_by_id=actor.person_id,
    )
    badge.number = badge.tag
    session.add(badge)
    session.flush()
    badge.number = f"{today:%Y}-{badge.id:05d}"
    audit(session, actor.person_id, "issue_badge", f"badge:{badge.id} {grid.code}", now)
    session.flush()
    return badge


def withdraw(session: Session, actor: Actor, badge_id: int, now: datetime) -> Badge:
    """The badge is no longer good. Twice is fine.

    Refuses `posting.unknown_badge` and `access.outside_grid`.
    """
    badge = session.get(Badge, badge_id)
    if badge is None:
        raise Refused("posting.unknown_badge")
    grid_by_id(session, actor, badge.grid_id, Action.APPROVE_POSTING)
    if badge.withdrawn_on is None:
        badge.withdrawn_on = local_day(now, settings().zone)
        audit(session, actor.person_id, "withdraw_badge", f"badge:{badge.id}", now)
        session.flush()
    return badge


def badge_lines(session: Session, grid: Grid, today: date) -> list[BadgeLine]:
    """Badges of a grid that are not withdrawn. The caller has checked."""
    held = {one.value for one in holders(session, grid, today)}
    badges = _standing(session, grid)
    names = _names(session, [badge.person_id for badge in badges])
    return [
        BadgeLine(
            id=badge.id or 0,
            number=badge.number,
            name=names.get(badge.person_id, ""),
            role=badge.role,
            ends_on=badge.ends_on.isoformat(),
            is_good=today <= badge.ends_on and f"{badge.person_id}:{badge.role}" in held,
        )
        for badge in badges
    ]


def badges_paper(
    session: Session, actor: Actor, code: str, *, languages: str, base: str, now: datetime
) -> Sheet:
    """All good badges of a grid, to be cut out.

    Refuses `grids.unknown`, `access.outside_grid`, `posting.no_such_paper`, `posting.no_badges`.
    """
    grid = grid_by_code(session, actor, code, Action.POST_UP)
    if not set(LANGUAGES.get(languages, ("?",))) <= set(SPOKEN):
        raise Refused("posting.no_such_paper")
    today = local_day(now, settings().zone)
    good = {line.id: line for line in badge_lines(session, grid, today) if line.is_good}
    if not good:
        raise Refused("posting.no_badges")
    badges = [one for one in _standing(session, grid) if one.id in good][:MOST_PRINTED]
    faces = {
        face.person_id: face.sha256
        for face in session.exec(
            select(Face).where(col(Face.person_id).in_([one.person_id for one in badges]))
        )
    }
    pictures: dict[str, bytes] = {}
    made = []
    for one in badges:
        photo = face_bytes(faces.get(one.person_id, ""))
        if photo:
            pictures[f"face-{one.id}.svg"] = photo_svg(photo)
        pictures[f"qr-{one.id}.svg"] = qr_svg(base.rstrip("/") + badge_address(one.tag))
        made.append(
            BadgeFace(
                number=one.number,
                name=good[one.id or 0].name,
                role=one.role,
                grid_name=grid.name,
                above=_above(session, grid),
                ends_on=one.ends_on.isoformat(),
                face=f"face-{one.id}.svg" if photo else "",
                qr=f"qr-{one.id}.svg",
            )
        )
    audit(session, actor.person_id, "print_paper", f"badge {grid.code}", now)
    return Sheet(
        template="badge.typ",
        title="wall.kind.badge",
        of=grid.name,
        languages=LANGUAGES[languages],
        card=BadgesPaper(tuple(made), holds_pilot_data(session)),
        pictures=pictures,
    )


def check_badge(session: Session, tag: str, now: datetime) -> BadgeCheck:
    """What a scanned badge is: `genuine`, `over` or `unknown`. Only a genuine one names anybody."""
    badge = session.exec(select(Badge).where(Badge.tag == tag)).first() if is_tag(tag) else None
    if badge is None:
        return BadgeCheck("unknown", settings().supervision_phone)
    today = local_day(now, settings().zone)
    grid = session.get_one(Grid, badge.grid_id, options=[WITHOUT_OUTLINE])
    person = session.get_one(Person, badge.person_id)
    held = any(
        is_in_force(post.starts_on, post.ends_on, today)
        for post in session.exec(
            select(Post).where(
                Post.person_id == badge.person_id,
                Post.grid_id == badge.grid_id,
                Post.role == badge.role,
            )
        )
    )
    over = list(_over(session, grid))
    line = supervision_line(over, grid)
    if badge.withdrawn_on or badge.ends_on < today or person.switched_off_at or not held:
        return BadgeCheck("over", line)
    shown = [
        one for one in posted(session, [grid], today)[badge.grid_id] if one.person_id == person.id
    ]
    return BadgeCheck(
        "genuine",
        line,
        number=badge.number,
        name=person.name,
        role=badge.role,
        grid_name=grid.name,
        grid_code=grid.code if grid.level >= 2 else "",
        above=tuple(one.name for one in over),
        ends_on=badge.ends_on.isoformat(),
        face=next((one.face for one in shown if one.face), ""),
    )


def _standing(session: Session, grid: Grid) -> list[Badge]:
    return list(
        session.exec(
            select(Badge)
            .where(Badge.grid_id == grid.id, col(Badge.withdrawn_on).is_(None))
            .order_by(col(Badge.id))
        )
    )


def _names(session: Session, ids: list[int]) -> dict[int, str]:
    found = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids)))
    return {person_id or 0: name for person_id, name in found}


def _over(session: Session, grid: Grid) -> list[Grid]:
    return list(
        session.exec(
            select(Grid)
            .options(WITHOUT_OUTLINE)
            .where(col(Grid.path).in_(paths_over(grid.path)[:-1]), Grid.level >= 1)
            .order_by(col(Grid.level))
        )
    )


def _above(session: Session, grid: Grid) -> str:
    return " · ".join(one.name for one in _over(session, grid))
