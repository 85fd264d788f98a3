"""Use cases of a campaign's leaflet: words and a picture for who was met at a door (YB-94)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.campaigns.cards import LeafletPaper, PackCampaign, PackLeaflet
from firegrid_app.campaigns.progress import areas_of
from firegrid_app.campaigns.rules import LONGEST_LEAFLET, MOST_LEAFLET_LINES
from firegrid_app.campaigns.service import own_campaign, seen_campaign
from firegrid_app.campaigns.tables import Campaign
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.photos import store
from firegrid_app.photos.apart import process_apart
from firegrid_app.places.filing import clean_lines
from firegrid_app.printing.pictures import photo_svg
from firegrid_app.refusals import Refused

SIZE = "screen"
"""One size for desk, paper and phone: large enough to be read on all three."""


def leaflet_words(text: str) -> str:
    """Its words as they are kept. Refuses `campaigns.leaflet_too_long`."""
    words = clean_lines(text)
    lines = words.count("\n") + 1
    if len(words) > LONGEST_LEAFLET or lines > MOST_LEAFLET_LINES:
        raise Refused(
            "campaigns.leaflet_too_long",
            most=LONGEST_LEAFLET,
            most_lines=MOST_LEAFLET_LINES,
            count=len(words),
            lines=lines,
        )
    return words


def write_leaflet(
    session: Session, actor: Actor, campaign_id: int, words: str, now: datetime
) -> Campaign:
    """Put these words in place of the last ones; phones have them with their next pack.

    Refuses `campaigns.leaflet_too_long` and what `changeable` refuses.
    """
    campaign, grid = changeable(session, actor, campaign_id)
    campaign.leaflet = leaflet_words(words)
    audit(session, actor.person_id, "write_leaflet", f"grid:{grid.code} {campaign.name}", now)
    session.flush()
    return campaign


def changeable(session: Session, actor: Actor, campaign_id: int) -> tuple[Campaign, Grid]:
    """A campaign that has not been ended, for who keeps the doors of its grid.

    Refuses `campaigns.ended_already` and what `own_campaign` refuses.
    """
    campaign, grid = own_campaign(session, actor, campaign_id)
    if campaign.ended_at is not None:
        raise Refused("campaigns.ended_already")
    return campaign, grid


def shrunk(data: bytes) -> tuple[str, bytes]:
    """Hash and JPEG bytes of a picture as it is kept; no transaction waits for it.

    Refuses `photos.not_a_photo`, `photos.too_large`, `busy`.
    """
    jpeg = process_apart(data).screen
    return hashlib.sha256(jpeg).hexdigest(), jpeg


def name_picture(
    session: Session, actor: Actor, campaign_id: int, sha256: str, now: datetime
) -> Campaign:
    """Say in its row which picture is the leaflet's; empty: none. Its bytes lie in the store by
    then, or follow at once (`photos/orphans.py`). Refuses what `changeable` refuses.
    """
    campaign, grid = changeable(session, actor, campaign_id)
    campaign.leaflet_picture = sha256
    audit(session, actor.person_id, "picture_leaflet", f"grid:{grid.code} {campaign.name}", now)
    session.flush()
    return campaign


def picture_of(session: Session, actor: Actor, campaign_id: int) -> str:
    """The hash of a leaflet's picture, for who keeps doors it is for and who knocks at them.

    Refuses `campaigns.unknown`, `access.outside_grid` and `campaigns.no_leaflet`.
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise Refused("campaigns.unknown")
    scopes = actor.scopes(Action.RECORD)
    areas = [area.path for area in areas_of(session, campaign)]
    if not any(
        scope.startswith(path) or path.startswith(scope) for path in areas for scope in scopes
    ):
        seen_campaign(session, actor, campaign_id)
    if not campaign.leaflet_picture:
        raise Refused("campaigns.no_leaflet")
    return campaign.leaflet_picture


def pictures_of(session: Session, carried: Iterable[PackCampaign]) -> list[PackLeaflet]:
    """What a phone fetches beside the pack, of the campaigns it carries."""
    ids = [one.id for one in carried]
    rows = session.exec(
        select(Campaign.id, Campaign.leaflet_picture)
        .where(col(Campaign.id).in_(ids), Campaign.leaflet_picture != "")
        .order_by(col(Campaign.id))
    )
    return [PackLeaflet(campaign or 0, sha256) for campaign, sha256 in rows]


def leaflet_paper(
    session: Session, actor: Actor, campaign_id: int
) -> tuple[LeafletPaper, dict[str, bytes]]:
    """A leaflet for the press, and its picture, for who sees the campaign at the desk.

    Refuses `campaigns.no_leaflet` for one without words or picture, and what `seen_campaign`
    refuses.
    """
    campaign, _ = seen_campaign(session, actor, campaign_id)
    if not (campaign.leaflet or campaign.leaflet_picture):
        raise Refused("campaigns.no_leaflet")
    grid = session.get(Grid, campaign.grid_id, options=[WITHOUT_OUTLINE])
    picture = store.fetch(campaign.leaflet_picture, SIZE) if campaign.leaflet_picture else None
    card = LeafletPaper(
        name=campaign.name,
        grid_name=grid.name if grid is not None else "",
        lines=tuple(campaign.leaflet.splitlines()),
        picture="leaflet.svg" if picture else "",
    )
    return card, ({"leaflet.svg": photo_svg(picture)} if picture else {})
