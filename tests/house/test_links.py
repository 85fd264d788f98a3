"""Links at the desk: those of the app lead to its pages, all others past it to the server."""

import ast
from pathlib import Path

from firegrid_app import routes

ROOM = Path(routes.__file__).parent
PAGES = {value for name, value in vars(routes).items() if name.isupper()}
HANDED_ON = {"href", "route"}
"""Names of arguments: what calls with them names a page by its route."""


def links():
    """Every link of the app's own kind: where it is written, and where it leads as written."""
    for file in sorted(ROOM.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "rx.el.a":
                told = {one.arg: one.value for one in call.keywords}
                if "target" not in told and "reload_document" not in told:
                    yield f"{file.relative_to(ROOM)}:{call.lineno}", told["href"]


def leads_to_a_page(href):
    """Another window (`target`) and `file_link` are the server's; here the app follows itself."""
    if isinstance(href, ast.Name):
        return href.id in HANDED_ON
    if isinstance(href, ast.BinOp):
        words = ast.unparse(href)
        return words.startswith("'tel:'")
    if isinstance(href, ast.Attribute):
        return getattr(routes, href.attr) in PAGES
    if isinstance(href, ast.Call) and isinstance(href.func, ast.Attribute):
        made = getattr(routes, href.func.attr)(*("x" for _ in href.args))
        return made.partition("?")[0] in PAGES
    return False


def test_a_link_the_app_follows_leads_to_one_of_its_pages():
    found = list(links())
    assert len(found) > 30
    assert [where for where, href in found if not leads_to_a_page(href)] == []
