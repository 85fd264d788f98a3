"""Papers of a hazard as HTML for A4: Jinja2 escapes everything that comes from rows."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from firegrid_app.hazards.cards import PaperCard
from firegrid_app.points.pages import CONTENT_POLICY, qr_svg
from firegrid_app.routes import hazard_on_phone
from firegrid_app.texts import HTML_LANG, say

__all__ = ["CONTENT_POLICY", "paper_page"]


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def paper_page(card: PaperCard, base: str, language: str) -> str:
    """The notice (整改告知书) or the letter (移送函), with photos, and the code of the hazard."""
    return (
        _templates()
        .get_template("paper.html")
        .render(
            card=card,
            lang=HTML_LANG[language],
            t=lambda key, **values: say(f"papers.{key}", language, **values),
            category=say(f"hazards.category.{card.category}", language),
            severity=say(f"hazards.severity.{card.severity}", language),
            qr=qr_svg(base.rstrip("/") + hazard_on_phone(card.id)),
        )
    )
