"""Use cases of what a street asks for before somebody records in the field (YB-31)."""

from datetime import date, datetime

from sqlmodel import Session

from firegrid_app.access.field_rights import rule_of
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.training.cards import PrePostCard
from firegrid_app.training.courses import refuse_far_off
from firegrid_app.training.tables import PrePostRule

STREET = 1


def ask_for_training(
    session: Session, actor: Actor, code: str, since_on: date | None, now: datetime
) -> PrePostRule:
    """From this day on posts of grid heads and members begin with the training; None: no more.

    For a street, or for all of a county. What was asked for before stays on record. Refuses
    `grids.unknown`, `access.outside_grid`, `training.street_or_county`, `training.day_far_off`.
    """
    grid = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    if grid.level > STREET:
        raise Refused("training.street_or_county")
    if since_on is not None:
        refuse_far_off(since_on, now)
    rule = PrePostRule(grid_id=grid.id or 0, since_on=since_on, set_by=actor.person_id, set_at=now)
    session.add(rule)
    session.info.pop("pre_post_rules", None)
    audit(session, actor.person_id, "pre_post_rule", f"{grid.code} {since_on or 'off'}", now)
    session.flush()
    return rule


def pre_post_card(session: Session, actor: Actor, grid: Grid) -> PrePostCard:
    """What is asked for in this grid, and whether the actor decides it here."""
    rule = rule_of(session, grid.path)
    since = rule.since_on if rule is not None else None
    return PrePostCard(
        since=since.isoformat() if since is not None else "",
        may_set=grid.level <= STREET and actor.may(Action.MANAGE_GRIDS, grid.path),
    )
