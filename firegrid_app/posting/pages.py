"""Two small pages without scripts: what a badge's code says, and the form for a photo."""

import base64

from firegrid_app.posting.cards import BadgeCheck
from firegrid_app.posting.contents import face_bytes
from firegrid_app.routes import board as board_address
from firegrid_app.texts import HTML_LANG, catalogue, say
from firegrid_app.texts.paper import templates


def badge_page(card: BadgeCheck, language: str) -> str:
    """Genuine, over or unknown, in one look."""
    photo = face_bytes(card.face)
    return (
        templates(__file__)
        .get_template("badge.html")
        .render(
            t=lambda key, **values: say(f"wall.{key}", language, **values),
            lang=HTML_LANG[language],
            card=card,
            role=catalogue(language).get(f"access.role.{card.role}", card.role),
            photo=base64.b64encode(photo).decode() if photo else "",
            board=board_address(card.grid_code) if card.grid_code else "",
            supervision=say("boards.supervision", language),
        )
    )


def face_page(name: str, address: str, done: bool, language: str) -> str:
    """Choose a photo and send it."""
    return (
        templates(__file__)
        .get_template("face.html")
        .render(
            t=lambda key, **values: say(f"posting.{key}", language, **values),
            lang=HTML_LANG[language],
            name=name,
            address=address,
            done=done,
        )
    )
