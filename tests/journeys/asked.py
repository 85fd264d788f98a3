"""A campaign in one member's grid, begun past the desk: journeys are about the phone."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.campaigns.asking import kept_questions, three_clear
from firegrid_app.campaigns.rules import Questions
from firegrid_app.campaigns.tables import Campaign, CampaignArea, CampaignEdition
from firegrid_app.database import make_engine
from tests.journeys.conftest import RunningApp


def begin_campaign(app: RunningApp, phone: str, name: str, more: Questions = ()) -> int:
    """三清三关, and whatever more is asked, at the doors of this member's grid, running since
    yesterday; its id."""
    now = datetime.now(UTC).replace(microsecond=0)
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        person_id, grid_id = session.exec(
            select(Person.id, Post.grid_id)
            .join(Post, Post.person_id == Person.id)
            .where(Person.phone == phone)
        ).one()
        campaign = Campaign(
            grid_id=grid_id,
            name=name,
            starts_on=now.date() - timedelta(days=1),
            ends_on=now.date() + timedelta(days=30),
            done_outcomes=["met", "refused", "vacant"],
            made_by_id=person_id,
            made_at=now,
        )
        session.add(campaign)
        session.flush()
        session.add(CampaignArea(campaign_id=campaign.id, grid_id=grid_id))
        session.add(
            CampaignEdition(
                campaign_id=campaign.id,
                number=1,
                questions=kept_questions((*three_clear(), *more)),
                made_by_id=person_id,
                made_at=now,
            )
        )
        session.commit()
        campaign_id = campaign.id
    engine.dispose()
    assert campaign_id is not None
    return campaign_id
