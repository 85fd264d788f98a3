"""`alert.seen`: a warning was opened."""

from datetime import datetime

from pydantic import Field
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.alerts import service as alerts
from firegrid_app.alerts.tables import AlertSeen
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import RowId
from firegrid_app.sync.kinds.kind import Body, Kind


class AlertOpened(Body):
    """`alert.seen`: a warning was opened, in this edition."""

    alert: RowId
    edition: int = Field(ge=1, le=1000)


def _see(session: Session, actor: Actor, stamp: Stamp, body: AlertOpened, now: datetime) -> None:
    alerts.see(session, actor, stamp, alert_id=body.alert, edition=body.edition, now=now)


def _of_many(session: Session, body: AlertOpened) -> None:
    """A warning is for many grids: what counts is where its reader works."""


KINDS = (Kind("alert.seen", (AlertOpened,), _see, _of_many, AlertSeen),)
