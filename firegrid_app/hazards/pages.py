"""Papers of a hazard as HTML and PDF for A4: what comes from rows is text in both."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict

from firegrid_app.hazards.one_cards import PaperCard
from firegrid_app.points.pages import qr_svg
from firegrid_app.printing.pictures import photo_svg
from firegrid_app.printing.press import pressed
from firegrid_app.routes import hazard_on_phone
from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import templates


def paper_page(card: PaperCard, photos: Mapping[str, bytes], base: str, language: str) -> str:
    """The notice (整改告知书) or the letter (移送函), with photos, and the code of the hazard."""
    return (
        templates(__file__)
        .get_template("paper.html")
        .render(
            card=card,
            lang=HTML_LANG[language],
            t=lambda key, **values: say(f"papers.{key}", language, **values),
            category=say(f"hazards.category.{card.category}", language),
            severity=say(f"hazards.severity.{card.severity}", language),
            pictures=[b64encode(data).decode() for data in photos.values()],
            qr=qr_svg(address_of(card, base)),
        )
    )


def paper_pdf(card: PaperCard, photos: Mapping[str, bytes], base: str, language: str) -> bytes:
    """The same as PDF, letters and photos inside. Waits; refuses `printing.busy`, `…failed`."""
    pictures = {f"{name}.svg": photo_svg(data) for name, data in photos.items()}
    return pressed(
        __file__,
        "letter.typ",
        {**asdict(card), "pictures": list(pictures)},
        rooms=("papers", "hazards"),
        languages=(language,),
        pictures={"qr.svg": qr_svg(address_of(card, base)).encode(), **pictures},
    )


def address_of(card: PaperCard, base: str) -> str:
    """Where the code on a paper leads."""
    return base.rstrip("/") + hazard_on_phone(card.id)
