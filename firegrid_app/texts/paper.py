"""Pages that are printed or posted: a room's templates, values escaped, none missing in silence."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def templates(room: str) -> Environment:
    """The templates beside this file of a room: `templates(__file__)`."""
    return Environment(
        loader=FileSystemLoader(Path(room).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
