"""Reports to begin from: as a browser sends them, or kept by the service."""

import pytest
from sqlmodel import select

from firegrid_app.refusals import Refused
from firegrid_app.residents import reporting
from firegrid_app.residents.cards import Draft
from firegrid_app.residents.tables import ResidentReport
from tests.cast import A
from tests.factories import NOW

FIELDS = {
    "category": "route_blocked",
    "where_words": "3栋2单元4楼",
    "words": "楼梯口堆满旧家具",
    "name": "",
    "phone": "",
    "website": "",
}


def form(**changes):
    """The fields of a form, as multipart: `client.post(url, files=form(...))`."""
    return [(name, (None, value)) for name, value in (FIELDS | changes).items()]


def with_photos(*photos, **changes):
    """The same with photos."""
    return form(**changes) + [("photos", ("a.jpg", one, "image/jpeg")) for one in photos]


def keep(session, code=A, now=NOW, **changes):
    """A report kept by the service: the row, and what opens it."""
    values = {name: value for name, value in (FIELDS | changes).items() if name != "website"}
    draft = reporting.checked(Draft(**values))
    digest = reporting.digest_of(code, draft, [], "192.0.2.1", now)
    sent = reporting.take_in(session, code, draft, [], digest, now)
    report = session.exec(select(ResidentReport).where(ResidentReport.number == sent.number)).one()
    return report, sent


def refused(code):
    """`with refused(r"residents\\.unknown"):`"""
    return pytest.raises(Refused, match=f"^{code}$")
