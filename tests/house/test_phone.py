"""The arrows of the phone's program: one door to its store, one to the server."""

import re

from firegrid_app.texts import brought_with
from tests.house.code import ROOT, calls, constants, modules, on_the_phone, phone_scripts

IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def importers(module: str) -> set[str]:
    return {
        path.name
        for path, text in phone_scripts()
        if any(name == module or name.endswith(f"/{module}") for name in IMPORTED.findall(text))
    }


def test_only_the_store_opens_the_database():
    assert importers("idb") == {"database.js"}
    assert importers("database.js") == {
        "store.js",
        "packstore.js",
        "sealed.js",
        "sweeping.js",
        "alongstore.js",
        "tilestore.js",
        "forgotten.js",
    }
    behind = importers("database.js") - {"store.js"}
    assert {one for one in behind if importers(one) != {"store.js"}} == set()
    touching = {path.name for path, text in phone_scripts() if "indexedDB" in text}
    assert touching == set()


def test_what_is_kept_stands_on_nothing_else():
    """The store is the ground of all screens: it knows none of them, nor the way to the server."""
    ground = {path: text for path, text in phone_scripts() if path.parent.name == "keeping"}
    assert "store.js" in {path.name for path in ground}
    leading_out = {
        (path.name, name)
        for path, text in ground.items()
        for name in IMPORTED.findall(text)
        if name.startswith("../")
    }
    assert leading_out == set()


def test_only_the_door_talks_to_the_server():
    fetching = {
        path.name
        for path, text in phone_scripts()
        if re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon", text)
    }
    assert fetching & {path.name for path, _ in phone_scripts() if on_the_phone(path)} == {
        "door.js"
    }


def test_every_room_of_the_phone_is_told_of():
    rooms = {path.parent.name for path, _ in phone_scripts() if on_the_phone(path)} - {"phone"}
    told = (ROOT / "docs/architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `phone/(\w+)/` \|", told, re.MULTILINE)
    assert sorted(rows) == sorted(rooms)


def test_sealing_and_its_cipher_are_fetched_when_needed():
    """The first screen's bundle is small: no file imports these but by `import()`."""
    for module in ("sealing.js", "handover.js"):
        for path, text in phone_scripts():
            assert not re.search(rf'from "[./a-z]*/{module}"', text), (path.name, module)
    assert importers("seal.js") == {"sealing.js", "handover.js"}


def test_the_phones_pages_bring_no_texts_but_the_phones_own():
    """Titles travel together, with the first screen: another room's texts would come along."""
    (pages,) = [module for module in modules() if module.name == "phone.pages"]
    said = {
        key
        for call in calls(pages.tree, "t", "phone_page", "plain_page")
        for key in constants(call.args[0] if call.args else None)
    }
    assert {key for key in said if brought_with(key)} == set()
    assert len(said) > 8
