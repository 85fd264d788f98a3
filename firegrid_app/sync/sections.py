"""The day pack in sections, each with a tag of its own: only what changed goes to the phone.

A tag is a hash of the section's name and content, so nothing has to be remembered or counted up: a
restarted server, another worker and an imported file all come to the same tag, and a tag nobody
knows only means that the section is sent. `docs/day-pack.md` describes the wire.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import orjson

TAG = 8
"""Letters of a tag: 48 bits, compared only with other contents of the same section."""
_KNOWN = re.compile(r"[A-Za-z0-9_-]{8}")


@dataclass(frozen=True)
class Section:
    """A part of the pack: `kind`, or `kind:grid code`; the body is JSON."""

    name: str
    body: bytes
    tag: str
    shows_care: bool = False
    """Holds care marks: sending it is a look at them (privacy E.3)."""


def section(name: str, content: Any, *, shows_care: bool = False) -> Section:
    """Content (dataclasses will do) under this name."""
    body = orjson.dumps(content)
    digest = hashlib.blake2b(body, digest_size=TAG * 6 // 8, key=name.encode()).digest()
    return Section(name, body, urlsafe_b64encode(digest).decode(), shows_care)


def columns(cards: Sequence[Any], *, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """Cards of one kind as names of columns and rows of values: a third of the bytes."""
    names = [one.name for one in fields(cards[0]) if one.name not in leave_out]
    return {"columns": names, "rows": list(map(attrgetter(*names), cards))}


def known_tags(header: str | None) -> frozenset[str] | None:
    """The tags a phone says it has, written one after the other; None: it knows no sections.

    What is no tag matches nothing: that section is sent whole.
    """
    if header is None:
        return None
    return frozenset(_KNOWN.findall(header))


def whole_tag(sections: Iterable[Section]) -> str:
    """The ETag of these sections together."""
    together = "".join(sorted(one.tag for one in sections))
    return f'"{hashlib.sha256(together.encode()).hexdigest()[:32]}"'


def difference(sections: Sequence[Section], known: frozenset[str]) -> tuple[bytes, list[Section]]:
    """What a phone with these tags lacks, and which sections that sends.

    JSON: `gone`, the phone's tags no longer in force; `changed`, tag and content by name; `count`,
    how many sections are in force, by which the phone knows that it has them all.
    """
    changed = [one for one in sections if one.tag not in known]
    gone = sorted(known.difference(one.tag for one in sections))
    parts = [b'{"count":', str(len(sections)).encode(), b',"gone":', orjson.dumps(gone)]
    parts.append(b',"changed":{')
    for number, one in enumerate(changed):
        parts += (
            b"," if number else b"",
            orjson.dumps(one.name),
            b":[",
            orjson.dumps(one.tag),
            b",",
            one.body,
            b"]",
        )
    parts.append(b"}}")
    return b"".join(parts), changed


def whole(sections: Iterable[Section]) -> dict[str, Any]:
    """The pack in one piece: what the phone makes of its sections (`phone/keeping/packs.js`)."""
    pack: dict[str, Any] = {
        kind: []
        for kind in ("grids", "places", "check_points", "equipment", "doors", "alarms", "hazards")
    }
    parts: dict[str, dict[str, Any]] = {}
    for one in sections:
        kind, _, code = one.name.partition(":")
        content = orjson.loads(one.body)
        if code:
            parts.setdefault(kind, {})[code] = content
        else:
            pack.update({"me": content} if kind == "me" else content)
    for names in parts.get("names", {}).values():
        above = names["parent_name"]
        pack["grids"] += [row | _ONLY_A_NAME | {"parent_name": above} for row in _rows(names)]
    pack["grids"] += parts.get("grid", {}).values()
    if "scripts" in parts:
        own = parts["scripts"]
        pack["own_scripts"] = [
            one | {"street": code} for code in sorted(own) for one in own[code]["scripts"]
        ]
    if "letters" in parts:
        letters = parts["letters"]
        pack["own_letters"] = [
            letters[code]["letter"] | {"street": code} for code in sorted(letters)
        ]
    if "recordings" in parts:
        spoken = parts["recordings"]
        pack["recordings"] = [
            one | {"grid": code} for code in sorted(spoken) for one in spoken[code]["recordings"]
        ]
    if "checklists" in parts:
        pack["checklists"] = parts["checklists"]
    pack["grids"].sort(key=lambda grid: (-grid["level"], grid["path"]))
    lists = parts.get("list", {})
    listed = {row["id"]: row for found in lists.values() for row in _rows(found["doors"])}
    helpers = {
        int(door): lines
        for found in lists.values()
        for door, lines in found.get("neighbours", {}).items()
    }
    done = {door for found in lists.values() for door in found["done"]}
    for grid in pack["grids"]:
        code = grid["code"]
        for kind in ("places", "check_points", "equipment", "doors", "alarms", "hazards"):
            rows = _rows(parts.get(kind, {}).get(code, _NO_ROWS))
            pack[kind] += [row | {"grid": code} for row in rows]
    for door in pack["doors"]:
        door |= _NOT_LISTED | {"done": door["id"] in done} | listed.get(door["id"], {})
        if door["id"] in helpers:
            door["neighbours"] = helpers[door["id"]]
    names = {grid["code"]: grid["name"] for grid in pack["grids"]}
    for hazard in pack["hazards"]:
        hazard["grid_name"] = names[hazard["grid"]]
    pack["hazards"].sort(key=lambda one: (one["due_on"], one["happened_at"], one["id"]))
    pack["doors_waiting"] = sum(found["more"] for found in lists.values())
    return pack


_NO_ROWS: dict[str, Any] = {"columns": [], "rows": []}
_ONLY_A_NAME = {"outline": None, "supervision_phone": ""}
_NOT_LISTED = {"care_mark": "", "last_outcome": "", "last_at": "", "due": False}


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
