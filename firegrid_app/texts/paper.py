"""Pages that are printed, posted or public: a room's templates, values escaped, none missing.

`public.html` is what every page begins with that a resident opens without log-in.
"""

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from firegrid_app.texts import HTML_LANG, LANGUAGES, say

_ENDS = "base-uri 'none'; frame-ancestors 'none'; form-action"
_OURS = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
PUBLIC_POLICY = f"{_OURS}; {_ENDS} 'none'"
"""What a page that needs no script may load: our style sheet, our pictures, codes in the page."""
FORM_POLICY = f"{_OURS}; {_ENDS} 'self'"
"""The same for a page with a form that is handed in here."""
PRINTED_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; {_ENDS} 'none'"
"""A sheet that brings its own style and goes to the printer."""


@cache
def templates(room: str) -> Environment:
    """The templates beside this file of a room: `templates(__file__)`."""
    return Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(Path(file).parent / "templates") for file in (room, __file__)]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def other_languages(language: str) -> list[tuple[str, str, str]]:
    """The ways out of this language: code, HTML tag and the language's own name, of each other."""
    return [
        (one, HTML_LANG[one], say("boards.this_language", one))
        for one in LANGUAGES
        if one != language
    ]
