"""The file of hotline orders handed in at the desk: looked at first, written when confirmed."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.hotline.cards import Order
from firegrid_app.hotline.service import known, says_the_same, take_order
from firegrid_app.importing.cards import DeskChange, DeskFileCard
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.orders import check_orders
from firegrid_app.importing.rules.problems import Problem, Reason
from firegrid_app.importing.rules.rows import Grids, KnownGrid, Table
from firegrid_app.importing.service.desk import card_of
from firegrid_app.residents.rules import OFFERED
from firegrid_app.settings import settings
from firegrid_app.texts import LANGUAGES, catalogue, say


def take_orders(
    session: Session,
    actor: Actor,
    table: Table,
    code: str,
    language: str,
    confirm: bool,
    now: datetime,
) -> DeskFileCard:
    """New orders of a grid and those below; with `confirm` and no mistake, written.

    An order that is here already, saying the same, changes nothing; one that says something else
    is a mistake of its row. Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.MODERATE)
    grids = {grid.code: grid for grid in subtree(session, top)}
    found = Grids({code: KnownGrid(grid.level) for code, grid in grids.items()})
    today = local_day(now, settings().zone)
    checked = check_orders(table, found, kinds(), today)
    problems = [*table.problems, *checked.problems]
    orders = {
        item.row: Order(
            item.number,
            item.grid_code,
            item.category,
            item.where,
            item.words,
            item.name,
            item.phone,
            item.due_on,
        )
        for item in checked.items
    }
    stored = known(session, [order.number for order in orders.values()])
    changes, same = [], 0
    for row, order in orders.items():
        kept = stored.get(order.number)
        if kept is None:
            words = say(
                "importing.desk.order",
                language,
                number=order.number,
                grid=grids[order.grid_code].name,
                where=order.where_words,
            )
            changes.append(DeskChange("new", words))
        elif says_the_same(kept, order):
            same += 1
        else:
            word = table.header.word("number")
            problems.append(Problem(Reason.ORDER_CHANGED, row, word, order.number))
    write = confirm and not problems
    if write and changes:
        for order in orders.values():
            take_order(session, order, top, now, person_id=actor.person_id)
        about = f"{FileKind.ORDERS}:{top.code} {len(changes)}"
        audit(session, actor.person_id, "import", about, now)
        session.flush()
    return card_of(table, problems, changes, same, language, written=write)


def kinds() -> dict[str, str]:
    """What a kind may be called: its code, its name in any language, a resident's words for it."""
    words: dict[str, str] = {}
    for code in OFFERED:
        words[code] = code
        for language in LANGUAGES:
            words[say(f"hazards.category.{code}", language)] = code
            plain = catalogue(language).get(f"residents.kind.{code}")
            if plain and code != "other":
                words[plain] = code
    return words
