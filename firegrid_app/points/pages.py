"""The sheet of codes and the notice as HTML: Jinja2 escapes everything that comes from rows."""

from typing import Any

import segno

from firegrid_app.points.cards import NoticeCard, SheetCard
from firegrid_app.routes import board as board_address
from firegrid_app.routes import point as point_address
from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import templates


def qr_svg(address: str) -> str:
    """The code of an address as SVG, with the quiet zone that cameras need around it."""
    return segno.make(address, error="m").svg_inline(scale=1, border=4, omitsize=True)


def sheet_page(card: SheetCard, base: str, language: str) -> str:
    """All codes for A4: cut along the lines, put up at each point."""
    base = base.rstrip("/")
    return (
        templates(__file__)
        .get_template("sheet.html")
        .render(
            _common(language),
            card=card,
            base=base,
            qr=lambda tag: qr_svg(base + point_address(tag)),
        )
    )


def notice_page(card: NoticeCard, language: str) -> str:
    """What this code is, the grid's board, and 119."""
    return (
        templates(__file__)
        .get_template("notice.html")
        .render(_common(language), card=card, board=board_address(card.grid))
    )


def _common(language: str) -> dict[str, Any]:
    return {
        "t": lambda key, **values: say(f"notices.{key}", language, **values),
        "lang": HTML_LANG[language],
        "language": language,
    }
