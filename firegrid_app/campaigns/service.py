"""Use cases of campaigns: see them at the desk, and what phones carry of those that run."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.alarms.figures import figures_below
from firegrid_app.campaigns.asking import kept_questions, questions_of
from firegrid_app.campaigns.cards import (
    CampaignCard,
    CampaignLine,
    CampaignsView,
    PackCampaign,
)
from firegrid_app.campaigns.progress import (
    areas_of,
    by_grid,
    door_photos,
    first_of,
    picture,
    progress_rows,
    total_of,
    tried_doors,
)
from firegrid_app.campaigns.reading import conditions_of, question_lines
from firegrid_app.campaigns.tables import Campaign
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_code, grid_by_id, paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import DEFAULT

MOST_LISTED = 60


def campaigns_view(session: Session, actor: Actor, code: str, now: datetime) -> CampaignsView:
    """Campaigns that reach into a grid (the first in reach when `code` is empty), newest first.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    picks = grids_to_open(session, actor, Action.KEEP_DOORS)
    if not picks:
        raise Refused("access.not_allowed")
    grid = grid_by_code(session, actor, code or picks[0].code, Action.KEEP_DOORS)
    today = local_day(now, settings().zone)
    rows = session.exec(
        select(Campaign, Grid.name)
        .join(Grid, col(Grid.id) == Campaign.grid_id)
        .where(
            or_(
                col(Grid.path).startswith(grid.path, autoescape=True),
                col(Grid.path).in_(paths_over(grid.path)),
            )
        )
        .order_by(col(Campaign.ends_on).desc(), col(Campaign.id).desc())
        .limit(MOST_LISTED)
    )
    below = select(Grid).options(WITHOUT_OUTLINE).where(Grid.parent_id == grid.id)
    parts = session.exec(below.where(col(Grid.valid_to).is_(None)).order_by(col(Grid.path)))
    return CampaignsView(
        code=grid.code,
        name=grid.name,
        picks=[(one.code, one.name) for one in picks],
        parts=[(one.code, one.name) for one in parts],
        today=today.isoformat(),
        campaigns=[
            CampaignLine(
                id=one.id or 0,
                name=one.name,
                starts_on=one.starts_on.isoformat(),
                ends_on=one.ends_on.isoformat(),
                standing=standing(one, today),
                grid_name=name,
            )
            for one, name in rows
        ],
    )


def standing(campaign: Campaign, today: date) -> str:
    """`ended` by a person, `to_come`, `over`, or `running`."""
    if campaign.ended_at is not None:
        return "ended"
    if today < campaign.starts_on:
        return "to_come"
    return "over" if campaign.ends_on < today else "running"


def own_campaign(session: Session, actor: Actor, campaign_id: int) -> tuple[Campaign, Grid]:
    """The one door to a campaign for who keeps the doors of its grid.

    Refuses `campaigns.unknown` and `access.outside_grid`.
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise Refused("campaigns.unknown")
    return campaign, grid_by_id(session, actor, campaign.grid_id, Action.KEEP_DOORS)


def seen_campaign(session: Session, actor: Actor, campaign_id: int) -> tuple[Campaign, bool]:
    """A campaign for who keeps doors in its grid or in a grid below it, and whether it is theirs.

    Refuses `campaigns.unknown` and `access.outside_grid`.
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise Refused("campaigns.unknown")
    grid = session.get(Grid, campaign.grid_id, options=[WITHOUT_OUTLINE])
    if grid is not None and actor.may(Action.KEEP_DOORS, grid.path):
        return campaign, True
    scopes = actor.scopes(Action.KEEP_DOORS)
    if not any(
        path.startswith(area.path) for area in areas_of(session, campaign) for path in scopes
    ):
        raise Refused("access.outside_grid")
    return campaign, False


