"""Boards as HTML: templates filled by Jinja2, which escapes everything that comes from rows."""

from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment

from firegrid_app.boards.cards import BoardCard, BuildingCard, PostedNumber
from firegrid_app.boards.rules import WIDTH, spaced
from firegrid_app.boards.service import HOTLINE
from firegrid_app.posting.cards import ScannedBoard
from firegrid_app.routes import board as board_address
from firegrid_app.routes import building as building_address
from firegrid_app.routes import report_here
from firegrid_app.texts import HTML_LANG, catalogue, say
from firegrid_app.texts.paper import other_languages, templates


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = templates(__file__)
    environment.filters["spaced"] = spaced
    return environment


def board_page(
    card: BoardCard,
    language: str,
    *,
    chosen: bool,
    qr_svg: str = "",
    address: str = "",
    scanned: ScannedBoard | None = None,
) -> str:
    """The board; with a QR code it is laid out for paper. `chosen`: links keep the language."""
    return (
        _templates()
        .get_template("board.html")
        .render(
            _common(language, chosen, card.code),
            card=card,
            here=board_address(card.code),
            width=WIDTH,
            qr_svg=qr_svg,
            address=address,
            scanned=scanned,
        )
    )


def building_page(
    card: BuildingCard, language: str, *, chosen: bool, scanned: ScannedBoard | None = None
) -> str:
    """The page of one building."""
    return (
        _templates()
        .get_template("building.html")
        .render(
            _common(language, chosen, card.code),
            card=card,
            here=building_address(card.code, card.name),
            scanned=scanned,
        )
    )


def number_page(card: PostedNumber, code: str, language: str, *, chosen: bool) -> str:
    """One number, large enough to be copied by hand."""
    return (
        _templates()
        .get_template("number.html")
        .render(_common(language, chosen, code), card=card, here=board_address(code))
    )


def _common(language: str, chosen: bool, code: str) -> dict[str, Any]:
    def report_of(where: str) -> str:
        asked = {"lang": language if chosen else "", "where": where}
        query = urlencode({key: value for key, value in asked.items() if value})
        return report_here(code) + (f"?{query}" if query else "")

    return {
        "board": board_address(code),
        "house_of": partial(building_address, code),
        "report_of": report_of,
        "hotline": HOTLINE,
        "wall": lambda key, **values: say(f"wall.{key}", language, **values),
        "t": lambda key, **values: say(f"boards.{key}", language, **values),
        "role_of": partial(_role, language),
        "kind_of": partial(_kind, language),
        "duties_of": partial(_duties, language),
        "lang": HTML_LANG[language],
        "keep": f"?lang={language}" if chosen else "",
        "others": other_languages(language),
    }


def _role(language: str, role: str) -> str:
    """The post in words; a post the catalogue does not know is shown as it was entered."""
    return catalogue(language).get(f"access.role.{role}", role)


def _kind(language: str, category: str) -> str:
    """A kind of hazard in words."""
    return catalogue(language).get(f"hazards.category.{category}") or say(
        "boards.other_kinds", language
    )


def _duties(language: str, role: str) -> list[str]:
    """What this post does, line by line (YC-60: work content)."""
    return catalogue(language).get(f"boards.duty.{role}", "").split("\n")
