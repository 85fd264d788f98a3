"""A whole walk as a phone hands it in, and what of it has arrived."""

from datetime import date, timedelta

from sqlmodel import func, select

from firegrid_app.alarms.tables import AlarmNote
from firegrid_app.database import transaction
from firegrid_app.duties.making import make_between
from firegrid_app.duties.tables import DutyTick, ObligationRule
from firegrid_app.equipment.tables import Equipment, EquipmentCheck
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.photos.tables import Photo
from firegrid_app.places.tables import Place, SignedLetter
from firegrid_app.rota.tables import Shift, ShiftNote, ShiftTaken
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit
from tests.alerts.making import seen, warn
from tests.cast import A
from tests.factories import NOW, announced, hazard_body, item, shout_body
from tests.photos.pictures import clean_jpeg

LATER = (NOW + timedelta(minutes=20)).isoformat()


def count(session, table):
    session.rollback()
    return session.exec(select(func.count()).select_from(table)).one()


def nothing_written(session):
    tables = (
        Patrol,
        Arrival,
        PatrolWord,
        Hazard,
        HazardEvent,
        Photo,
        Shout,
        Visit,
        AlarmNote,
        EquipmentCheck,
        SignedLetter,
        DutyTick,
        ShiftNote,
        ShiftTaken,
        ReceivedItem,
    )
    return [table.__name__ for table in tables if count(session, table)] == []


def one_of_each(cast, who="member_a"):
    """A whole walk: every kind once, the patrol's start first."""
    start = item(cast, who, "patrol.start", {"grid": A})
    patrol = {"patrol": start["id"]}
    found = hazard_body(photos=[announced(clean_jpeg())], **patrol)
    hazard = item(cast, who, "hazard.report", found)
    return [
        start,
        item(cast, who, "patrol.arrive", patrol | {"check_point": cast.check_points["a1"]}),
        hazard,
        item(
            cast,
            who,
            "hazard.move",
            patrol | {"hazard": hazard["id"], "step": "commented", "note": "已告知业主"},
        ),
        item(cast, who, "shout.log", shout_body(**patrol)),
        item(cast, who, "visit.log", patrol | {"door": cast.doors["a1"], "outcome": "met"}),
        item(
            cast,
            who,
            "alarm.noted",
            patrol | {"door": cast.doors["a1"], "alarm": "gas", "step": "tested"},
        ),
        item(cast, who, "equipment.checked", patrol | {"piece": piece_of(cast), "found": "fine"}),
        item(cast, who, "letter.signed", letter_body(cast, **patrol)),
        item(
            cast,
            who,
            "patrol.word",
            patrol | {"since": NOW.isoformat(), "until": LATER},
            captured_at=LATER,
        ),
        item(cast, who, "patrol.end", patrol, captured_at=LATER),
        item(cast, who, "duty.done", duty_body()),
        item(cast, who, "shift.note", {"shift": shift_of(cast), "words": "车棚充电桩没断电"}),
        item(cast, who, "shift.taken", {"shift": shift_of(cast), "notes": []}),
        seen(cast, who, alert_of_ours(cast)),
    ]


def place_in(cast, grid):
    """More premises, in this grid."""
    with transaction() as session:
        place = Place(code="P.2", name="茶馆", category="茶馆", grid_id=cast.grids[grid])
        session.add(place)
        session.flush()
        return place.id


def letter_body(cast, **more):
    """The responsibility letter of the premises of grid a, signed with a finger."""
    return {
        "place": cast.places["a"],
        "party": "operator",
        "signed_by": "石珍强",
        "edition": 1,
        "language": "zh_CN",
        "photos": [announced(clean_jpeg())],
    } | more


def piece_of(cast, grid="a"):
    """A piece of equipment in this grid, put there once."""
    with transaction() as session:
        piece = session.exec(select(Equipment)).first()
        if piece is None:
            piece = Equipment(
                code="H.1",
                kind="extinguisher",
                name="大堂灭火器",
                grid_id=cast.grids[grid],
                every_months=12,
            )
            session.add(piece)
            session.flush()
        return piece.id


def shift_of(cast, who="member_a"):
    """A shift in grid a that has just begun, made here once."""
    with transaction() as session:
        shift = session.exec(select(Shift)).first()
        if shift is None:
            shift = Shift(
                grid_id=cast.grids["a"],
                person_id=cast.people[who],
                starts_at=NOW,
                ends_at=NOW + timedelta(hours=8),
                made_at=NOW,
            )
            session.add(shift)
            session.flush()
        return shift.id


def alert_of_ours(cast):
    """A warning for grid a, made here."""
    with transaction() as session:
        return warn(session, cast, codes=[A]).id


def duty_body(**changes):
    """A duty of this week in grid a, made here: a drill that is ticked."""
    with transaction() as session:
        rule = session.exec(select(ObligationRule).where(ObligationRule.code == "drill")).first()
        if rule is None:
            grid = session.exec(select(Grid).where(Grid.code == A)).one()
            rule = ObligationRule(
                grid_id=grid.id,
                code="drill",
                kind="drill",
                role="grid_member",
                level=3,
                rhythm="week",
                starts_on=date(2026, 1, 1),
            )
            session.add(rule)
            session.flush()
            make_between(session, [rule], date(2026, 11, 23), date(2026, 11, 23))
        return {"rule": rule.id, "grid": A, "first": "2026-11-23", "number": 1} | changes


def rows(session):
    found = (Patrol, Arrival, Hazard, SignedLetter, Photo, Shout, Visit, PatrolWord)
    return [count(session, table) for table in found]


OF_A_WALK = [1, 1, 1, 1, 2, 1, 1, 1]
"""These rows after `one_of_each`: hazard and letter have a photo each."""
