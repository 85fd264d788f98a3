"""The arrows of docs/architecture.md: who may import whom."""

import pytest

from tests.house.code import Module, modules

PURE = {"shapely", "geopy", "numpy", "lunardate"}
"""Calculators a rule may use."""
REFLEX_AT_THE_EDGE = {
    "access.desk_session",  # hands a use case to the log-in behind a websocket
    "access.forget",  # empties a tab's state for the next log-in
}
HTTP_AT_THE_EDGE = {
    "access.session",
    "access.origin",
    "answers",
    "api",
    "http",
    "residents.incoming",  # reads the form a browser sends without a script
}
SHARED_BY_PAGES = {"routes", "ui", "phone", "pwa"}


def kind(name: str) -> str:
    """What kind of file a module is, by its name and place."""
    parts = name.split(".")
    last = parts[-1]
    if "rules" in parts[1:] or (parts[0] == "grids" and last == "coverage"):
        return "rules"
    if name == "phone.pages":
        return "page"
    if len(parts) == 2 and last.endswith("_cards"):
        return "cards"
    if len(parts) == 2 and last in ("tables", "cards", "page", "api"):
        return last
    if len(parts) == 2 and (last == "state" or last.endswith("_state")):
        return "state"
    if len(parts) == 2 and (
        last == "service" or last.endswith("_service") or parts[1] == "service"
    ):
        return "service"
    if parts[0] in ("ui", "phone", "pwa", "serving", "cli") or len(parts) == 1:
        return parts[0] if len(parts) > 1 else name
    return "screen" if name in SCREENS else "use case"


SCREENS = {
    module.name
    for module in modules()
    if "reflex" in module.libraries
    and module.name.count(".") == 1
    and module.name not in REFLEX_AT_THE_EDGE
    and module.room not in ("ui", "phone", "pwa", "serving")
    and not module.name.endswith("state")
}
"""Parts of pages: files of a room that use Reflex and are no state."""


def of_kind(*kinds: str) -> list:
    found = [module for module in modules() if kind(module.name) in kinds]
    return [pytest.param(module, id=module.name) for module in found]


def strangers(module: Module, *allowed: str) -> set[str]:
    """Our modules it imports that are of none of these kinds or names."""
    return {
        name
        for name in module.ours
        if kind(name) not in allowed and name not in allowed and name.split(".")[0] not in allowed
    }


def test_there_is_something_of_every_kind():
    kinds = {kind(module.name) for module in modules()}
    assert {"rules", "tables", "cards", "service", "state", "page", "api", "use case"} <= kinds


@pytest.mark.parametrize("module", of_kind("rules"))
def test_rules_are_pure(module):
    assert strangers(module, "rules") == set()
    assert module.libraries <= PURE


@pytest.mark.parametrize("module", of_kind("tables"))
def test_tables_know_only_rules_and_the_database(module):
    if module.name == "tables":
        return
    assert strangers(module, "rules", "database", "records") == set()
    assert module.libraries <= {"sqlalchemy", "sqlmodel"}


@pytest.mark.parametrize("module", of_kind("cards"))
def test_cards_know_only_rules_and_other_cards(module):
    assert strangers(module, "rules", "cards") == set()
    assert module.libraries == set()


@pytest.mark.parametrize("module", of_kind("service", "use case"))
def test_use_cases_know_no_screen_no_state_and_no_route(module):
    edges = {"state", "page", "screen", "api", "ui", "phone", "firegrid_app", "serving", "cli"}
    if module.name in REFLEX_AT_THE_EDGE | HTTP_AT_THE_EDGE or module.name in COMMAND_LINE:
        return
    assert {name for name in module.ours if kind(name) in edges} == set()
    assert not module.libraries & {"reflex", "reflex_base", "fastapi", "starlette"}


COMMAND_LINE = {"importing.commands"}
"""The import's own corner of the command line."""


@pytest.mark.parametrize("module", of_kind("state"))
def test_states_know_no_table_no_screen_and_no_route(module):
    forbidden = {"tables", "page", "screen", "api", "database"}
    assert {name for name in module.ours if kind(name) in forbidden} == set()
    assert not module.libraries & {"fastapi", "starlette", "sqlalchemy"}


@pytest.mark.parametrize("module", of_kind("page", "screen"))
def test_screens_know_only_states_cards_and_each_other(module):
    assert strangers(module, "state", "cards", "screen", *SHARED_BY_PAGES) == set()
    assert not module.libraries & {"sqlmodel", "sqlalchemy", "fastapi"}


@pytest.mark.parametrize("module", of_kind("api"))
def test_routes_know_no_table_and_no_screen(module):
    forbidden = {"tables", "page", "screen", "state", "ui", "phone"}
    # `api` beside the rooms is the list of all routes.
    assert {name for name in module.ours if kind(name) in forbidden} == set()
    assert not module.libraries & {"reflex", "reflex_base"}


def test_only_the_app_module_brings_pages_in():
    bringing = {m.name for m in modules() if any(kind(name) == "page" for name in m.ours)}
    assert bringing == {"firegrid_app"}


def test_only_the_list_of_routes_brings_routes_in():
    bringing = {
        module.name
        for module in modules()
        if any(kind(name) == "api" and name != "api" for name in module.ours)
    }
    assert bringing == {"api"}


def test_reflex_is_known_at_the_edges_only():
    knowing = {m.name for m in modules() if m.libraries & {"reflex", "reflex_base"}}
    inside = {
        name
        for name in knowing
        if kind(name) not in ("state", "page", "screen", "ui", "phone", "pwa", "serving")
    }
    assert inside == REFLEX_AT_THE_EDGE | {"firegrid_app"}


def test_http_is_known_at_the_edges_only():
    knowing = {m.name for m in modules() if m.libraries & {"fastapi", "starlette"}}
    inside = {name for name in knowing if kind(name) not in ("api", "serving")}
    assert inside <= HTTP_AT_THE_EDGE


def test_nobody_asks_the_wall_clock_but_the_clock():
    asking = {
        module.name
        for module in modules()
        if module.name != "clock" and "datetime.now(" in module.path.read_text(encoding="utf-8")
    }
    assert asking == set()


def test_no_service_commits():
    committing = {
        module.name
        for module in modules()
        if kind(module.name) in ("service", "use case")
        and ".commit()" in module.path.read_text(encoding="utf-8")
    }
    whole_runs = {"importing.service.run", "importing.pilot", "backup.restoring"}
    assert committing <= COMMAND_LINE | whole_runs
