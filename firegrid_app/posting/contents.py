"""What stands on a paper: the card for its template, and the pictures that go with it."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import segno
from sqlmodel import Session, col, select

from firegrid_app.boards.cards import BoardCard
from firegrid_app.boards.contacts import Posted, keepers_first
from firegrid_app.boards.rules import WIDTH
from firegrid_app.boards.service import HOTLINE
from firegrid_app.grids.tables import Grid
from firegrid_app.photos import store
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.posting.cards import (
    GridPaper,
    LayoutLine,
    LayoutPaper,
    PackGrid,
    PackPaper,
    PaperMap,
    PaperPerson,
    SignPaper,
)
from firegrid_app.posting.layout import MOST_PIECES, dots, drawn_numbers
from firegrid_app.posting.rules import danger_of, keeps_words
from firegrid_app.posting.walls import Walls
from firegrid_app.printing.pictures import photo_svg
from firegrid_app.routes import point as point_address

MOST_PEOPLE = 12
"""On one paper; a grid has three or four."""
_ROLES = ("community_secretary", "grid_head", "grid_member", "building_leader")


@dataclass(frozen=True)
class Wanted:
    """One paper, looked up: whose, of what, and the board it is taken from."""

    kind: str
    grid: Grid
    subject: str
    place: Place | None
    board: BoardCard
    walls: Walls
    tag: str
    day: str
    address: str
    """Where its code leads."""

    def common(self) -> dict[str, Any]:
        """What stands on every paper."""
        return {
            "name": self.board.name,
            "above": " · ".join(self.board.above),
            "supervision_phone": self.board.supervision_phone,
            "is_hotline": self.board.supervision_phone == HOTLINE,
            "tag": self.tag,
            "day": self.day,
            "pilot": self.board.pilot,
            "address": self.address,
        }


def content(
    session: Session, wanted: Wanted, base: str
) -> tuple[GridPaper | LayoutPaper | PackPaper | SignPaper, dict[str, bytes]]:
    """Card and pictures of a paper."""
    pictures: dict[str, bytes] = {}
    card: GridPaper | LayoutPaper | PackPaper | SignPaper
    if wanted.kind == "layout":
        card = _layout(wanted)
    elif wanted.place is not None:
        card = _sign(session, wanted, wanted.place, base)
    elif wanted.kind == "pack":
        card = _pack(wanted, pictures)
    else:
        card = _of_grid(wanted, pictures)
    if wanted.board.drawing is not None:
        pictures["map.svg"] = wanted.board.drawing.svg.encode()
    pictures["qr.svg"] = qr_svg(card.address)
    return card, pictures


def _of_grid(wanted: Wanted, pictures: dict[str, bytes]) -> GridPaper:
    building = wanted.subject if wanted.kind == "notice" else ""
    people = wanted.walls.people(wanted.grid, building)
    if building:
        people = keepers_first(people, building)
    if wanted.kind == "cards":
        people = [one for one in people if wanted.subject in ("", str(one.id))]
    return GridPaper(
        **wanted.common(),
        place=wanted.board.place + building,
        building=building,
        people=_people(people, pictures, wanted.address if wanted.kind == "cards" else ""),
        more=max(0, len(people) - MOST_PEOPLE),
        map=_map(wanted.board),
    )


def _pack(wanted: Wanted, pictures: dict[str, bytes]) -> PackPaper:
    walls = wanted.walls
    return PackPaper(
        **wanted.common(),
        roles=_ROLES,
        people=_people(walls.people(wanted.grid), pictures),
        grids=tuple(
            PackGrid(one.name, _people(walls.people(one), None))
            for one in walls.inside(wanted.grid)
        ),
        map=_map(wanted.board),
    )


def _sign(session: Session, wanted: Wanted, place: Place, base: str) -> SignPaper:
    supervisor = wanted.walls.supervisor(wanted.grid)
    # Premises have a check point of their own: its code opens the place for who works there, and a
    # notice for everybody else.
    tag = session.exec(
        select(CheckPoint.tag).where(
            CheckPoint.place_id == place.id, col(CheckPoint.ends_on).is_(None)
        )
    ).first()
    common = wanted.common() | {"name": place.name}
    if tag:
        common["address"] = base + point_address(tag)
    return SignPaper(
        **common,
        category=place.category,
        danger=danger_of(place.category),
        responsible=place.responsible_person,
        supervisor=_people([supervisor], None)[0] if supervisor else None,
        grid_name=wanted.grid.name,
    )


def _layout(wanted: Wanted) -> LayoutPaper:
    pieces = wanted.walls.equipment(wanted.grid, wanted.place)
    shown = pieces[:MOST_PIECES]
    plan = _map(wanted.board)
    seen = drawn_numbers(plan.labels) if plan else frozenset()
    common = wanted.common()
    if wanted.place is not None:
        common |= {"name": wanted.place.name, "above": f"{common['above']} · {wanted.grid.name}"}
    return LayoutPaper(
        **common,
        lines=tuple(
            LayoutLine(
                number=number,
                kind=one.kind,
                name=one.name,
                where=one.where,
                amount=one.amount,
                keeper=one.keeper,
                next_on=one.next_on.isoformat() if one.next_on else "",
                on_map=number in seen,
            )
            for number, one in enumerate(shown, 1)
        ),
        more=len(pieces) - len(shown),
        map=replace(plan, labels=dots(plan.labels, plan.ratio)) if plan else None,
    )


def qr_svg(words: str) -> bytes:
    """A QR code as a picture, vectors, with its quiet zone."""
    out = io.BytesIO()
    segno.make(words, error="m", micro=False).save(out, kind="svg", border=2, light="#fff")
    return out.getvalue()


def face_bytes(sha256: str) -> bytes | None:
    """The photo of a person as printed and shown; None when it is not there."""
    return store.fetch(sha256, "face") if sha256 else None


def _people(
    people: Iterable[Posted], pictures: dict[str, bytes] | None, address: str = ""
) -> tuple[PaperPerson, ...]:
    """Contacts, with photos where pictures are kept; an address gives each a code to be kept."""
    made = []
    for one in list(people)[:MOST_PEOPLE]:
        face = qr = ""
        photo = face_bytes(one.face) if pictures is not None else None
        if photo and pictures is not None:
            face = f"face-{one.id}.svg"
            pictures[face] = photo_svg(photo)
        if address and pictures is not None:
            qr = f"qr-{one.id}.svg"
            pictures[qr] = qr_svg(_vcard(one, address))
        keeps = keeps_words(one.houses)
        made.append(PaperPerson(one.role, one.name, one.phone, face, one.duties, qr, keeps))
    return tuple(made)


def _vcard(one: Posted, address: str) -> str:
    """A contact that a phone's camera offers to keep; the address tells an old card from a new."""
    name = "".join(sign for sign in one.name if sign not in ";,:\\\r\n") or "119"
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{name};", f"FN:{name}"]
    lines += [f"TEL:{one.phone}"] if one.phone else []
    return "\n".join([*lines, f"URL:{address}", "END:VCARD"])


def _map(card: BoardCard) -> PaperMap | None:
    drawing = card.drawing
    if drawing is None:
        return None
    return PaperMap(
        ratio=drawing.height / WIDTH,
        scale_m=drawing.scale_m,
        scale_percent=drawing.scale_percent,
        labels=drawing.labels,
        beside=drawing.beside,
        road_names=drawing.road_names,
    )