def campaign_card(
    session: Session,
    actor: Actor,
    campaign_id: int,
    now: datetime,
    *,
    picture_of: str = "",
    language: str = DEFAULT,
) -> CampaignCard:
    """One campaign with its questions and how far it is, and one building as it stands.

    Who keeps only some of its grids sees those. Doors one by one only for who may see to the door
    (privacy E.5). Refuses what `seen_campaign` and the grid's door refuse.
    """
    campaign, is_own = seen_campaign(session, actor, campaign_id)
    paths = [area.path for area in areas_of(session, campaign)]
    if not is_own:
        paths = [one for one in actor.scopes(Action.KEEP_DOORS) if one.startswith(tuple(paths))]
    alarms = figures_below(session, paths, local_day(now, settings().zone))
    questions = questions_of(session, campaign_id, campaign.edition) or ()
    rows = progress_rows(session, campaign, None if is_own else actor.scopes(Action.KEEP_DOORS))
    listed = first_of(by_grid(rows))
    code, _, building = picture_of.partition("|")
    shown = []
    if code:
        grid = grid_by_code(session, actor, code, Action.KEEP_DOORS)
        if not actor.may(Action.SEE_CARE, grid.path):
            raise Refused("campaigns.not_to_the_door")
        if any(row.grid == code and row.building == building for row in rows):
            shown = picture(session, campaign, grid, building)
    return CampaignCard(
        id=campaign.id or 0,
        name=campaign.name,
        purpose=campaign.purpose,
        starts_on=campaign.starts_on.isoformat(),
        ends_on=campaign.ends_on.isoformat(),
        edition=campaign.edition,
        may_change=is_own and campaign.ended_at is None,
        done_outcomes=campaign.done_outcomes,
        areas="、".join(area.name for area in areas_of(session, campaign)),
        questions=question_lines(questions, language),
        conditions=conditions_of(questions, language),
        total=total_of(rows),
        grids=listed,
        left_out=len(rows) - sum(len(one.buildings) for one in listed),
        picture_of=picture_of if shown else "",
        picture=shown,
        care_homes=alarms.care_homes,
        care_covered=alarms.care_covered,
        photos=door_photos(session, campaign, shown),
        leaflet=campaign.leaflet,
        leaflet_picture=campaign.leaflet_picture,
    )


def running_below(session: Session, grid: Grid, today: date) -> list[Campaign]:
    """Campaigns that run today in a grid or anywhere below it, the one that ends first ahead. The
    caller has checked the grid."""
    return [
        one
        for one in _running(session, today)
        if any(
            area.path.startswith(grid.path) or grid.path.startswith(area.path)
            for area in areas_of(session, one)
        )
    ]


def _running(session: Session, today: date) -> list[Campaign]:
    rows = session.exec(
        select(Campaign)
        .where(
            col(Campaign.ended_at).is_(None),
            col(Campaign.starts_on) <= today,
            col(Campaign.ends_on) >= today,
        )
        .order_by(col(Campaign.ends_on), col(Campaign.id))
    )
    return list(rows)


def running_for(session: Session, grids: Collection[Grid], now: datetime) -> list[PackCampaign]:
    """Campaigns of today in these grids, as phones carry them. The caller has checked the grids."""
    today = local_day(now, settings().zone)
    found = []
    for campaign in _running(session, today):
        paths = tuple(area.path for area in areas_of(session, campaign))
        covered = [grid for grid in grids if grid.path.startswith(paths)]
        if not covered:
            continue
        done, back = tried_doors(session, campaign, [grid.id or 0 for grid in covered])
        questions = questions_of(session, campaign.id or 0, campaign.edition) or ()
        found.append(
            PackCampaign(
                id=campaign.id or 0,
                name=campaign.name,
                purpose=campaign.purpose,
                starts_on=campaign.starts_on.isoformat(),
                ends_on=campaign.ends_on.isoformat(),
                edition=campaign.edition,
                questions=kept_questions(questions),
                done_outcomes=campaign.done_outcomes,
                grids=[grid.code for grid in covered],
                done=done,
                back=back,
                leaflet=campaign.leaflet,
            )
        )
    return found
